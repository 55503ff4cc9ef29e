import { describe, expect, it } from 'vitest';
import { APPLY_PAYMENT, aRule, aTarget, EventStage, PAYMENT } from './event-stage.ts';

const stage = EventStage.forThisFile();

describe('an event bus', () => {
  it('delivers the whole event to the targets of the rules it matches', async () => {
    const id = stage.buses().publish('relance', { ...PAYMENT, resources: ['arn:aws:x'] });
    await stage.clock.settle();
    expect(stage.functions.invocations).toEqual([
      {
        functionName: APPLY_PAYMENT,
        payload: {
          version: '0',
          id,
          'detail-type': 'PaymentReceived',
          source: 'relance.bank',
          account: '123456789012',
          time: '2026-11-02T09:00:00Z',
          region: 'eu-west-1',
          resources: ['arn:aws:x'],
          detail: { transactionId: 'BK-1' },
        },
      },
    ]);
  });

  it('dates an event as its publisher says', async () => {
    stage.buses().publish('relance', { ...PAYMENT, atMillis: Date.UTC(2026, 9, 31) });
    await stage.clock.settle();
    expect(stage.functions.invocations[0]?.payload).toMatchObject({ time: '2026-10-31T00:00:00Z' });
  });

  it('takes a bus by its ARN', async () => {
    stage.buses().publish('arn:aws:events:eu-west-1:123456789012:event-bus/relance', PAYMENT);
    await stage.clock.settle();
    expect(stage.functions.invocations).toHaveLength(1);
  });

  it.each([
    ['another bus', aRule({ busName: 'default' })],
    ['another detail type', aRule({ eventPattern: { 'detail-type': ['PaymentReturned'] } })],
    ['a disabled rule', aRule({ isEnabled: false })],
  ])('does not deliver to the rule of %s', async (_what, rule) => {
    stage.buses([rule]).publish('relance', PAYMENT);
    await stage.clock.settle();
    expect(stage.functions.invocations).toEqual([]);
  });

  it('delivers to every target of every rule', async () => {
    const second = aRule({ name: 'audit', targets: [aTarget({ arn: 'audit' }), aTarget({ arn: 'report' })] });
    stage.buses([aRule(), second]).publish('relance', PAYMENT);
    await stage.clock.settle();
    expect(stage.functions.invocations.map(({ functionName }) => functionName)).toEqual([
      APPLY_PAYMENT,
      'audit',
      'report',
    ]);
  });

  it('delivers the same event twice when told to, once', async () => {
    stage.faults.inject({ service: 'events', kind: 'duplicate' });
    const bus = stage.buses();
    bus.publish('relance', PAYMENT);
    bus.publish('relance', PAYMENT);
    await stage.clock.settle();
    const ids = stage.functions.invocations.map(({ payload }) => (payload as { id: string }).id);
    expect(ids).toHaveLength(3);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('refuses a rule on a bus that is not there', () => {
    expect(() => stage.buses([aRule({ busName: 'nowhere' })])).toThrow(
      'Rule payments is on the bus "nowhere"; there is: default',
    );
  });

  it('names the rule whose pattern is not valid', () => {
    expect(() => stage.buses([aRule({ eventPattern: { source: 'x' } })])).toThrow(
      /Rule payments: .*source must be an object/,
    );
  });
});
