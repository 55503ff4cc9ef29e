import { beforeEach, describe, expect, it } from 'vitest';
import type { CaseSort, Ledger } from '../../lib/app/ports.ts';
import type { DunningCase } from '../../lib/domain/dunning-case.ts';
import type { Invoice } from '../../lib/domain/invoice.ts';
import type { Task } from '../../lib/domain/task.ts';
import { aTask, changing, opening } from '../support/ledger-writes.ts';
import { allPages } from '../support/pages.ts';

/** Three customers, so that the cases lie in several shards. */
const PORTFOLIO: readonly Partial<Invoice>[] = [
  { invoiceId: 'INV-1', customerId: 'C-1', dueOn: '2026-01-30', totalMinor: 120_000 },
  { invoiceId: 'INV-2', customerId: 'C-2', dueOn: '2026-01-10', totalMinor: 5_000 },
  { invoiceId: 'INV-3', customerId: 'C-3', dueOn: '2026-02-20', totalMinor: 9_000_000 },
  { invoiceId: 'INV-4', customerId: 'C-1', dueOn: '2026-01-10', totalMinor: 40_000 },
  { invoiceId: 'INV-5', customerId: 'C-2', dueOn: '2025-12-01', totalMinor: 999 },
  { invoiceId: 'INV-6', customerId: 'C-1', dueOn: '2026-03-01', totalMinor: 130_000, currency: 'JPY' },
  { invoiceId: 'INV-7', customerId: 'C-3', dueOn: '2026-01-10', totalMinor: 120_000 },
];

/**
 * What every ledger promises of its lists. Run it over each implementation.
 *
 * @param openLedger an empty ledger for one test
 */
