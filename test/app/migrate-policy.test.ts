import { beforeEach, describe, expect, it } from 'vitest';
import { type MigrationOrder, migratePolicy } from '../../lib/app/migrate-policy.ts';
import { anInvoice, aReachableCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';

/** Version 2 sends A1 five days after the due date, not two. */
const SLOWER = standardPolicy.steps.map((step) => (step.stepId === 'A1' ? { ...step, offsetDays: 5 } : step));

describe('moving open cases to another version of their policy', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling('INV-B');
    await desk.registerSibling('INV-C');
    const consumer = aReachableCustomer({ customerId: 'C-2', kind: 'consumer' });
    const other = anInvoice({ invoiceId: 'INV-K', number: 'K', customerId: 'C-2', paymentReference: undefined });
    await desk.register({ invoice: other, customer: consumer });
    await desk.payInvoice('INV-C');
    await desk.ledger.savePolicy({ ...standardPolicy, version: 2, steps: SLOWER }, desk.now);
    await desk.runUntil('2026-01-31T00:00:00Z');
  });

  const migrate = (order: Partial<MigrationOrder> = {}, page = { limit: 50, cursor: null as string | null }) =>
    migratePolicy(
      desk.planning,
      { name: 'standard', toVersion: null, dryRun: true, at: desk.now, actor: 'finance', ...order },
      page,
    );

  const before = { stepId: 'A1', at: expect.stringMatching(/^2026-02-02/) };
  const after = { stepId: 'A1', at: expect.stringMatching(/^2026-02-04/) };

  it('shows the difference for each of them, and changes nothing while it is a dry run', async () => {
    const shown = await migrate();
    expect(shown).toMatchObject({ dryRun: true, to: { name: 'standard', version: 2 }, cursor: null });
    if (shown === null || shown === 'bad-cursor' || 'errors' in shown) throw new Error('no page');
    const cases = shown.cases.toSorted((one, other) => (one.invoiceId < other.invoiceId ? -1 : 1));
    expect(cases).toMatchObject([
      { invoiceId: A, fromVersion: 1, nextStepBefore: before, nextStepAfter: after, moved: false },
      { invoiceId: 'INV-B', fromVersion: 1, nextStepBefore: before, nextStepAfter: after, moved: false },
    ]);
    expect((await desk.ledger.loadCaseFile(A))?.dunningCase).toMatchObject({ policy: { version: 1 }, planRevision: 1 });
  });

  it('pins them to it, says so in their history, and has them planned again', async () => {
    expect(await migrate({ dryRun: false })).toMatchObject({
      dryRun: false,
      cases: [{ moved: true }, { moved: true }],
    });
    expect((await desk.ledger.loadCaseFile(A))?.dunningCase).toMatchObject({ policy: { version: 2 }, planRevision: 2 });
    expect((await desk.history()).at(-1)).toMatchObject({
      ...{ type: 'PolicyChanged', actor: 'finance', data: { name: 'standard', from: 1, to: 2 } },
    });
    expect((await desk.plan(desk.now)).step).toMatchObject(after);
    expect((await desk.ledger.loadCaseFile('INV-C'))?.dunningCase.policy.version).toBe(1);
    expect((await desk.ledger.loadCaseFile('INV-K'))?.dunningCase.policy.name).toBe('consumer');
  });

  it('has nothing to do the second time', async () => {
    await migrate({ dryRun: false });
    expect(await migrate({ dryRun: false })).toMatchObject({ cases: [] });
  });

  it('goes back to an older version too, and keeps what was sent', async () => {
    await migrate({ dryRun: false });
    await desk.runUntil('2026-02-04T20:00:00Z');
    expect(await migrate({ dryRun: false, toVersion: 1 })).toMatchObject({ cases: [{ moved: true }, { moved: true }] });
    expect(await desk.claim('A1')).toMatchObject({ state: 'sent' });
    expect((await desk.plan(desk.now)).step).toMatchObject({ stepId: 'A2' });
  });

  it('goes page by page', async () => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const slice = await migrate({ dryRun: false }, { limit: 1, cursor });
      if (slice === null || slice === 'bad-cursor' || 'errors' in slice) throw new Error('no page');
      found.push(...slice.cases.map(({ invoiceId }) => invoiceId));
      cursor = slice.cursor;
    } while (cursor !== null);
    expect(found.sort()).toEqual([A, 'INV-B']);
  });

  it('knows no policy that is not there, nor a version', async () => {
    expect(await migrate({ name: 'velvet-glove' })).toBeNull();
    expect(await migrate({ toVersion: 9 })).toMatchObject({ errors: [{ pointer: '/toVersion' }] });
  });
});

describe('moving a case that people have work about', () => {
  let desk: Desk;

  /** Version 2 knows neither the call A2 nor the letter A4. */
  const steps = standardPolicy.steps.filter(({ stepId }) => stepId !== 'A2' && stepId !== 'A4');

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling('INV-B');
    await desk.ledger.savePolicy({ ...standardPolicy, version: 2, steps }, desk.now);
  });

  const migrate = (dryRun: boolean) =>
    migratePolicy(
      desk.planning,
      { name: 'standard', toVersion: null, dryRun, at: desk.now, actor: 'finance' },
      { limit: 50, cursor: null },
    );

  it.each(['A2', 'A4'])('withdraws it, as the dry run foresees: %s', async (stepId) => {
    await desk.runUntil(await desk.climbTo(stepId));
    const task = (await desk.openTasks()).find(({ step }) => step?.stepId === stepId)!;
    expect(task.invoiceIds).toHaveLength(2);
    await migrate(true);
    expect(await desk.ledger.loadTask(task.taskId)).toEqual(task);
    expect(await migrate(false)).toMatchObject({ cases: [{ moved: true }, { moved: true }] });
    expect(await desk.ledger.loadTask(task.taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    for (const invoiceId of [A, 'INV-B']) {
      const { dunningCase } = (await desk.ledger.loadCaseFile(invoiceId))!;
      expect(dunningCase).toMatchObject({ policy: { version: 2 }, openTaskIds: [] });
      expect((await desk.plan(desk.now, { invoiceId })).step).toMatchObject({ stepId: stepId === 'A2' ? 'A3' : 'B1' });
    }
    await desk.runUntil('2026-05-30T00:00:00Z');
  });

  it('leaves a case alone whose message is on its way', async () => {
    const at = await desk.climbTo('A1');
    desk.turns.push({ outcome: 'unknown', leaves: true });
    await desk.send('A1', at);
    desk.now = at;
    expect(await desk.claim('A1')).toMatchObject({ state: 'reserved' });
    expect(await migrate(false)).toMatchObject({ cases: [{ moved: false }, { moved: false }] });
    expect((await desk.ledger.loadCaseFile(A))!.dunningCase.policy.version).toBe(1);
  });
});
