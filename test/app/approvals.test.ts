import { beforeEach, describe, expect, it } from 'vitest';
import { migratePolicy } from '../../lib/app/migrate-policy.ts';
import { viewCase } from '../../lib/app/view-case.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { MemoryLedger } from '../../lib/ledger/memory-ledger.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';

const isHolding = (kind: string) => kind === 'approval' || kind === 'letter';

describe('a formal notice', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
  });

  const toApproval = async () => {
    const at = await desk.climbTo('C2');
    await desk.runUntil(at);
    return desk.taskOf('approval');
  };

  /** The open letter task that is not posted yet. */
  const letterToPost = async () => {
    const letters = (await desk.openTasks()).filter(({ kind, postedOn }) => kind === 'letter' && !postedOn);
    expect(letters).toHaveLength(1);
    return letters[0]!;
  };

  it('is shown to a person with its wording before it leaves, and is no contact until then', async () => {
    const task = await toApproval();
    expect(task).toMatchObject({
      title: 'Approve the formal notice C2 of one invoice',
      script: `formal-notice for ${A}`,
      owner: 'compta@vendeur.example',
      step: { invoiceId: A, cycle: 1, stepId: 'C2' },
    });
    expect(desk.assigned.filter(({ stepId }) => stepId === 'C2')).toEqual([]);
    expect((await viewCase(desk.planning, A, desk.now))?.nextStep?.why).toBe('C2 waits for a person to approve it');
    expect((await desk.ledger.loadCustomer('C-100'))?.contacts.some(({ step }) => step.stepId === 'C2')).toBe(false);
  });

  it('holds the ladder until somebody answers, however long', async () => {
    await toApproval();
    const { departures, assigned } = desk;
    const before = departures.length + assigned.length;
    await desk.runUntil('2026-06-30T00:00:00Z');
    expect(departures.length + assigned.length).toBe(before);
  });

  it('is laid ready to be posted once it is approved, and needs no second approval', async () => {
    const { taskId } = await toApproval();
    expect(await desk.report(taskId, { result: 'approved' })).toMatchObject({
      task: { state: 'done', outcome: 'approved' },
    });
    await desk.runUntil(desk.now);
    expect(await letterToPost()).toMatchObject({ channel: 'registered-letter', invoiceIds: [A] });
    expect(await desk.claim('C2')).toMatchObject({ state: 'assigned', isApproved: true, attempt: 1 });
    const types = ['TaskClosed', 'NoticeApproved', 'TaskClosed', 'NoticeReserved', 'NoticeAssigned', 'TaskRaised'];
    expect((await desk.historyTypes()).slice(-6)).toEqual(types);
  });

  it('is passed over when it is refused, and a person decides what follows', async () => {
    const { taskId } = await toApproval();
    await desk.report(taskId, { result: 'refused', note: 'The debtor has closed.' });
    expect(await desk.claim('C2')).toMatchObject({ state: 'skipped', skipReason: 'approval-refused' });
    await desk.runUntil('2026-04-30T00:00:00Z');
    expect(desk.assigned.at(-1)).toMatchObject({ stepId: 'C3', channel: 'hand-over' });
  });

  it('is not asked about any more when the money comes in meanwhile', async () => {
    const { taskId } = await toApproval();
    await desk.payInvoice(A);
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'case-settled' });
    expect(await desk.claim('C2')).toMatchObject({ state: 'skipped', skipReason: 'case-settled' });
    expect(await desk.report(taskId, { result: 'approved' })).toMatchObject({
      conflict: expect.stringContaining('done already'),
    });
  });

  it('is not laid ready when the money comes in between the approval and the letter', async () => {
    const { taskId } = await toApproval();
    await desk.report(taskId, { result: 'approved' });
    await desk.payInvoice(A);
    await desk.runUntil('2026-06-30T00:00:00Z');
    expect(desk.assigned.filter(({ stepId }) => stepId === 'C2')).toEqual([]);
    expect((await desk.openTasks()).filter(({ kind, postedOn }) => kind === 'letter' && !postedOn)).toEqual([]);
  });

  describe('that was approved for something else than it would say now', () => {
    const commands = () => new CaseCommands(desk);
    const pay = () => desk.payPart(A, { amountMinor: 20_000, transactionId: 'BK-1' });
    /** Approved on Friday 20 March, and what comes of it by the end of Monday. */
    const afterwards = async () => {
      await desk.runUntil('2026-03-23T23:00:00Z');
      return (await desk.openTasks())
        .filter(({ kind, postedOn }) => isHolding(kind) && !postedOn)
        .map(({ kind }) => kind);
    };

    it.each([
      ['a payment in part', pay],
      ['a credit note', () => commands().credit(20_000)],
      ['a dispute about a part', () => commands().dispute(20_000)],
    ])('is asked about again, once: %s before the letter was made', async (_, happens) => {
      const { taskId } = await toApproval();
      await desk.report(taskId, { result: 'approved' });
      await happens();
      expect(await afterwards()).toEqual(['approval']);
      expect(desk.assigned.filter(({ stepId }) => stepId === 'C2')).toEqual([]);
      const again = await desk.taskOf('approval');
      expect(again.taskId).not.toBe(taskId);
      expect((await viewCase(desk.planning, A, desk.now))?.nextStep?.why).toBe('C2 waits for a person to approve it');
      expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'approved' });
      await desk.report(again.taskId, { result: 'approved' });
      await desk.runUntil('2026-03-24T20:00:00Z');
      expect(await letterToPost()).toMatchObject({ channel: 'registered-letter', invoiceIds: [A] });
    });

    it('is asked about again when the letter was ready, and again for every further amount', async () => {
      const { taskId } = await toApproval();
      await desk.report(taskId, { result: 'approved' });
      await desk.runUntil(desk.now);
      const letter = await letterToPost();
      await pay();
      expect(await desk.ledger.loadTask(letter.taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
      expect(await afterwards()).toEqual(['approval']);
      await desk.report((await desk.taskOf('approval')).taskId, { result: 'approved' });
      await commands().credit(20_000);
      await desk.runUntil('2026-03-24T23:00:00Z');
      await desk.report((await desk.taskOf('approval')).taskId, { result: 'approved' });
      await desk.runUntil('2026-03-25T23:00:00Z');
      await letterToPost();
    });

    it('is asked about again when its case has moved to another version of the policy, whose words nobody has read', async () => {
      const { taskId } = await toApproval();
      await desk.report(taskId, { result: 'approved' });
      const { policies, ledger } = desk.planning;
      const policy = (await policies.newest('standard'))!;
      await ledger.savePolicy({ ...policy, version: policy.version + 1 }, desk.now);
      const order = { name: 'standard', toVersion: null, dryRun: false, at: desk.now, actor: 'anne' };
      await migratePolicy(desk.planning, order, { limit: 10, cursor: null });
      expect(await afterwards()).toEqual(['approval']);
    });

    it('is asked about again when the invoice is due another day', async () => {
      const { taskId } = await toApproval();
      await desk.report(taskId, { result: 'approved' });
      expect(await commands().moveDueDate('2026-02-01')).toHaveProperty('wasThere', false);
      expect(await afterwards()).toEqual(['approval']);
    });

    it('goes out as it was approved when the amount is the same', async () => {
      const { taskId } = await toApproval();
      await desk.report(taskId, { result: 'approved' });
      await commands().block(null);
      await commands().unblock();
      expect(await afterwards()).toEqual(['letter']);
    });
  });

  it('takes no outcome of a call', async () => {
    const { taskId } = await toApproval();
    expect(await desk.report(taskId, { result: 'refusal' })).toMatchObject({ refused: { pointer: '/result' } });
  });

  it('starts its cut-off with the receipt: the end of the ladder waits for it', async () => {
    const { taskId } = await toApproval();
    await desk.report(taskId, { result: 'approved' });
    await desk.runUntil(desk.now);
    const letter = await letterToPost();
    // Friday 20 March; received on the 30th, the cut-off is Tuesday 7 April, and two open days later is Thursday 9. Unreported, it counts as received on 4 April.
    await desk.report(letter.taskId, { result: 'posted', postedOn: '2026-03-20', trackingNumber: 'RK1' });
    expect((await desk.plan(desk.now)).step).toMatchObject({ stepId: 'C3', at: '2026-04-15T07:14:00Z' });
    await desk.report(letter.taskId, { result: 'received', receivedOn: '2026-03-30' }, '2026-03-31T09:00:00Z');
    expect((await desk.plan('2026-03-31T09:00:00Z')).step).toMatchObject({ stepId: 'C3', at: '2026-04-09T07:14:00Z' });
  });

  describe('of several invoices', () => {
    beforeEach(async () => {
      await desk.registerSibling(B);
    });

    it('is approved and posted as one, and names no invoice that was paid meanwhile', async () => {
      await desk.registerSibling('INV-C');
      const task = await toApproval();
      expect([...task.invoiceIds].sort()).toEqual([A, B, 'INV-C']);
      await desk.payInvoice('INV-C');
      expect(await desk.ledger.loadTask(task.taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
      // What was read is not what would leave: on the next open day, Monday the 23rd, the wording about the rest is asked about.
      await desk.runUntil('2026-03-23T23:00:00Z');
      const again = await desk.taskOf('approval');
      expect([...again.invoiceIds].sort()).toEqual([A, B]);
      await desk.report(again.taskId, { result: 'approved' });
      await desk.runUntil('2026-03-24T23:00:00Z');
      expect([...(await letterToPost()).invoiceIds].sort()).toEqual([A, B]);
    });

    it('is asked about again when one of them is paid after it was approved, in full or in part', async () => {
      await desk.registerSibling('INV-C');
      const approve = async () => desk.report((await desk.taskOf('approval')).taskId, { result: 'approved' });
      await toApproval();
      await approve();
      await desk.payInvoice('INV-C');
      await desk.runUntil('2026-03-23T23:00:00Z');
      expect([...(await desk.taskOf('approval')).invoiceIds].sort()).toEqual([A, B]);
      await approve();
      await desk.payPart(B, { amountMinor: 20_000, transactionId: 'BK-1' });
      await desk.runUntil('2026-03-24T23:00:00Z');
      // As one again, not each for itself.
      expect([...(await desk.taskOf('approval')).invoiceIds].sort()).toEqual([A, B]);
      await approve();
      await desk.runUntil('2026-03-25T23:00:00Z');
      expect([...(await letterToPost()).invoiceIds].sort()).toEqual([A, B]);
    });

    it('needs no third approval because its letter was a contact with the debtor before it was taken back', async () => {
      const contactBudget = { perDay: 1, perWeek: 1 };
      desk = new Desk(
        new MemoryLedger(),
        POLICIES.map((policy) => ({ ...policy, contactBudget })),
      );
      await desk.register({ customer: aReachableCustomer() });
      await desk.registerSibling(B);
      await toApproval();
      await desk.report((await desk.taskOf('approval')).taskId, { result: 'approved' });
      await desk.runUntil(desk.now);
      expect((await desk.claim('C2'))?.state).toBe('assigned');
      await desk.payPart(B, { amountMinor: 20_000, transactionId: 'BK-1' });
      await desk.runUntil('2026-04-03T20:00:00Z');
      await desk.report((await desk.taskOf('approval')).taskId, { result: 'approved' });
      await desk.runUntil('2026-04-30T20:00:00Z');
      const asked = (await desk.openTasks()).filter(({ kind, step }) => kind === 'approval' || step?.stepId === 'C2');
      expect(asked.map(({ kind, invoiceIds }) => [kind, invoiceIds.toSorted()])).toEqual([['letter', [A, B]]]);
    });

    it('goes only with formal notices: what else falls on the day has another day', async () => {
      await desk.payInvoice(B);
      const at = await desk.climbTo('C2');
      // A1 of this one falls on the day of the formal notice, Friday 20 March.
      await desk.registerSibling('INV-N', { issuedOn: '2026-02-18', dueOn: '2026-03-18' });
      await desk.plan(at, { invoiceId: 'INV-N' });
      await desk.runUntil(at);
      expect((await desk.taskOf('approval')).invoiceIds).toEqual([A]);
      await desk.report((await desk.taskOf('approval')).taskId, { result: 'approved' });
      await desk.runUntil('2026-03-24T20:00:00Z');
      expect(desk.assigned.at(-1)?.serves).toEqual([`${A}/C2`]);
      expect(desk.departures.at(-1)?.serves).toEqual(['INV-N/A1']);
      expect(desk.departures.at(-1)?.at.slice(0, 10)).not.toBe(desk.assigned.at(-1)?.at.slice(0, 10));
    });
  });
});
