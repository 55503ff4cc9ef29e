import { beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../lib/domain/policy.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { anInvoice, aReachableCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';

/** The evening of Monday 2 February: step A1 of an invoice due on Friday 30 January falls on that day. */
const A1_EVENING = '2026-02-02T17:00:00Z';

describe('one message per debtor', () => {
  let desk: Desk;
  let ledger: FlakyLedger;

  beforeEach(async () => {
    ledger = new FlakyLedger();
    desk = new Desk(ledger);
    await desk.register({ customer: aReachableCustomer() });
  });

  const served = () => desk.departures.map(({ stepId, serves }) => [stepId, [...serves].sort()]);

  /** Serves a step on the revision its case has then. */
  const sendNow = async (invoiceId: string, stepId: string, at: string) => {
    const { dunningCase } = (await ledger.loadCaseFile(invoiceId))!;
    return desk.send(stepId, at, dunningCase.planRevision, { invoiceId });
  };

  it('serves the steps of all invoices that fall on one day, and each case records that', async () => {
    await desk.registerSibling(B);
    await desk.runUntil(A1_EVENING);
    expect(served()).toEqual([
      ['P1', [`${A}/P1`, `${B}/P1`]],
      ['A1', [`${A}/A1`, `${B}/A1`]],
    ]);
    const [first, second] = desk.departures.at(-1)!.invoiceIds as [string, string];
    const ref = (invoiceId: string) => ({ invoiceId, cycle: 1, stepId: 'A1' });
    expect(await desk.claim('A1', first)).toMatchObject({ state: 'sent', messageId: 'm-2', serves: [ref(second)] });
    expect(await desk.claim('A1', second)).toMatchObject({ state: 'sent', messageId: 'm-2', servedBy: ref(first) });
    expect((await desk.history(second)).at(-1)).toMatchObject({ data: { stepId: 'A1', servedBy: `${first}/A1` } });
    expect((await ledger.loadCustomer('C-100'))?.contacts).toHaveLength(2);
  });

  it('lists each invoice with its own amount and due date', async () => {
    await desk.registerSibling(B, { totalMinor: 30_000, dueOn: '2026-01-31' });
    await desk.runUntil(A1_EVENING);
    const { facts } = desk.departures.at(-1)!;
    const told = facts.invoices.map(({ invoiceId, dueOn, outstandingMinor }) => [invoiceId, dueOn, outstandingMinor]);
    expect(told.sort()).toEqual([
      [A, '2026-01-30', 120_000],
      [B, '2026-01-31', 30_000],
    ]);
  });

  it('leaves once when two siblings wake at once: the other finds its step on its way, then served', async () => {
    await desk.registerSibling(B);
    const at = '2026-02-02T16:30:00.000Z';
    await desk.plan(at, { invoiceId: A });
    await desk.plan(at, { invoiceId: B });
    const both = await Promise.all([sendNow(A, 'A1', at), sendNow(B, 'A1', at)]);
    expect(desk.departures).toHaveLength(1);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['on-its-way', 'sent']);
    const again = await Promise.all([A, B].map((invoiceId) => sendNow(invoiceId, 'A1', '2026-02-02T16:40:00.000Z')));
    expect(again.map(({ outcome }) => outcome)).toEqual(['served-before', 'served-before']);
    expect(desk.departures).toHaveLength(1);
  });

  it('names no invoice that is paid between reading and claiming', async () => {
    await desk.registerSibling(B);
    await desk.plan(A1_EVENING, { invoiceId: B });
    await desk.plan(A1_EVENING, { invoiceId: A });
    desk.now = '2026-02-02T16:00:00Z';
    ledger.cutInBefore(1, () => desk.payInvoice(B));
    await sendNow(A, 'A1', desk.now);
    expect(served()).toEqual([['A1', [`${A}/A1`]]]);
    expect(await desk.claim('A1', B)).toBeUndefined();
  });

  it('names no invoice that is promised, disputed or paid', async () => {
    await desk.registerSibling(B, { totalMinor: 500_000 });
    await desk.registerSibling('INV-C');
    // P2 calls about the large invoice only, five days before it is due.
    await desk.runUntil('2026-01-27T12:00:00Z');
    const call = await desk.taskOf('call');
    expect(call.invoiceIds).toEqual([B]);
    await desk.report(call.taskId, { result: 'promise', promisedOn: '2026-02-06' });
    await desk.payInvoice('INV-C');
    desk.departures.splice(0);
    await desk.runUntil(A1_EVENING);
    const ofDay = desk.departures.filter(({ stepId }) => stepId === 'A1');
    expect(ofDay.map(({ serves }) => serves)).toEqual([[`${A}/A1`]]);
  });

  it('speaks at the highest level among them, by its channel: the state of that channel makes it', async () => {
    // On Thursday 5 February: A2 (call) of the first, A1 (email) of one due on Tuesday the 3rd.
    await desk.registerSibling(B, { dueOn: '2026-02-03' });
    await desk.runUntil('2026-02-04T23:00:00Z');
    desk.departures.splice(0);
    const at = '2026-02-05T16:30:00.000Z';
    await desk.plan(at, { invoiceId: B });
    const { planRevision } = await desk.plan(at, { invoiceId: B });
    const redirected = await desk.send('A1', at, planRevision, { invoiceId: B, channels: ['email'] });
    expect(redirected).toMatchObject({ outcome: 'redirected', step: { stepId: 'A1', channel: 'call', at } });
    expect(desk.departures).toEqual([]);
    const assigned = await desk.send('A1', at, planRevision, { invoiceId: B, channels: ['call'] });
    expect(assigned.outcome).toBe('assigned');
    expect(await desk.taskOf('call')).toMatchObject({ invoiceIds: [A, B], step: { invoiceId: A, stepId: 'A2' } });
    expect(await desk.claim('A1', B)).toMatchObject({ state: 'assigned', channel: 'call', level: 'level1' });
  });

  it('climbs each ladder on its own: a sibling served at a higher level stays at its own', async () => {
    await desk.registerSibling(B, { dueOn: '2026-02-03' });
    await desk.runUntil('2026-02-05T17:00:00Z');
    expect(desk.assigned.at(-1)?.serves).toEqual([`${A}/A2`, `${B}/A1`]);
    const { step } = await desk.plan(desk.now, { invoiceId: B });
    expect(step).toMatchObject({ stepId: 'A2', level: 'level1' });
  });

  it('keeps a firmer step that reaches nobody from swallowing what a sibling can be sent', async () => {
    desk = new Desk(ledger);
    const contacts = [{ role: 'accounts-payable' as const, email: 'compta@martin.example' }];
    const invoice = (invoiceId: string, dueOn: string) =>
      anInvoice({ invoiceId, number: invoiceId, dueOn, customerId: 'C-2', paymentReference: undefined });
    const customer = aReachableCustomer({ customerId: 'C-2', contacts });
    await desk.register({ invoice: invoice('INV-E', '2026-01-30'), customer });
    await desk.register({ invoice: invoice('INV-F', '2026-02-03'), customer: null });
    await desk.runUntil('2026-02-05T23:00:00Z');
    expect(await desk.claim('A2', 'INV-E')).toMatchObject({ state: 'skipped', skipReason: 'no-usable-contact' });
    expect(await desk.claim('A1', 'INV-F')).toMatchObject({ state: 'sent', channel: 'email' });
  });

  it('keeps a firmer step whose template is broken from blocking a sibling’s', async () => {
    desk.provider.brokenTemplates.add('courteous-call');
    await desk.registerSibling(B, { dueOn: '2026-02-03' });
    await desk.runUntil('2026-02-05T23:00:00Z');
    expect(await desk.claim('A2', A)).toMatchObject({ state: 'failed', failureReason: 'template-refused' });
    expect(await desk.claim('A1', B)).toMatchObject({ state: 'sent', channel: 'email' });
  });

  it('asks one person once about siblings of whom none can be reached', async () => {
    desk = new Desk(ledger);
    const customer = aReachableCustomer({ customerId: 'C-2', contacts: [{ role: 'legal', phone: '+33612345678' }] });
    for (const invoiceId of ['INV-E', 'INV-F']) {
      const invoice = anInvoice({ invoiceId, number: invoiceId, customerId: 'C-2', paymentReference: undefined });
      await desk.register({ invoice, customer });
    }
    await desk.runUntil('2026-02-02T23:00:00Z');
    const tasks = (await desk.openTasks()).filter(({ title }) => title.includes('A1'));
    expect(tasks.map(({ invoiceIds }) => [...invoiceIds].sort())).toEqual([['INV-E', 'INV-F']]);
  });

  it('is turned off by the policy: each invoice has a message of its own, one a day', async () => {
    const alone: Policy = { ...standardPolicy, groupsInvoices: false };
    desk = new Desk(ledger, [alone, ...POLICIES.filter(({ name }) => name !== 'standard')]);
    desk.invoiceIds.push(A);
    await desk.registerSibling(B);
    await desk.runUntil('2026-02-03T23:00:00Z');
    const a1 = desk.departures.filter(({ stepId }) => stepId === 'A1');
    expect(a1.map(({ serves }) => serves).sort()).toEqual([[`${A}/A1`], [`${B}/A1`]]);
    expect(a1.map(({ at }) => at.slice(0, 10))).toEqual(['2026-02-02', '2026-02-03']);
  });
});

describe('a message whose sender died', () => {
  let desk: Desk;
  let ledger: FlakyLedger;
  const at = '2026-02-02T16:30:00.000Z';

  beforeEach(async () => {
    ledger = new FlakyLedger();
    desk = new Desk(ledger);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await Promise.all([A, B].map((invoiceId) => desk.plan(at, { invoiceId })));
  });

  it('before it left: its members are doubtful, and one person is asked about both', async () => {
    ledger.crashAt({ write: 1, when: 'after' });
    await expect(desk.send('A1', at)).rejects.toThrow('died');
    await desk.runUntil('2026-02-03T12:00:00Z');
    expect(desk.departures).toEqual([]);
    for (const invoiceId of [A, B]) {
      expect(await desk.claim('A1', invoiceId)).toMatchObject({ state: 'failed', failureReason: 'outcome-unknown' });
    }
    expect((await desk.taskOf('attention')).invoiceIds).toEqual([A, B]);
  });

  it('and whose lead was paid since: the doubtful sibling asks for itself', async () => {
    ledger.crashAt({ write: 2, when: 'before' });
    await expect(desk.send('A1', at)).rejects.toThrow('died');
    ledger.crashAt(null);
    desk.now = at;
    await desk.payInvoice(A);
    await desk.runUntil('2026-02-03T12:00:00Z');
    expect(await desk.claim('A1', B)).toMatchObject({ state: 'failed', failureReason: 'outcome-unknown' });
    expect(await desk.taskOf('attention')).toMatchObject({ invoiceIds: [B] });
  });

  it('and whose fate was given up: a late event proves that it left for its siblings too', async () => {
    ledger.crashAt({ write: 2, when: 'before' });
    await expect(desk.send('A1', at)).rejects.toThrow('died');
    await desk.runUntil('2026-02-03T12:00:00Z');
    expect(await desk.claim('A1', B)).toMatchObject({ state: 'failed', failureReason: 'outcome-unknown' });
    await desk.deliver(desk.departures[0]!, { event: 'delivery' });
    for (const invoiceId of [A, B]) {
      expect(await desk.claim('A1', invoiceId)).toMatchObject({ state: 'sent', messageId: 'm-1' });
      expect((await desk.claim('A1', invoiceId))?.failureReason).toBeUndefined();
    }
    expect(await desk.openTasks()).toEqual([]);
  });

  it('after it left: the provider’s event proves it, and the siblings follow', async () => {
    ledger.crashAt({ write: 2, when: 'before' });
    await expect(desk.send('A1', at)).rejects.toThrow('died');
    await desk.deliver(desk.departures[0]!, { event: 'delivery', at });
    await desk.runUntil('2026-02-03T12:00:00Z');
    expect(desk.departures).toHaveLength(1);
    for (const invoiceId of [A, B]) {
      expect(await desk.claim('A1', invoiceId)).toMatchObject({ state: 'sent', messageId: 'm-1' });
    }
    expect(await desk.openTasks()).toEqual([]);
  });
});

describe('work for a person whose maker died', () => {
  it.each(['before', 'after'] as const)('%s it was on the list is made again, for every member', async (when) => {
    const ledger = new FlakyLedger();
    const desk = new Desk(ledger);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.runUntil('2026-02-04T23:00:00Z');
    const at = '2026-02-05T16:00:00.000Z';
    ledger.crashAt({ write: 2, when });
    const { planRevision } = await desk.plan(at);
    ledger.crashAt({ write: 2, when });
    await expect(desk.send('A2', at, planRevision)).rejects.toThrow('died');
    ledger.crashAt(null);
    desk.now = at;
    await desk.runUntil('2026-02-06T23:00:00Z');
    const listed = (await desk.openTasks()).filter(({ kind }) => kind === 'call');
    expect(listed.flatMap(({ invoiceIds }) => invoiceIds).sort()).toEqual([A, B]);
    for (const invoiceId of [A, B]) {
      const claim = await desk.claim('A2', invoiceId);
      expect(claim).toMatchObject({ state: 'assigned' });
      const task = listed.find(({ taskId }) => taskId === claim?.taskId);
      expect(task?.invoiceIds).toContain(invoiceId);
    }
  });
});
