import { beforeEach, describe, expect, it } from 'vitest';
import { planCase } from '../../lib/app/plan-case.ts';
import { recordDelivery } from '../../lib/app/record-delivery.ts';
import { askForDecision } from '../../lib/app/unserved-notice.ts';
import { viewCase } from '../../lib/app/view-case.ts';
import { ContractError, ReplanError, UnavailableError } from '../../lib/domain/errors.ts';
import { HOLIDAYS } from '../../lib/generated/holidays.ts';
import { aCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { Desk } from '../support/desk.ts';

const P1_AT = '2026-01-20T07:30:00.000Z';
const LATER = '2026-01-20T07:40:00.000Z';

describe('sending a notice', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register();
  });

  const report = (event: 'send' | 'delivery') =>
    recordDelivery(
      { ledger: desk.ledger },
      { invoiceId: 'INV-2026-0042', cycle: 1, stepId: 'P1', messageId: 'm-9', event, at: '2026-01-20T07:30:04Z' },
    );

  it('claims, sends, records, and returns the next step', async () => {
    const { outcome, step } = await desk.send('P1', P1_AT);
    expect(outcome).toBe('sent');
    expect(step).toMatchObject({ stepId: 'A1', lane: 'level1', channel: 'email', at: '2026-02-02T07:30:00Z' });
    expect(await desk.historyTypes()).toEqual(['InvoiceRegistered', 'NoticeReserved', 'NoticeSent']);
  });

  it('finds a step served when it is asked again, and sends nothing', async () => {
    await desk.send('P1', P1_AT);
    expect((await desk.send('P1', LATER)).outcome).toBe('served-before');
    expect(desk.departures).toHaveLength(1);
  });

  it('refuses to send on facts that are no longer true', async () => {
    await desk.pay(50_000);
    await expect(desk.send('P1', P1_AT, 1)).rejects.toThrow(ReplanError);
    expect(desk.departures).toEqual([]);
    await desk.send('P1', P1_AT, 2);
    expect(desk.departures).toEqual([{ stepId: 'P1', planRevision: 2, outstandingMinor: 70_000 }]);
  });

  it('refuses to send once the money is in', async () => {
    await desk.pay(120_000);
    await expect(desk.send('P1', P1_AT, 2)).rejects.toThrow(ReplanError);
    expect(desk.departures).toEqual([]);
  });

  it('opens the step again when the provider throttles, so that a retry sends it once', async () => {
    desk.turns.push({ outcome: 'not-now', leaves: false }, { outcome: 'not-now', leaves: false });
    await expect(desk.send('P1', P1_AT)).rejects.toThrow(UnavailableError);
    await expect(desk.send('P1', P1_AT)).rejects.toThrow(UnavailableError);
    expect((await desk.send('P1', P1_AT)).outcome).toBe('sent');
    expect(desk.departures).toHaveLength(1);
    const deferred = (await desk.historyTypes()).filter((type) => type === 'NoticeDeferred');
    expect(deferred).toHaveLength(2);
  });

  it('does not guess when nobody answered: it waits, then asks a person', async () => {
    desk.turns.push({ outcome: 'unknown', leaves: true });
    const first = await desk.send('P1', P1_AT);
    expect(first).toMatchObject({ outcome: 'on-its-way', step: { stepId: 'P1', at: LATER } });
    const second = await desk.send('P1', LATER);
    expect(second).toMatchObject({ outcome: 'failed', step: { stepId: 'A1' } });
    expect(desk.departures).toHaveLength(1);
    const last = (await desk.history()).slice(-2);
    expect(last.map(({ type, data }) => [type, data.reason ?? data.kind])).toEqual([
      ['NoticeFailed', 'outcome-unknown'],
      ['TaskRaised', 'attention'],
    ]);
  });

  it("learns from the provider's own event that a message left after all", async () => {
    desk.turns.push({ outcome: 'unknown', leaves: true });
    await desk.send('P1', P1_AT);
    expect(await report('send')).toBe('recorded');
    expect(await desk.send('P1', LATER)).toMatchObject({ outcome: 'served-before', step: { stepId: 'A1' } });
    expect(await desk.historyTypes()).toEqual(['InvoiceRegistered', 'NoticeReserved', 'NoticeSent']);
  });

  it('treats what may have left as received: the next notice grants the same time', async () => {
    const at = await desk.climbTo('A1');
    desk.turns.push({ outcome: 'unknown', leaves: true });
    await desk.send('A1', at);
    const later = new Date(Date.parse(at) + 600_000).toISOString();
    expect(await desk.send('A1', later)).toMatchObject({
      outcome: 'failed',
      step: { stepId: 'A3', at: '2026-02-09T07:30:00Z' },
    });
  });

  it('never repeats a text message whose fate nobody reports', async () => {
    const at = await desk.climbTo('B2');
    desk.turns.push({ outcome: 'unknown', leaves: true });
    await desk.send('B2', at);
    const later = new Date(Date.parse(at) + 600_000).toISOString();
    expect((await desk.send('B2', later)).outcome).toBe('failed');
    expect(desk.departures.filter(({ stepId }) => stepId === 'B2')).toHaveLength(1);
  });

  it('learns even after it gave up that a message left, and closes the task that would have it sent by hand', async () => {
    desk.turns.push({ outcome: 'unknown', leaves: true });
    await desk.send('P1', P1_AT);
    await desk.send('P1', LATER);
    expect(await report('delivery')).toBe('recorded');
    expect((await desk.historyTypes()).slice(-4)).toEqual(['NoticeFailed', 'TaskRaised', 'NoticeSent', 'TaskClosed']);
  });

  it('learns from a late report that a message it was told to put off left after all', async () => {
    desk.turns.push({ outcome: 'not-now', leaves: true });
    await expect(desk.send('P1', P1_AT)).rejects.toThrow(UnavailableError);
    expect(await report('send')).toBe('recorded');
    expect((await desk.send('P1', P1_AT)).outcome).toBe('served-before');
    expect(desk.departures).toHaveLength(1);
  });

  it('waits longer and longer for a provider that keeps putting a message off, and gives up after some thirty hours', async () => {
    desk.turns.push(...Array.from({ length: 40 }, () => ({ outcome: 'not-now' as const, leaves: false })));
    let at = P1_AT;
    let step: string | undefined = 'P1';
    for (let tries = 0; step === 'P1' && tries < 60; tries += 1) {
      await desk.send('P1', at).catch(() => undefined);
      const planned = (await desk.plan(at)).step;
      step = planned?.stepId;
      at = planned?.at ?? at;
    }
    const failed = (await desk.history()).find(({ type }) => type === 'NoticeFailed');
    expect(failed).toMatchObject({ data: { reason: 'refused-by-provider', attempt: 25 } });
    expect(Date.parse(failed?.at ?? '') - Date.parse(P1_AT)).toBeGreaterThan(24 * 3_600_000);
    expect(desk.departures).toEqual([]);
  });

  it.each([
    ['on a Sunday', '2026-01-25T10:00:00.000Z'],
    ['at night', '2026-01-20T22:00:00.000Z'],
    ['before its day', '2026-01-19T10:00:00.000Z'],
  ])('does not send %s, whoever asks: it plans again', async (_when, at) => {
    await expect(desk.send('P1', at)).rejects.toThrow(ReplanError);
    expect(desk.departures).toEqual([]);
  });

  it('does not send a step while an earlier one is open', async () => {
    await expect(desk.send('A3', '2026-02-09T08:00:00.000Z')).rejects.toThrow(ReplanError);
  });

  it('refuses a request of another cycle, and a step of another channel', async () => {
    await expect(desk.send('P1', P1_AT, 1, { cycle: 2 })).rejects.toThrow(ReplanError);
    await expect(desk.send('P1', P1_AT, 1, { channel: 'sms' })).rejects.toThrow(ContractError);
  });

  it('blocks a step whose template does not fit, and no other', async () => {
    const refused = await desk.send('P1', P1_AT, 1, { prepareFails: true });
    expect(refused).toMatchObject({ outcome: 'failed', step: { stepId: 'A1' } });
    expect((await desk.history()).at(-2)).toMatchObject({ type: 'NoticeFailed', data: { reason: 'template-refused' } });
  });

  it('sends nothing more when the money comes in while a notice leaves', async () => {
    desk.duringSend = () => desk.pay(120_000);
    await expect(desk.send('P1', P1_AT)).rejects.toThrow(ReplanError);
    expect((await desk.historyTypes()).slice(-3)).toEqual(['PaymentApplied', 'CaseSettled', 'NoticeSent']);
    expect((await desk.plan(LATER)).standing).toBe('settled');
  });

  it('keeps the refusal of a message that came before its own record of having sent it', async () => {
    const reject = {
      ...{ invoiceId: 'INV-2026-0042', cycle: 1, stepId: 'P1', messageId: 'm-1' },
      ...{ event: 'reject' as const, at: P1_AT },
    };
    desk.duringSend = async () => {
      expect(await recordDelivery(desk, reject)).toBe('recorded');
      expect(await recordDelivery(desk, reject)).toBe('known');
    };
    await desk.send('P1', P1_AT);
    const { claims } = (await desk.ledger.loadCaseFile('INV-2026-0042'))!;
    expect(claims[0]).toMatchObject({ state: 'sent', delivery: 'reject' });
  });

  it('tries again within the second when the state machine retries at a fraction of it', async () => {
    const at = '2026-01-20T07:30:00.137Z';
    desk.turns.push(...Array.from({ length: 3 }, () => ({ outcome: 'not-now' as const, leaves: false })));
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(desk.send('P1', at)).rejects.toThrow(UnavailableError);
    expect((await desk.send('P1', at)).outcome).toBe('sent');
  });

  it('is not misled by the fractions of a second that a state machine tells', async () => {
    expect((await desk.send('P1', '2026-01-20T07:30:00.417Z')).outcome).toBe('sent');
  });

  it('fails the step for good when the provider refuses the message, and goes on to the next', async () => {
    desk.turns.push({ outcome: 'refused', leaves: false });
    expect(await desk.send('P1', P1_AT)).toMatchObject({ outcome: 'failed', step: { stepId: 'A1' } });
    expect((await desk.send('P1', LATER)).outcome).toBe('served-before');
    expect(desk.departures).toEqual([]);
  });

  it('skips a step that can reach nobody, says why, and asks a person', async () => {
    const contacts = [{ role: 'accounts-payable' as const, email: 'compta@martin.example' }];
    desk = new Desk();
    await desk.register({ customer: aCustomer({ contacts }) });
    expect((await desk.send('B2', await desk.climbTo('B2'))).outcome).toBe('skipped');
    const [skipped, task] = (await desk.history()).slice(-2);
    expect(skipped).toMatchObject({ type: 'NoticeSkipped', data: { stepId: 'B2', reason: 'no-usable-contact' } });
    expect(task).toMatchObject({ type: 'TaskRaised', data: { kind: 'no-contact' } });
  });

  it('records a delivery once, however often and in whatever order it is reported', async () => {
    await desk.send('P1', P1_AT);
    const messageId = 'm-1';
    const delivered = {
      invoiceId: 'INV-2026-0042',
      cycle: 1,
      stepId: 'P1',
      messageId,
      event: 'delivery',
      at: LATER,
    } as const;
    expect(await recordDelivery(desk, delivered)).toBe('recorded');
    expect(await recordDelivery(desk, delivered)).toBe('known');
    expect(await recordDelivery(desk, { ...delivered, event: 'send' })).toBe('known');
    expect(await recordDelivery(desk, { ...delivered, stepId: 'Z9' })).toBe('unknown-step');
  });
});

