import { beforeEach, describe, expect, it } from 'vitest';
import type { TaskOutcome } from '../../lib/contracts/task-outcome-body.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const LEAD = 'INV-2026-0042';
const SIBLINGS = Array.from({ length: 99 }, (_, index) => `INV-${100 + index}`);

/** Monday 2 February, after every case's own minute: A1 of all. */
const AT = '2026-02-02T16:30:00.000Z';

describe('an email about a hundred invoices', () => {
  let desk: Desk;
  let ledger: FlakyLedger;

  beforeEach(async () => {
    ledger = new FlakyLedger();
    desk = new Desk(ledger);
    await desk.register({ customer: aReachableCustomer() });
    for (const invoiceId of SIBLINGS) await desk.registerSibling(invoiceId);
    desk.now = AT;
    await desk.plan(AT);
  });

  const states = async () => {
    const claims = await Promise.all([LEAD, ...SIBLINGS].map((invoiceId) => desk.claim('A1', invoiceId)));
    return claims.map((claim) => claim?.state ?? 'unclaimed');
  };

  const count = async (state: string) => (await states()).filter((one) => one === state).length;

  it('is claimed and recorded over several transactions, and leaves once', async () => {
    await desk.send('A1', AT);
    expect(desk.departures.map(({ serves }) => serves.length)).toEqual([100]);
    expect(await count('sent')).toBe(100);
    await desk.runUntil('2026-02-02T23:00:00Z');
    expect(desk.departures).toHaveLength(1);
  });

  it('names no sibling that was paid while the others were being claimed', async () => {
    // The first transaction holds the lead and 22 siblings: those whose ids are nearest to its own, from INV-198 down.
    ledger.cutInBefore(2, () => desk.payInvoice('INV-130'));
    await desk.send('A1', AT);
    const [departure] = desk.departures;
    expect(departure?.invoiceIds).toHaveLength(99);
    expect(departure?.invoiceIds).not.toContain('INV-130');
    expect(departure?.facts.invoices.map(({ invoiceId }) => invoiceId)).not.toContain('INV-130');
    expect(await count('sent')).toBe(99);
    expect(await desk.claim('A1', 'INV-130')).toBeUndefined();
  });

  it('begins again when one of the first was paid: the message is written from what is true', async () => {
    ledger.cutInBefore(1, () => desk.payInvoice('INV-198'));
    await desk.send('A1', AT);
    expect(desk.departures.map(({ serves }) => serves.length)).toEqual([99]);
    expect(await desk.claim('A1', 'INV-198')).toBeUndefined();
  });

  it.each([1, 3, 5])('leaves at most once when its sender dies after write %i', async (write) => {
    ledger.crashAt({ write, when: 'after' });
    await expect(desk.send('A1', AT)).rejects.toThrow('died');
    ledger.crashAt(null);
    await desk.runUntil('2026-02-02T23:00:00Z');
    const named = desk.departures.flatMap(({ serves }) => serves);
    expect(named).toHaveLength(new Set(named).size);
    expect(await count('reserved')).toBe(0);
  });

  it('sees all its siblings recorded although its sender died in the midst of recording', async () => {
    // Five writes claim; the first of the next five records the lead.
    ledger.crashAt({ write: 7, when: 'before' });
    await expect(desk.send('A1', AT)).rejects.toThrow('died');
    ledger.crashAt(null);
    expect(await count('sent')).toBe(23);
    await desk.runUntil('2026-02-02T23:00:00Z');
    expect(await count('sent')).toBe(100);
    expect(desk.departures).toHaveLength(1);
  });

  it('opens all its steps again when the provider puts it off', async () => {
    desk.turns.push({ outcome: 'not-now', leaves: false });
    await expect(desk.send('A1', AT)).rejects.toThrow('cannot take A1 now');
    expect(await count('released')).toBe(100);
    await desk.send('A1', AT);
    expect(desk.departures.map(({ serves }) => serves.length)).toEqual([100]);
  });

  it('is refused for all of them: the task about it is open in every case', async () => {
    desk.turns.push({ outcome: 'refused', leaves: false });
    await desk.send('A1', AT);
    const { taskId, invoiceIds } = await desk.taskOf('attention');
    expect(invoiceIds).toHaveLength(100);
    for (const invoiceId of invoiceIds) {
      expect((await desk.ledger.loadCaseFile(invoiceId))!.dunningCase.openTaskIds).toEqual([taskId]);
    }
  });

  const facts: [string, () => Promise<unknown>, string][] = [
    ['is paid', () => desk.payInvoice('INV-198'), 'skipped'],
    ['is paid in part', () => desk.payPart('INV-198', { amountMinor: 100, transactionId: 'BK-1' }), 'released'],
  ];

  it.each(facts)('names none of the first that %s while the others were being claimed', async (_how, fact, state) => {
    ledger.cutInBefore(4, fact);
    await desk.send('A1', AT);
    expect(desk.departures.map(({ serves }) => serves.length)).toEqual([99]);
    expect(desk.departures[0]?.facts.invoices.map(({ invoiceId }) => invoiceId)).not.toContain('INV-198');
    expect(await desk.claim('A1', 'INV-198')).toMatchObject({ state });
    expect(await count('sent')).toBe(99);
  });

  it('is gathered again when what it was written for is paid while the others were being claimed', async () => {
    const { planRevision } = await desk.plan(AT, { invoiceId: 'INV-150' });
    ledger.cutInBefore(4, () => desk.payInvoice('INV-150'));
    await expect(desk.send('A1', AT, planRevision, { invoiceId: 'INV-150' })).rejects.toThrow('INV-150');
    expect(desk.departures).toEqual([]);
    expect(await count('reserved')).toBe(0);
    expect((await desk.ledger.loadCustomer('C-100'))?.contacts).toEqual([]);
    await desk.runUntil('2026-02-02T23:00:00Z');
    expect(desk.departures.map(({ serves }) => serves.length)).toEqual([99]);
  });

  it('has a hundred invoices at most: the rest has its turn the next day', async () => {
    await desk.registerSibling('INV-900');
    await desk.runUntil('2026-02-03T23:00:00Z');
    expect(desk.departures.map(({ at, serves }) => [at.slice(0, 10), serves.length])).toEqual([
      ['2026-02-02', 100],
      ['2026-02-03', 1],
    ]);
  });
});

