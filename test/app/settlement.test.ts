import { beforeEach, describe, expect, it } from 'vitest';
import { anInvoice, aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const B = 'INV-Z';

describe('a case that is paid', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
    await desk.runUntil('2026-02-05T11:00:00Z');
  });

  it('leaves the work people have about it: a call is made about the rest, and is off the list when nothing is left', async () => {
    const { taskId } = await desk.taskOf('call');
    await desk.payInvoice(A);
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    await desk.runUntil(desk.now);
    const rest = await desk.taskOf('call');
    expect(rest).toMatchObject({ invoiceIds: [B] });
    await desk.payInvoice(B);
    expect(await desk.ledger.loadTask(rest.taskId)).toMatchObject({ state: 'done', outcome: 'case-settled' });
    for (const invoiceId of [A, B]) {
      const { dunningCase } = (await desk.ledger.loadCaseFile(invoiceId))!;
      expect(dunningCase).toMatchObject({ standing: 'settled', openTaskIds: [] });
      expect(await desk.claim('A2', invoiceId)).toMatchObject({ state: 'skipped', skipReason: 'case-settled' });
    }
  });

  it('has work about the rest while a part is owed', async () => {
    const { taskId } = await desk.taskOf('call');
    await desk.pay(50_000);
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    await desk.runUntil(desk.now);
    expect((await desk.taskOf('call')).invoiceIds.toSorted()).toEqual([A, B]);
  });

  it('goes into the record of its debtor, from which the profile is worked out again', async () => {
    await desk.payInvoice(A);
    const record = (await desk.ledger.loadCustomer('C-100'))!;
    expect(record.closedInvoices).toMatchObject([
      {
        ...{ invoiceId: A, closedOn: '2026-02-05', dueOn: '2026-01-30', paidOn: '2026-02-05' },
        ...{ amountMinor: 120_000, currency: 'EUR', noticesAfterDue: 1 },
      },
    ]);
    expect(record.derivedProfile === null || record.derivedProfile.on === '2026-02-05').toBe(true);
  });

  it('gives its debtor a profile once there is enough to tell, with the reasons', async () => {
    for (let index = 0; index < 6; index += 1) {
      await desk.registerSibling(`INV-L${index}`, { issuedOn: '2025-11-01', dueOn: '2025-12-05' });
      await desk.payInvoice(`INV-L${index}`);
    }
    const { derivedProfile } = (await desk.ledger.loadCustomer('C-100'))!;
    expect(derivedProfile).toMatchObject({ on: '2026-02-05', reasons: expect.arrayContaining([expect.any(String)]) });
  });

  it('has the next invoice of its debtor treated as one whose last was late', async () => {
    await desk.payInvoice(A);
    // Too small for a preventive check, but for a customer whose last invoice was late.
    const small = { totalMinor: 10_000, issuedOn: '2026-02-05', dueOn: '2026-03-06' };
    await desk.registerSibling('INV-S', small);
    expect((await desk.plan(desk.now, { invoiceId: 'INV-S' })).step).toMatchObject({ stepId: 'P1' });
  });

  it('closes with one transaction however many people are at it', async () => {
    await Promise.all([desk.payInvoice(A), desk.payInvoice(B)]);
    const record = (await desk.ledger.loadCustomer('C-100'))!;
    expect(record.closedInvoices.map(({ invoiceId }) => invoiceId).sort()).toEqual([A, B]);
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'call')).toEqual([]);
  });

  it('opens the way for a second invoice under the same number', async () => {
    await desk.payInvoice(A);
    await desk.register({ invoice: anInvoice({ invoiceId: 'INV-Y' }), customer: null });
    expect((await desk.ledger.loadCaseFile('INV-Y'))?.dunningCase.isFirstInvoice).toBe(false);
  });
});
