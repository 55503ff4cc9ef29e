import { beforeEach, describe, expect, it } from 'vitest';
import { viewCase } from '../../lib/app/view-case.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';
const USD = 'INV-USD';

describe('insolvency proceedings that a person records', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    await open(new Desk());
  });

  async function open(own: Desk): Promise<void> {
    desk = own;
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B, { totalMinor: 30_000 });
    await desk.registerSibling(USD, { totalMinor: 5_000, currency: 'USD', dueOn: '2026-02-28' });
    // Noon of Thursday 5 February: the call of step A2 is on the list.
    await desk.runUntil('2026-02-05T11:00:00Z');
  }

  const record = (openedOn?: string, fields: object = {}) =>
    commands.block(null, { cause: 'insolvency', reason: 'BODACC A no 23', openedOn, ...fields });
  const debtor = async () => (await desk.ledger.loadCustomer('C-100'))!;
  const view = (invoiceId: string, at = desk.now) => viewCase(desk.planning, invoiceId, at);

  it('are the debtor’s: every open invoice waits, what people had in hand is withdrawn, and nothing leaves', async () => {
    const { taskId } = await desk.taskOf('call');
    expect(await record('2026-02-02')).toEqual({ invoiceId: A, wasThere: false });
    expect(await debtor()).toMatchObject({ insolventSince: '2026-02-02' });
    expect(await debtor()).not.toHaveProperty('isTellingPending');
    for (const invoiceId of [A, B, USD]) {
      expect(await view(invoiceId)).toMatchObject({
        dunningCase: { standing: 'open', block: null },
        hold: { reason: 'insolvency', until: null },
        nextStep: { why: 'held by insolvency until a person lifts it' },
      });
      expect(await desk.historyTypes(invoiceId)).toContain('HoldPlaced');
    }
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ outcome: 'withdrawn' });
    const before = desk.departures.length;
    await desk.runUntil('2026-09-30T00:00:00Z');
    expect(desk.departures).toHaveLength(before);
    expect((await desk.openTasks()).map(({ kind }) => kind)).toEqual(['insolvency']);
  });

  it('have one task declare all that is owed, by currency, within two months of the opening', async () => {
    await record('2026-01-31');
    const task = await desk.taskOf('insolvency');
    expect(task).toMatchObject({
      ...{ title: 'Declare the claim', dueOn: '2026-03-31', owner: 'compta@vendeur.example' },
      invoiceIds: [A, B, USD],
    });
    expect(task.reason).toContain('Owed on 3 invoices: 1500.00 EUR and 50.00 USD.');
    for (const invoiceId of [A, B, USD]) {
      expect((await desk.ledger.loadCaseFile(invoiceId))?.dunningCase.openTaskIds).toEqual([task.taskId]);
    }
    await desk.payInvoice(A);
    expect(await desk.taskOf('insolvency')).toMatchObject({ invoiceIds: [B, USD] });
  });

  it('are open since today when nobody says since when, and keep the words of who recorded them out of the history', async () => {
    await record();
    expect(await debtor()).toMatchObject({ insolventSince: '2026-02-05' });
    expect(await desk.taskOf('insolvency')).toMatchObject({ dueOn: '2026-04-03' });
    expect(JSON.stringify(await desk.history())).not.toContain('BODACC');
    const { remarks } = (await desk.ledger.loadCaseFile(A))!.dunningCase;
    expect(remarks).toMatchObject([{ type: 'HoldPlaced', reason: 'BODACC A no 23', actor: 'anne' }]);
  });

  it('are recorded once: the same again does nothing, and another date is refused', async () => {
    await record('2026-02-02');
    const before = await desk.historyTypes(B);
    expect(await record('2026-02-02')).toEqual({ invoiceId: A, wasThere: true });
    expect(await record(undefined, { invoiceId: B })).toEqual({ invoiceId: B, wasThere: true });
    expect(await desk.historyTypes(B)).toEqual(before);
    expect(await record('2026-02-03')).toEqual({ conflict: expect.stringContaining('open since 2026-02-02') });
    await desk.taskOf('insolvency');
  });

  it('are refused in the future, and on a case that is over', async () => {
    expect(await record('2026-02-06')).toEqual({
      refused: { pointer: '/openedOn', detail: 'must not be after today 2026-02-05, not "2026-02-06"' },
    });
    await desk.payInvoice(A);
    expect(await record('2026-02-02')).toHaveProperty('conflict');
    expect(await debtor()).toMatchObject({ insolventSince: null });
  });

  it('end when a person finds that there are none, and may be opened after all', async () => {
    await record('2026-02-02');
    await desk.report((await desk.taskOf('insolvency')).taskId, { result: 'refused' });
    expect(await debtor()).toMatchObject({ insolventSince: null });
    for (const invoiceId of [A, B, USD]) expect(await view(invoiceId)).toMatchObject({ hold: null });
    expect(await record('2026-02-02')).toMatchObject({ wasThere: false });
    expect(await desk.taskOf('insolvency')).toMatchObject({ invoiceIds: [A, B, USD] });
  });

  it('stop interest and compensation at the opening', async () => {
    const before = await view(A, '2026-02-02T11:00:00Z');
    expect(before?.charges).toMatchObject({ compensationMinor: 4_000, lines: [{ to: '2026-02-02' }] });
    await record('2026-02-02');
    expect((await view(A, '2026-06-30T11:00:00Z'))?.charges).toEqual(before?.charges);
    // Not due yet when the proceedings were opened: its delay is nobody's fault.
    expect(await view(USD, '2026-06-30T11:00:00Z')).toMatchObject({
      charges: { interestMinor: 0, compensationMinor: 0 },
    });
  });

  it('are told to the other cases by the same again, when that was interrupted', async () => {
    const flaky = new FlakyLedger();
    await open(new Desk(flaky));
    flaky.cutInBefore(2, () => Promise.reject(new Error('interrupted')));
    await expect(record('2026-02-02')).rejects.toThrow('interrupted');
    expect(await debtor()).toMatchObject({ insolventSince: '2026-02-02', isTellingPending: true });
    expect(await record('2026-02-02')).toEqual({ invoiceId: A, wasThere: true });
    expect(await debtor()).not.toHaveProperty('isTellingPending');
    expect(await desk.historyTypes(USD)).toContain('HoldPlaced');
  });
});
