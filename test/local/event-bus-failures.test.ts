import { describe, expect, it } from 'vitest';
import { aRule, aTarget, DEAD_QUEUE, EventStage, PAYMENT, START } from './event-stage.ts';
import { FAILED } from './recording-functions.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const stage = EventStage.forThisFile();

describe('a function that fails on an event', () => {
  it('runs again one, then two virtual minutes later', async () => {
    stage.functions.answerNext(FAILED, FAILED);
    stage.buses().publish('relance', PAYMENT);
    await stage.clock.settle();
    expect(stage.functions.invocations).toHaveLength(1);
    await stage.clock.advanceTo(START + MINUTE);
    expect(stage.functions.invocations).toHaveLength(2);
    await stage.clock.advanceTo(START + 3 * MINUTE - 1);
    expect(stage.functions.invocations).toHaveLength(2);
    await stage.clock.advanceTo(START + 3 * MINUTE);
    expect(stage.functions.invocations).toHaveLength(3);
    await stage.clock.advanceTo(START + DAY);
    expect(stage.functions.invocations).toHaveLength(3);
    expect(stage.deadLetters.list()).toEqual([]);
  });

  it('loses the event after three attempts, past the queue of the rule, which is for deliveries only', async () => {
    stage.functions.answerNext(FAILED, FAILED, FAILED);
    stage.buses().publish('relance', PAYMENT);
    await stage.clock.advanceTo(START + DAY);
    expect(stage.functions.invocations).toHaveLength(3);
    expect(stage.deadLetters.list()).toMatchObject([
      { queueArn: null, body: { detail: PAYMENT.detail }, attributes: { ErrorMessage: 'Error: it broke' } },
    ]);
  });

  it('leaves the event on the dead-letter queue of the function and its record on the failure destination', async () => {
    stage.functions.answerNext(FAILED);
    const policy = { retryAttemptsMax: 0, eventAgeSecondsMax: 60, deadLetterArn: 'dlq', onFailureArn: 'destination' };
    stage.buses(undefined, { asynchronousPolicies: { 'apply-payment': policy } }).publish('relance', PAYMENT);
    await stage.clock.settle();
    expect(stage.deadLetters.list()).toMatchObject([
      { queueArn: 'dlq', body: { 'detail-type': 'PaymentReceived' } },
      {
        queueArn: 'destination',
        body: {
          requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
          requestPayload: { 'detail-type': 'PaymentReceived' },
          responsePayload: { errorType: 'Error', errorMessage: 'it broke' },
        },
      },
    ]);
  });

  it('gives up when the event would be older than the function takes', async () => {
    stage.functions.answerNext(FAILED, FAILED);
    const policy = { retryAttemptsMax: 2, eventAgeSecondsMax: 60, onFailureArn: 'destination' };
    stage.buses(undefined, { asynchronousPolicies: { 'apply-payment': policy } }).publish('relance', PAYMENT);
    await stage.clock.advanceTo(START + DAY);
    expect(stage.functions.invocations).toHaveLength(2);
    expect(stage.deadLetters.list()).toMatchObject([{ body: { requestContext: { condition: 'EventAgeExceeded' } } }]);
  });

  it('is not charged an attempt when Lambda throttles', async () => {
    const throttled = {
      ok: false,
      errorType: 'Lambda.TooManyRequestsException',
      errorMessage: 'Rate Exceeded.',
    } as const;
    stage.functions.answerNext(throttled, throttled, throttled, throttled, FAILED, FAILED);
    stage.buses().publish('relance', PAYMENT);
    await stage.clock.advanceTo(START + (1 + 2 + 4 + 8) * 1_000);
    expect(stage.functions.invocations).toHaveLength(5);
    await stage.clock.advanceTo(START + 15_000 + MINUTE - 1);
    expect(stage.functions.invocations).toHaveLength(5);
    await stage.clock.advanceTo(START + 15_000 + MINUTE);
    expect(stage.functions.invocations).toHaveLength(6);
    await stage.clock.advanceTo(START + DAY);
    expect(stage.functions.invocations).toHaveLength(7);
    expect(stage.deadLetters.list()).toEqual([]);
  });
});

describe('a target that cannot be reached', () => {
  const GONE = new Error('No function apply-payment');

  it('gets the event when it is back', async () => {
    stage.functions.answerNext(GONE, GONE);
    stage.buses().publish('relance', PAYMENT);
    await stage.clock.advanceTo(START + DAY);
    expect(stage.functions.invocations).toHaveLength(3);
    expect(stage.deadLetters.list()).toEqual([]);
  });

  it('leaves the event on the queue of the rule after its last attempt', async () => {
    stage.functions.answerNext(GONE, GONE, GONE);
    stage.buses([aRule({ targets: [aTarget({ retryAttemptsMax: 2 })] })]).publish('relance', PAYMENT);
    await stage.clock.advanceTo(START + DAY);
    expect(stage.functions.invocations).toHaveLength(3);
    expect(stage.deadLetters.list()).toMatchObject([
      {
        queueArn: DEAD_QUEUE,
        body: { 'detail-type': 'PaymentReceived' },
        attributes: {
          ERROR_MESSAGE: 'No function apply-payment',
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
          RETRY_ATTEMPTS: '2',
        },
      },
    ]);
  });

  it('is tried 185 times more within a day by default', async () => {
    stage.functions.answerNext(...Array<Error>(400).fill(GONE));
    stage.buses().publish('relance', PAYMENT);
    await stage.clock.advanceTo(START + 3 * DAY);
    expect(stage.functions.invocations).toHaveLength(186);
    expect(stage.deadLetters.list()).toMatchObject([{ queueArn: DEAD_QUEUE, attributes: { RETRY_ATTEMPTS: '185' } }]);
    expect(Date.parse(stage.deadLetters.list()[0]?.at ?? '')).toBeLessThanOrEqual(START + DAY);
  });

  it('is tried no longer than the rule says', async () => {
    stage.functions.answerNext(...Array<Error>(400).fill(GONE));
    stage.buses([aRule({ targets: [aTarget({ eventAgeSecondsMax: 60 })] })]).publish('relance', PAYMENT);
    await stage.clock.advanceTo(START + DAY);
    expect(stage.deadLetters.list()).toMatchObject([
      { attributes: { EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' } },
    ]);
    expect(Date.parse(stage.deadLetters.list()[0]?.at ?? '')).toBeLessThanOrEqual(START + MINUTE);
  });
});
