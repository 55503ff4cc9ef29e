import { advanceCase } from '../domain/case-change.ts';
import { type CaseFile, claimsOfCycle } from '../domain/case-file.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { PolicyStep } from '../domain/policy.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import type { Task } from '../domain/task.ts';
import type { ClaimWrite, Ledger } from './ports.ts';
import { raiseTask, type TaskWording } from './raise-task.ts';

/** What a claim becomes. The optional fields are those the new state calls for; `task` asks a person in the same transaction. */
export type ClaimTransition = Pick<StepClaim, 'state'> &
  Partial<Pick<StepClaim, 'messageId' | 'skipReason' | 'failureReason' | 'delivery'>> & {
    readonly at: string;
    readonly task?: TaskWording;
    readonly detail?: string;
  };

/** The claim of a step in the current cycle, or null when it is unclaimed. */
export function claimOf(file: CaseFile, stepId: string): StepClaim | null {
  return claimsOfCycle(file).get(stepId) ?? null;
}

/** One claim and what it becomes. */
export interface ClaimMove {
  readonly step: PolicyStep;
  readonly transition: ClaimTransition;
}

/**
 * Moves claims on, in one transaction with their history and the version of the case. The version is the one that was read, so a claim is only ever made on
 * facts that are still true, and by one caller.
 *
 * @param at the UTC instant of the change
 * @returns the case file after the write
 * @throws ConflictError when the case or a claim is no longer what was read
 */
export async function moveClaims(
  ledger: Ledger,
  { file, moves, at }: { file: CaseFile; moves: readonly ClaimMove[]; at: string },
): Promise<CaseFile> {
  const { dunningCase } = file;
  const writes = moves.map((move): ClaimWrite & { drafts: HistoryDraft[]; tasks: Task[] } => {
    const claim = claimAfter(file, move);
    const raised = move.transition.task && taskFor(dunningCase, claim, move.transition.task);
    const drafts = [entryFor(claim, move.transition), ...(raised ? [raised.draft] : [])];
    return { claim, replaces: claimOf(file, claim.stepId), drafts, tasks: raised ? [raised.task] : [] };
  });
  const drafts = writes.flatMap((write) => write.drafts);
  const change = advanceCase(dunningCase, { at, drafts, changesPlan: false });
  await ledger.commit({
    ...change,
    expectedVersion: dunningCase.version,
    wakes: false,
    claims: writes.map(({ claim, replaces }) => ({ claim, replaces })),
    tasks: writes.flatMap(({ tasks }) => tasks),
  });
  const replaced = writes.map(({ replaces }) => replaces);
  const others = file.claims.filter((other) => !replaced.includes(other));
  return { dunningCase: change.dunningCase, claims: [...others, ...writes.map(({ claim }) => claim)] };
}

/** Moves one claim on; see {@link moveClaims}. */
export function moveClaim(
  ledger: Ledger,
  { file, step, transition }: ClaimMove & { file: CaseFile },
): Promise<CaseFile> {
  return moveClaims(ledger, { file, moves: [{ step, transition }], at: transition.at });
}

function claimAfter(file: CaseFile, { step, transition }: ClaimMove): StepClaim {
  const { invoice, cycle } = file.dunningCase;
  const { task, detail, ...fields } = transition;
  const { stepId, level, channel } = step;
  const attempt = (claimOf(file, stepId)?.attempt ?? 0) + (fields.state === 'reserved' ? 1 : 0);
  const delivery = fields.state === 'sent' ? claimOf(file, stepId)?.delivery : undefined;
  return {
    invoiceId: invoice.invoiceId,
    cycle,
    stepId,
    level,
    channel,
    ...(delivery && { delivery }),
    ...fields,
    attempt,
  };
}

const ENTRY_TYPES = {
  reserved: 'NoticeReserved',
  released: 'NoticeDeferred',
  sent: 'NoticeSent',
  failed: 'NoticeFailed',
  skipped: 'NoticeSkipped',
} as const satisfies Record<StepClaim['state'], HistoryDraft['type']>;

function entryFor(claim: StepClaim, { detail }: ClaimTransition): HistoryDraft {
  const { stepId, level, channel, attempt, messageId, skipReason, failureReason } = claim;
  const reason = skipReason ?? failureReason ?? detail;
  const data = { stepId, level, channel, attempt, ...(messageId && { messageId }), ...(reason && { reason }) };
  return { type: ENTRY_TYPES[claim.state], actor: 'relance', data };
}

/** What a task about a claim in a state is about: its place in the task's id. */
export function aboutClaim({ cycle, stepId, state }: Pick<StepClaim, 'cycle' | 'stepId' | 'state'>): string {
  return `${cycle}/${stepId}/${state}`;
}

function taskFor({ invoice }: DunningCase, claim: StepClaim, wording: TaskWording) {
  const { invoiceId, customerId } = invoice;
  return raiseTask({ ...wording, invoiceId, customerId, about: aboutClaim(claim), at: claim.at });
}
