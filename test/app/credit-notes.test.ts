import { beforeEach, describe, expect, it } from 'vitest';
import { aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';
import { allPages } from '../support/pages.ts';

const A = 'INV-2026-0042';
const B = 'INV-Z';

describe('a credit note', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.runUntil('2026-02-05T11:00:00Z');
  });

  const theCase = async (invoiceId = A) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;
  const unapplied = () =>
    allPages(
      (page) => desk.ledger.listUnappliedCash(page),
      ({ receipts }) => receipts,
    );

  it('of a part leaves the rest to be dunned, and says so in the history', async () => {
    expect(await commands.credit(20_000)).toEqual({ invoiceId: A, wasThere: false });
    expect(await theCase()).toMatchObject({ standing: 'open', creditedMinor: 20_000, paidMinor: 0 });
    const entry = (await desk.history()).find(({ type }) => type === 'CreditNoteApplied');
    expect(entry).toMatchObject({
      actor: 'anne',
      data: {
        creditNoteId: 'CN-1',
        amount: { amount: '200.00', currency: 'EUR' },
        unapplied: { amount: '0.00', currency: 'EUR' },
      },
    });
    expect(await unapplied()).toEqual([]);
  });

  it('of a part takes back the call that names the old amount; the debtor’s other invoice gets a call of its own', async () => {
    const { taskId } = await desk.taskOf('call');
    await commands.credit(20_000);
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    await desk.runUntil('2026-02-06T16:00:00Z');
    const [call] = (await desk.openTasks()).filter(({ kind }) => kind === 'call');
    expect(call?.invoiceIds.toSorted()).toEqual([A, B]);
  });

  it('of the whole settles the case, and says nothing about how the debtor pays', async () => {
    await commands.credit(120_000);
    expect(await theCase()).toMatchObject({ standing: 'settled', creditedMinor: 120_000, openTaskIds: [] });
    expect((await desk.plan(desk.now)).standing).toBe('settled');
    expect((await desk.ledger.loadCustomer('C-100'))?.closedInvoices).toEqual([]);
  });

  it('above the balance settles the case and leaves the rest as cash of the customer, to the cent', async () => {
    await desk.pay(50_000);
    const answer = await commands.credit(100_001);
    expect(answer).toEqual({ invoiceId: A, wasThere: false, unapplied: { amountMinor: 30_001, currency: 'EUR' } });
    expect(await theCase()).toMatchObject({ standing: 'settled', paidMinor: 50_000, creditedMinor: 70_000 });
    expect(await unapplied()).toMatchObject([
      {
        ...{ kind: 'credit', amountMinor: 30_001, unappliedMinor: 30_001, unappliedReason: 'credit-note' },
        ...{ allocations: [], customerId: 'C-100', remittance: 'CN-1' },
      },
    ]);
  });

  it('for an invoice that is paid is cash of the customer as a whole', async () => {
    await desk.pay(120_000);
    const answer = await commands.credit(10_000);
    expect(answer).toMatchObject({ wasThere: false, unapplied: { amountMinor: 10_000 } });
    expect(await theCase()).toMatchObject({ standing: 'settled', creditedMinor: 0 });
    expect((await desk.historyTypes()).at(-1)).toBe('CreditNoteApplied');
  });

  it('again has no effect, whatever has become of the case, and says again what was unapplied', async () => {
    const first = await commands.credit(130_000);
    const before = await desk.history();
    expect(await commands.credit(130_000)).toEqual({ ...(first as object), wasThere: true });
    expect(await desk.history()).toEqual(before);
    expect(await unapplied()).toHaveLength(1);
  });

  it('again with another amount or currency is a conflict', async () => {
    await commands.credit(20_000);
    expect(await commands.credit(20_001)).toEqual({
      conflict: 'Credit note CN-1 was taken before with 200.00 EUR; nothing was changed.',
    });
    const amount = { amountMinor: 20_000, currency: 'CHF' };
    expect(await commands.credit(0, { amount })).toHaveProperty('conflict');
    expect(await theCase()).toMatchObject({ creditedMinor: 20_000 });
  });

  it('that credits two invoices has its part on each, and a rest of its own of each', async () => {
    await commands.credit(120_100);
    await commands.credit(120_200, { invoiceId: B });
    expect((await unapplied()).map(({ unappliedMinor }) => unappliedMinor).sort()).toEqual([100, 200]);
  });

  it('with an id of any length has a rest under an id that fits', async () => {
    await commands.credit(120_100, { creditNoteId: 'N'.repeat(64) });
    const [receipt] = await unapplied();
    expect(receipt?.transactionId).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
  });

  it('in another currency is refused, and so is one for an invoice nobody knows', async () => {
    const amount = { amountMinor: 20_000, currency: 'CHF' };
    expect(await commands.credit(0, { amount })).toMatchObject({ refused: { pointer: '/amount/currency' } });
    expect(await commands.credit(1, { invoiceId: 'nobody' })).toBe('unknown-case');
  });

  it('for a case a person has ended is a conflict: what it means there is for a person to say', async () => {
    await commands.writeOff();
    expect(await commands.credit(20_000)).toEqual({ conflict: `Case ${A} is written-off; nothing was changed.` });
    expect(await unapplied()).toEqual([]);
  });

  it('delivered many times at once has one effect', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => commands.credit(130_000)));
    expect(
      answers.filter((answer) => answer !== 'unknown-case' && 'wasThere' in answer && !answer.wasThere),
    ).toHaveLength(1);
    expect(await theCase()).toMatchObject({ creditedMinor: 120_000 });
    expect(await unapplied()).toHaveLength(1);
  });
});