describe('the last notice', () => {
  it('asks a person to decide once its time has passed, and asks once however often it is tried', async () => {
    const desk = new Desk();
    await desk.register();
    const at = await desk.climbTo('C1');
    desk.turns.push({ outcome: 'not-now', leaves: false });
    await expect(desk.send('C1', at)).rejects.toThrow(UnavailableError);
    await desk.send('C1', at);
    const tasks = (await desk.history()).filter(({ type }) => type === 'TaskRaised');
    expect(tasks.map(({ data }) => data.title)).toEqual(['Decide what follows notice C1']);
  });

  it('gives until an open day to answer, and two open days more before the decision', () => {
    // Friday 13 March + 8 days is Saturday the 21st: answer by Monday the 23rd, decide on Wednesday the 25th.
    const step = standardPolicy.steps.find(({ stepId }) => stepId === 'C1')!;
    const settings = { at: '2026-03-13T07:30:00Z', creditorTimeZone: 'Europe/Paris', holidays: HOLIDAYS };
    const { dueOn, reason } = askForDecision(step, aCustomer(), settings);
    expect([dueOn, reason.includes('by 2026-03-23')]).toEqual(['2026-03-25', true]);
  });
});

describe('planning a case', () => {
  it('records each skipped step once with its reason', async () => {
    const desk = new Desk();
    await desk.register();
    await desk.plan('2026-04-30T15:00:00Z');
    await desk.plan('2026-04-30T15:01:00Z');
    const skipped = (await desk.history()).filter(({ type }) => type === 'NoticeSkipped');
    expect(skipped.map(({ data }) => [data.stepId, data.reason])).toEqual([['P1', 'due-date-reached']]);
  });

  it('hands over to a successor before the execution is a year old, or has planned too often', async () => {
    const desk = new Desk();
    await desk.register();
    expect((await desk.plan('2026-12-02T08:00:00Z')).standing).toBe('continue');
    expect((await desk.plan('2026-01-05T09:00:00Z', 500)).standing).toBe('continue');
    expect((await desk.plan('2026-01-05T09:00:00Z', 499)).standing).toBe('open');
  });

  it('rests until the hand-over when the ladder is at its end', async () => {
    const desk = new Desk();
    await desk.register();
    await desk.send('C1', await desk.climbTo('C1'));
    expect((await desk.plan('2026-03-14T00:00:00Z')).step).toEqual({
      ...{ stepId: 'none', level: 'level3', lane: 'level3', channel: 'replan' },
      at: '2026-12-01T08:00:00.000Z',
    });
  });

  it('ends a paid case, and shows it, even when its policy is not known any more', async () => {
    const desk = new Desk();
    await desk.register();
    await desk.pay(120_000);
    const planning = { ...desk.planning, policies: [] };
    const request = { invoiceId: 'INV-2026-0042', cycle: 1, at: LATER, startedAt: P1_AT, round: 0 };
    expect((await planCase(planning, request)).standing).toBe('settled');
    expect(await viewCase(planning, 'INV-2026-0042', LATER)).toMatchObject({ nextStep: null });
  });

  it('ends when the money is in', async () => {
    const desk = new Desk();
    await desk.register();
    await desk.pay(120_000);
    expect(await desk.plan('2026-02-03T00:00:00Z')).toEqual({ standing: 'settled', planRevision: 2, step: null });
  });
});
