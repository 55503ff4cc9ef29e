import { beforeEach, describe, expect, it } from 'vitest';
import { type CaseFilter, listCases } from '../../lib/app/list-cases.ts';
import { anInvoice, aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const ALL: CaseFilter = { standing: null, level: null, customerId: null, sort: 'priority' };

describe('the list of cases', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    const invoices = [
      { invoiceId: 'INV-OLD', issuedOn: '2025-11-01', dueOn: '2025-12-10', totalMinor: 60_000 },
      { invoiceId: 'INV-BIG', dueOn: '2026-01-30', totalMinor: 900_000 },
      { invoiceId: 'INV-NEW', dueOn: '2026-02-15', totalMinor: 70_000 },
      { invoiceId: 'INV-PAID', dueOn: '2026-01-30', totalMinor: 80_000 },
    ];
    for (const [index, fields] of invoices.entries()) {
      const customerId = `C-${index % 2}`;
      const invoice = anInvoice({ ...fields, number: fields.invoiceId, customerId, paymentReference: undefined });
      await desk.register({ invoice, customer: aReachableCustomer({ customerId }) });
    }
    await desk.payInvoice('INV-PAID');
    await desk.runUntil('2026-02-03T08:00:00Z');
  });

  const list = async (filter: Partial<CaseFilter> = {}, page = { limit: 50, cursor: null as string | null }) => {
    const slice = await listCases(desk.planning, { ...ALL, ...filter }, { ...page, at: desk.now });
    if (slice === 'bad-cursor') throw new Error('bad cursor');
    return slice;
  };

  const ids = async (filter: Partial<CaseFilter> = {}) =>
    (await list(filter)).cases.map(({ dunningCase }) => dunningCase.invoice.invoiceId);

  it('shows those that are open, the most urgent first, and why', async () => {
    expect(await ids()).toEqual(['INV-OLD', 'INV-BIG', 'INV-NEW']);
    const [first] = (await list()).cases;
    expect(first?.priority.why).toEqual(['55 days late', '600.00 EUR outstanding', 'first invoice']);
    expect(first?.nextStep).toMatchObject({ stepId: expect.any(String), why: expect.any(String) });
  });

  it('sorts them by age or by amount', async () => {
    expect(await ids({ sort: 'overdue' })).toEqual(['INV-OLD', 'INV-BIG', 'INV-NEW']);
    expect(await ids({ sort: 'amount' })).toEqual(['INV-BIG', 'INV-NEW', 'INV-OLD']);
  });

  it('shows those of one customer, level or standing only', async () => {
    expect(await ids({ customerId: 'C-0' })).toEqual(['INV-OLD', 'INV-NEW']);
    expect(await ids({ level: 'preventive' })).toEqual(['INV-NEW']);
    expect((await ids({ level: 'level1' })).sort()).toEqual(['INV-BIG', 'INV-OLD']);
    expect(await ids({ standing: 'settled' })).toEqual(['INV-PAID']);
    expect(await ids({ standing: 'written-off' })).toEqual([]);
  });

  it('goes page by page, whatever is filtered out', async () => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const slice = await list({ level: 'level1' }, { limit: 1, cursor });
      found.push(...slice.cases.map(({ dunningCase }) => dunningCase.invoice.invoiceId));
      cursor = slice.cursor;
    } while (cursor !== null);
    expect(found).toEqual(['INV-OLD', 'INV-BIG']);
    expect(await listCases(desk.planning, ALL, { limit: 5, cursor: 'nonsense', at: desk.now })).toBe('bad-cursor');
  });
});

describe('the work list', () => {
  it('has what is due first first, each with the invoices it is about', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.runUntil(await desk.climbTo('B2'));
    const tasks = await desk.openTasks();
    expect(tasks.map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
      ['letter', '2026-02-24'],
      ['call', '2026-03-05'],
    ]);
  });
});
