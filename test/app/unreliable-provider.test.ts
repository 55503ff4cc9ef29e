import { beforeEach, describe, expect, it } from 'vitest';
import { UnavailableError } from '../../lib/domain/errors.ts';
import { aCustomer, aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const P1_AT = '2026-01-20T12:49:00.000Z';
const LATER = '2026-01-20T12:59:00.000Z';

describe('a provider that does not take a notice', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register();
  });

  const P1 = { stepId: 'P1', messageId: 'm-1', invoiceIds: ['INV-2026-0042'] };

  const contacts = async () => (await desk.ledger.loadCustomer('C-100'))?.contacts;

  it('opens the step again when it throttles, so that a retry sends it once', async () => {
    desk.turns.push({ outcome: 'not-now', leaves: false }, { outcome: 'not-now', leaves: false });
    await expect(desk.send('P1', P1_AT)).rejects.toThrow(UnavailableError);
    expect(await contacts()).toEqual([]);
    await expect(desk.send('P1', P1_AT)).rejects.toThrow(UnavailableError);
    expect((await desk.send('P1', P1_AT)).outcome).toBe('sent');
    expect(desk.departures).toHaveLength(1);
    const deferred = (await desk.historyTypes()).filter((type) => type === 'NoticeDeferred');
    expect(deferred).toHaveLength(2);
  });

  it('is not guessed about when it does not answer: it waits, then asks a person', async () => {
    desk.turns.push({ outcome: 'unknown', leaves: true });
    const first = await desk.send('P1', P1_AT);
    expect(first).toMatchObject({ outcome: 'on-its-way', step: { stepId: 'P1', at: LATER } });
    const second = await desk.send('P1', LATER);
    expect(second).toMatchObject({ outcome: 'failed', step: { stepId: 'A1' } });
    expect(desk.departures).toHaveLength(1);
    const failed = (await desk.history()).filter(({ type }) => type === 'NoticeFailed' || type === 'TaskRaised');
    expect(failed.map(({ type, data }) => [type, data.reason ?? data.kind])).toEqual([
      ['NoticeFailed', 'outcome-unknown'],
      ['TaskRaised', 'attention'],
    ]);
  });

  it('tells by its own event that a message left after all', async () => {
    desk.turns.push({ outcome: 'unknown', leaves: true });
    await desk.send('P1', P1_AT);
    expect(await desk.deliver(P1, { event: 'send' })).toBe('recorded');
    expect(await desk.send('P1', LATER)).toMatchObject({ outcome: 'served-before', step: { stepId: 'A1' } });
    expect((await desk.historyTypes()).slice(0, 3)).toEqual(['InvoiceRegistered', 'NoticeReserved', 'NoticeSent']);
  });

  it('may have sent what it did not answer: the next notice grants the same time', async () => {
    const at = await desk.climbTo('A1');
    desk.turns.push({ outcome: 'unknown', leaves: true });
    await desk.send('A1', at);
    const later = new Date(Date.parse(at) + 600_000).toISOString();
    // Monday 2 February and two days, and the day after: the call of the 5th.
    expect(await desk.send('A1', later)).toMatchObject({
      outcome: 'failed',
      step: { stepId: 'A2', at: '2026-02-05T08:14:00Z' },
    });
  });

  it('is never given a text message twice whose fate nobody reports', async () => {
    desk = new Desk();
    await desk.register({ customer: aCustomer({ kind: 'consumer' }) });
    const at = await desk.climbTo('A3');
    desk.turns.push({ outcome: 'unknown', leaves: true });
    await desk.send('A3', at);
    const later = new Date(Date.parse(at) + 600_000).toISOString();
    expect((await desk.send('A3', later)).outcome).toBe('failed');
    expect(desk.departures.filter(({ channel }) => channel === 'sms')).toHaveLength(1);
  });

  it('may tell even after we gave up that a message left: the task that would have it sent by hand is closed', async () => {
    desk.turns.push({ outcome: 'unknown', leaves: true });
    await desk.send('P1', P1_AT);
    await desk.send('P1', LATER);
    expect(await desk.deliver(P1, { event: 'delivery' })).toBe('recorded');
    expect((await desk.historyTypes()).slice(-2)).toEqual(['NoticeSent', 'TaskClosed']);
    expect(await desk.openTasks()).toEqual([]);
  });

  it('may fail again at the next address what it failed at the first: a person is asked about each', async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    desk.turns.push({ outcome: 'unknown', leaves: true }, { outcome: 'unknown', leaves: false });
    await desk.runUntil('2026-01-20T13:30:00Z');
    const first = await desk.taskOf('attention');
    await desk.deliver(desk.departures[0]!, { event: 'bounce', recipients: ['compta@martin.example'] });
    await desk.runUntil('2026-01-21T13:30:00Z');
    expect((await desk.ledger.loadTask(first.taskId))?.outcome).toBe('sent');
    expect(await desk.claim('P1')).toMatchObject({ state: 'failed', failureReason: 'outcome-unknown', attempt: 2 });
    expect((await desk.taskOf('attention')).taskId).not.toBe(first.taskId);
  });

  it('may tell late that a message it told us to put off left after all', async () => {
    desk.turns.push({ outcome: 'not-now', leaves: true });
    await expect(desk.send('P1', P1_AT)).rejects.toThrow(UnavailableError);
    expect(await desk.deliver(P1, { event: 'send' })).toBe('recorded');
    expect((await desk.send('P1', P1_AT)).outcome).toBe('served-before');
    expect(desk.departures).toHaveLength(1);
  });

  it('is waited for longer and longer, and given up after some thirty hours', async () => {
    desk.turns.push(...Array.from({ length: 40 }, () => ({ outcome: 'not-now' as const, leaves: false })));
    await desk.runUntil('2026-01-30T00:00:00Z');
    const failed = (await desk.history()).find(({ type }) => type === 'NoticeFailed');
    expect(failed).toMatchObject({ data: { reason: 'refused-by-provider', attempt: 25 } });
    expect(Date.parse(failed?.at ?? '') - Date.parse(P1_AT)).toBeGreaterThan(24 * 3_600_000);
    expect(desk.departures).toEqual([]);
    expect(await contacts()).toEqual([]);
  });

  it('is asked again within the second when the state machine retries at a fraction of it', async () => {
    const at = '2026-01-20T12:49:00.137Z';
    desk.turns.push(...Array.from({ length: 3 }, () => ({ outcome: 'not-now' as const, leaves: false })));
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(desk.send('P1', at)).rejects.toThrow(UnavailableError);
    expect((await desk.send('P1', at)).outcome).toBe('sent');
  });

  it('fails the step for good when it refuses the message: the ladder goes on to the next', async () => {
    desk.turns.push({ outcome: 'refused', leaves: false });
    expect(await desk.send('P1', P1_AT)).toMatchObject({ outcome: 'failed', step: { stepId: 'A1' } });
    expect((await desk.send('P1', LATER)).outcome).toBe('served-before');
    expect(desk.departures).toEqual([]);
    expect(await contacts()).toEqual([]);
  });
});

describe('a report of the provider', () => {
  it('of a refusal is kept even when it comes before our own record of having sent', async () => {
    const desk = new Desk();
    await desk.register();
    desk.provider.duringSend = async (departure) => {
      expect(await desk.deliver(departure, { event: 'reject' })).toBe('recorded');
      expect(await desk.deliver(departure, { event: 'reject' })).toBe('known');
    };
    await desk.send('P1', P1_AT);
    expect(await desk.claim('P1')).toMatchObject({ state: 'sent', delivery: 'reject' });
  });

  it('is recorded once, however often and in whatever order it comes', async () => {
    const desk = new Desk();
    await desk.register();
    await desk.send('P1', P1_AT);
    const [departure] = desk.departures;
    expect(await desk.deliver(departure!, { event: 'delivery' })).toBe('recorded');
    expect(await desk.deliver(departure!, { event: 'delivery' })).toBe('known');
    expect(await desk.deliver(departure!, { event: 'send' })).toBe('known');
    expect(await desk.deliver(departure!, { event: 'open' })).toBe('recorded');
    expect(await desk.deliver({ ...departure!, stepId: 'Z9' }, { event: 'delivery' })).toBe('unknown-step');
  });
});