export function describeLists(name: string, openLedger: () => Promise<Ledger>): void {
  describe(`the lists of the ledger ${name}`, () => {
    let ledger: Ledger;
    const listed = async (query: { isOpen?: boolean; sort: CaseSort; customerId?: string }): Promise<string[]> => {
      const cases = await allPages(
        (page) => ledger.listCases({ isOpen: true, ...query }, page),
        (slice) => slice.cases,
      );
      return cases.map(({ invoice }) => invoice.invoiceId);
    };
    const change = async (invoiceId: string, fields: Partial<DunningCase>) => {
      const { dunningCase } = (await ledger.loadCaseFile(invoiceId))!;
      await ledger.commit({ cases: [changing(dunningCase, fields)] });
    };
    const settle = (invoiceId: string) => change(invoiceId, { standing: 'settled' });
    const write = (task: Task, expectedVersion: number | null) =>
      ledger.commit({ cases: [], tasks: [{ task, expectedVersion }] });
    const tasks = (state: Task['state']) =>
      allPages(
        (page) => ledger.listTasks({ state }, page),
        (slice) => slice.tasks,
      );

    beforeEach(async () => {
      ledger = await openLedger();
      for (const invoice of PORTFOLIO) await ledger.commit({ cases: [opening({ invoice })] });
    });

    it('list the open cases of all customers by due date, by amount, and by both', async () => {
      expect(await listed({ sort: 'overdue' })).toEqual(byNumber('5 2 4 7 1 3 6'));
      expect(await listed({ sort: 'amount' })).toEqual(byNumber('6 3 7 1 4 2 5'));
      expect(await listed({ sort: 'priority' })).toEqual(byNumber('5 7 4 2 3 1 6'));
    });

    it('list a blocked case among the open ones, one that is over among the others, and a moved one in its new place', async () => {
      await change('INV-1', { standing: 'blocked' });
      await change('INV-2', { standing: 'cancelled' });
      await change('INV-3', { standing: 'written-off' });
      await change('INV-4', { standing: 'handed-over' });
      const { dunningCase } = (await ledger.loadCaseFile('INV-5'))!;
      await change('INV-5', { invoice: { ...dunningCase.invoice, dueOn: '2026-02-15' } });
      expect(await listed({ sort: 'overdue' })).toEqual(byNumber('7 1 5 6'));
      expect(await listed({ isOpen: false, sort: 'overdue' })).toEqual(byNumber('2 4 3'));
    });

    it('list those of one customer in the same orders', async () => {
      expect(await listed({ sort: 'overdue', customerId: 'C-1' })).toEqual(byNumber('4 1 6'));
      expect(await listed({ sort: 'amount', customerId: 'C-1' })).toEqual(byNumber('6 1 4'));
      expect(await listed({ sort: 'priority', customerId: 'C-1' })).toEqual(byNumber('4 1 6'));
      expect(await listed({ sort: 'amount', customerId: 'C-9' })).toEqual([]);
    });

    it('list a case that is settled with the closed ones only', async () => {
      await settle('INV-4');
      await settle('INV-5');
      expect(await listed({ sort: 'overdue' })).toEqual(byNumber('2 7 1 3 6'));
      expect(await listed({ sort: 'overdue', customerId: 'C-1' })).toEqual(byNumber('1 6'));
      expect(await listed({ isOpen: false, sort: 'overdue' })).toEqual(byNumber('5 4'));
      expect(await listed({ isOpen: false, sort: 'amount' })).toEqual(byNumber('4 5'));
      expect(await listed({ isOpen: false, sort: 'priority', customerId: 'C-1' })).toEqual(['INV-4']);
    });

    it('name the open cases of a customer, earliest due date first', async () => {
      expect(await ledger.listOpenCaseIds('C-1')).toEqual(byNumber('4 1 6'));
      await settle('INV-1');
      expect(await ledger.listOpenCaseIds('C-1')).toEqual(byNumber('4 6'));
    });

    it('move a case when less is owed of it, or when it is due on another day', async () => {
      await change('INV-3', { paidMinor: 8_999_900 });
      expect(await listed({ sort: 'amount' })).toEqual(byNumber('6 7 1 4 2 5 3'));
      const { invoice } = (await ledger.loadCaseFile('INV-5'))!.dunningCase;
      await change('INV-5', { invoice: { ...invoice, dueOn: '2026-04-01' } });
      expect(await listed({ sort: 'overdue' })).toEqual(byNumber('2 4 7 1 3 6 5'));
    });

    it('show each case as it is now', async () => {
      await change('INV-2', { paidMinor: 100, lastAnsweredOn: '2026-02-01' });
      const slice = await ledger.listCases({ isOpen: true, sort: 'overdue' }, { limit: 2, cursor: null });
      const found = slice === 'bad-cursor' ? [] : slice.cases;
      expect(found[1]).toEqual((await ledger.loadCaseFile('INV-2'))?.dunningCase);
    });

    it('go on where they stopped when what was shown last is gone', async () => {
      const query = { isOpen: true, sort: 'overdue' } as const;
      const first = await ledger.listCases(query, { limit: 2, cursor: null });
      await settle('INV-2');
      const cursor = first === 'bad-cursor' ? null : first.cursor;
      const next = await ledger.listCases(query, { limit: 2, cursor });
      expect(next).toMatchObject({ cases: [{ invoice: { invoiceId: 'INV-4' } }, { invoice: { invoiceId: 'INV-7' } }] });
    });

    it('give no cursor with the last slice', async () => {
      const slice = await ledger.listCases({ isOpen: true, sort: 'amount' }, { limit: 7, cursor: null });
      expect(slice).toMatchObject({ cursor: null });
    });

    it('hold more cases of a customer than are read at once', async () => {
      for (let n = 0; n < 130; n += 1) {
        const invoice = { invoiceId: `MANY-${n}`, customerId: 'C-8', totalMinor: 1_000 + n };
        await ledger.commit({ cases: [opening({ invoice })] });
      }
      expect(await ledger.listOpenCaseIds('C-8')).toHaveLength(130);
      const query = { isOpen: true, sort: 'amount', customerId: 'C-8' } as const;
      const slice = await ledger.listCases(query, { limit: 125, cursor: null });
      const ids = slice === 'bad-cursor' ? [] : slice.cases.map(({ invoice }) => invoice.invoiceId);
      expect(ids).toEqual(Array.from({ length: 125 }, (_, n) => `MANY-${129 - n}`));
    });

    it('show the tasks in a state, earliest due date first', async () => {
      const dates = ['2026-02-05', '2026-02-03', '2026-03-01', '2026-02-04', '2026-02-03'];
      for (const [n, dueOn] of dates.entries()) await write(aTask({ taskId: `call-${n}`, dueOn }), null);
      await write(aTask({ taskId: 'call-3', dueOn: '2026-02-04', version: 2, state: 'done', outcome: 'done' }), 1);
      expect((await tasks('open')).map(({ taskId }) => taskId)).toEqual(['call-1', 'call-4', 'call-0', 'call-2']);
      const done = aTask({ taskId: 'call-3', dueOn: '2026-02-04', version: 2, state: 'done', outcome: 'done' });
      expect(await tasks('done')).toEqual([done]);
    });

    it('move a task that is put off', async () => {
      await write(aTask({ taskId: 'a', dueOn: '2026-02-03' }), null);
      await write(aTask({ taskId: 'b', dueOn: '2026-02-04' }), null);
      await write(aTask({ taskId: 'a', dueOn: '2026-02-09', version: 2 }), 1);
      expect((await tasks('open')).map(({ taskId }) => taskId)).toEqual(['b', 'a']);
    });

    it.each(['e30', '', 'not base64 !', forged({ after: 'x' }), forged({ list: 'cases/OPEN/overdue/', after: '' })])(
      'refuse the cursor %j, which they never gave out',
      async (cursor) => {
        const page = { limit: 3, cursor };
        expect(await ledger.listCases({ isOpen: true, sort: 'overdue' }, page)).toBe('bad-cursor');
        expect(await ledger.listTasks({ state: 'open' }, page)).toBe('bad-cursor');
      },
    );

    it('refuse the cursor of another list', async () => {
      const slice = await ledger.listCases({ isOpen: true, sort: 'overdue' }, { limit: 2, cursor: null });
      const page = { limit: 2, cursor: slice === 'bad-cursor' ? null : slice.cursor };
      expect(page.cursor).not.toBeNull();
      expect(await ledger.listCases({ isOpen: true, sort: 'priority' }, page)).toBe('bad-cursor');
      expect(await ledger.listCases({ isOpen: false, sort: 'overdue' }, page)).toBe('bad-cursor');
      expect(await ledger.listCases({ isOpen: true, sort: 'overdue', customerId: 'C-1' }, page)).toBe('bad-cursor');
    });
  });
}

function byNumber(numbers: string): string[] {
  return numbers.split(' ').map((number) => `INV-${number}`);
}

function forged(cursor: object): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}