describe('work about many invoices of a debtor', () => {
  let desk: Desk;

  /** Thirty invoices due on Friday 30 January under a ladder of one step, on the evening of the day it falls on. */
  const deskOn = async (stepId: string, day: string) => {
    const steps = standardPolicy.steps.filter((step) => step.stepId === stepId);
    desk = new Desk(undefined, [{ ...standardPolicy, steps, overlays: {} }]);
    await desk.register({ customer: aReachableCustomer() });
    for (const invoiceId of SIBLINGS.slice(0, 29)) await desk.registerSibling(invoiceId);
    await desk.runUntil(`${day}T17:30:00Z`);
  };

  const sizes = async () => (await desk.openTasks()).map(({ invoiceIds }) => invoiceIds.length).sort();

  const outcomes: TaskOutcome[] = [
    { result: 'promise', promisedOn: '2026-02-20', amount: { amountMinor: 100_000, currency: 'EUR' } },
    { result: 'paid-claimed' },
    { result: 'dispute', category: 'price' },
    { result: 'administrative-block', reason: 'other' },
    { result: 'cash-difficulty' },
    { result: 'refusal' },
    { result: 'no-contact' },
    { result: 'wrong-contact' },
    { result: 'insolvency' },
  ];

  it.each(outcomes)('has its outcome in one transaction: a call that ends with %o', async (outcome) => {
    await deskOn('A2', '2026-02-04');
    const [call] = await desk.openTasks();
    expect(call?.invoiceIds).toHaveLength(13);
    expect(await desk.report(call!.taskId, outcome)).toMatchObject({ task: { state: 'done' } });
  });

  it('has a letter for what fits on one page, posted or withdrawn in one transaction', async () => {
    await deskOn('A4', '2026-02-16');
    expect(await sizes()).toEqual([20]);
    const [letter] = await desk.openTasks();
    await desk.payInvoice(letter!.invoiceIds[3]!);
    expect(await desk.ledger.loadTask(letter!.taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    await desk.runUntil('2026-02-17T17:30:00Z');
    for (const { taskId } of await desk.openTasks()) {
      const posted = await desk.report(taskId, { result: 'posted', postedOn: desk.now.slice(0, 10) });
      expect(posted).toMatchObject({ task: { state: 'done' } });
    }
  });

  it('has its approval in one transaction, and another for the rest', async () => {
    await deskOn('C2', '2026-03-16');
    expect(await sizes()).toEqual([10, 20]);
    for (const { taskId } of await desk.openTasks()) {
      expect(await desk.report(taskId, { result: 'approved' })).toMatchObject({ task: { state: 'done' } });
    }
    // The office is closed by now, and one letter a day is enough.
    await desk.runUntil('2026-03-17T17:30:00Z');
    expect(await sizes()).toEqual([20]);
    await desk.runUntil('2026-03-18T17:30:00Z');
    expect(await sizes()).toEqual([10, 20]);
  });
});
