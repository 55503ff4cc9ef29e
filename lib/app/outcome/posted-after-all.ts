import type { CaseFile } from '../../domain/case-file.ts';
import type { StepClaim } from '../../domain/step-claim.ts';
import type { Task } from '../../domain/task.ts';
import type { LedgerChange } from '../ports.ts';
import { withdrawalOf } from '../settle-tasks.ts';
import { isOneTransaction, StagedChange } from '../staged-change.ts';
import { letterEffect } from './letter-outcome.ts';
import { claimOfTask, type OutcomeContext, type OutcomeEffect, type OutcomeOf } from './outcome-context.ts';

/** Whether a task is a letter that is withdrawn: it may have left already, and nothing calls it back. */
export function isWithdrawnLetter({ kind, outcome }: Task): boolean {
  return kind === 'letter' && outcome === 'withdrawn';
}

/**
 * What it does that a withdrawn letter had left already: what it was to be posted for is done by it, for the invoices whose step is not over since, and what a person was asked for in its place is withdrawn, for all that
 * this names. In one transaction, or, when that is too much for one, withdrawn first: work that is withdrawn too early is made again.
 *
 * Null when there is no such invoice: what was paid needs no letter, and of what another letter was posted for both have left. While the next one is being made nothing can be said, and the person has to try again.
 */
export async function postedAfterAll(
  context: OutcomeContext,
  outcome: OutcomeOf<'posted'>,
): Promise<OutcomeEffect | { readonly conflict: string } | null> {
  const staged = new StagedChange(context.deps.ledger);
  const withdrawals = await withdrawNewer(staged, context);
  const loaded = await Promise.all(context.files.map((file) => staged.loadCaseFile(idOf(file))));
  const files = loaded.filter((file) => file !== null);
  const stateIn = (file: CaseFile) => claimOfTask(context, file)?.state;
  if (files.some((file) => stateIn(file) === 'reserved')) return { conflict: BEING_MADE };
  const [first, ...others] = files.filter((file) => isOpenAgain(stateIn(file)));
  if (!first) return null;
  const effect = letterEffect(asUnposted(context, [first, ...others]), outcome);
  if ('refused' in effect) return effect;
  await staged.commit(effect.change);
  const { change } = staged;
  return isOneTransaction(change) ? { ...effect, change } : { ...effect, before: withdrawals };
}

const BEING_MADE =
  'The next letter about an invoice of this one is being made right now; nothing was changed. Report it again in some minutes.';

/** Stages that the work is withdrawn which the invoices of a letter are in by now: one change for each task, made on what those before it leave. */
async function withdrawNewer(staged: StagedChange, context: OutcomeContext): Promise<LedgerChange[]> {
  const withdrawals: LedgerChange[] = [];
  for (const { dunningCase } of context.files) {
    const file = await staged.loadCaseFile(dunningCase.invoice.invoiceId);
    const claim = file && claimOfTask(context, file);
    const newerId = claim?.state === 'assigned' ? claim.taskId : undefined;
    const withdrawal = file && newerId && (await withdrawalOf(staged, file, { taskId: newerId, at: context.at }));
    if (!withdrawal) continue;
    await staged.commit(withdrawal);
    withdrawals.push(withdrawal);
  }
  return withdrawals;
}

/** Whether the step of a claim is still to be served, and nobody has it in hand: an approval that was given is for a letter that is not made yet. */
function isOpenAgain(state: StepClaim['state'] | undefined): boolean {
  return state === 'released' || state === 'approved';
}

/** A withdrawn letter as if it were still to be posted, about these invoices. */
function asUnposted(context: OutcomeContext, files: OutcomeContext['files']): OutcomeContext {
  const { outcome, closedAt, ...task } = context.task;
  return { ...context, files, task: { ...task, state: 'open', invoiceIds: files.map(idOf) } };
}

function idOf({ dunningCase }: CaseFile): string {
  return dunningCase.invoice.invoiceId;
}
