import { passedCalls } from '../domain/plan/passed-calls.ts';
import { type ClaimMove, editCase } from './edit-case.ts';
import type { CaseFacts } from './plan-case.ts';
import type { Ledger } from './ports.ts';
import { closedByRelance, overwrite, taskWithout } from './task-ending.ts';
import { withFreshRead } from './with-fresh-read.ts';

/**
 * Takes a case out of the calls that a later step of it has overtaken, in a transaction of its own; a call about nothing else is off the list. The siblings in a call leave it when they wake.
 *
 * @returns the facts as they are then
 */
export async function withdrawPassedCalls(ledger: Ledger, facts: CaseFacts, at: string): Promise<CaseFacts> {
  if (passedCalls(facts).length === 0) return facts;
  return withFreshRead(async () => {
    const { invoiceId } = facts.file.dunningCase.invoice;
    const file = await ledger.loadCaseFile(invoiceId);
    const current = file ? { ...facts, file } : facts;
    const passed = passedCalls(current);
    if (passed.length === 0) return current;
    const loaded = await Promise.all(passed.map(({ taskId = '' }) => ledger.loadTask(taskId)));
    const open = loaded.filter((task) => task !== null).filter(({ state }) => state === 'open');
    const tasks = open.map((task) => taskWithout(task, invoiceId, { ending: 'withdrawn', at }));
    const moves = passed.map(
      (step): ClaimMove => ({ step, transition: { state: 'skipped', skipReason: 'step-passed' } }),
    );
    const drafts = tasks.filter(({ state }) => state === 'done').map(closedByRelance);
    const closesTasks = open.map(({ taskId }) => taskId);
    const edited = editCase(current.file, { moves, drafts, closesTasks }, at);
    await ledger.commit({ cases: [edited.write], tasks: tasks.map(overwrite) });
    return { ...current, file: edited.file };
  });
}
