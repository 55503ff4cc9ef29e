import { advanceCase } from '../domain/case-change.ts';
import { type CaseFile, claimsOfCycle } from '../domain/case-file.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { PolicyStep } from '../domain/policy.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import type { Ledger } from './ports.ts';
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

/**
 * Moves the claim of a step on, in one transaction with its history and the version of the case. The version is the one that was read, so a claim
 * is only ever made on facts that are still true, and by one caller.
 *
 * @returns the case file after the write
 * @throws ConflictError when the case or the claim is no longer what was read
 */
export async function moveClaim(
  ledger: Ledger,
  { file, step, transition }: { file: CaseFile; step: PolicyStep; transition: ClaimTransition },
): Promise<CaseFile> {
  const { dunningCase } = file;
  const previous = claimOf(file, step.stepId);
  const claim = claimAfter(file, step, transition);
  const raised =
    transition.task && taskFor(file, step, { ...transition.task, state: transition.state, at: transition.at });
  const drafts = [entryFor(claim, transition), ...(raised ? [raised.draft] : [])];
  const change = advanceCase(dunningCase, { at: transition.at, drafts, changesPlan: false });
  await ledger.commit({
    ...change,
    expectedVersion: dunningCase.version,
    wakes: false,
    claims: [{ claim, replaces: previous }],
    ...(raised && { tasks: [raised.task] }),
  });
  const others = file.claims.filter((other) => other !== previous);
  return { dunningCase: change.dunningCase, claims: [...others, claim] };
}

function claimAfter({ dunningCase, claims }: CaseFile, step: PolicyStep, transition: ClaimTransition): StepClaim {
  const { invoice, cycle } = dunningCase;
  const previous = claims.find((claim) => claim.cycle === cycle && claim.stepId === step.stepId);
  const { task, detail, ...fields } = transition;
  const { stepId, level, channel } = step;
  const attempt = (previous?.attempt ?? 0) + (fields.state === 'reserved' ? 1 : 0);
  const { invoiceId } = invoice;
  return { invoiceId, cycle, stepId, level, channel, ...fields, attempt };
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

function taskFor(
  file: CaseFile,
  step: PolicyStep,
  { state, at, ...wording }: TaskWording & Pick<ClaimTransition, 'state' | 'at'>,
) {
  const { invoiceId, customerId } = file.dunningCase.invoice;
  return raiseTask({
    ...wording,
    at,
    invoiceId,
    customerId,
    about: aboutClaim({ cycle: file.dunningCase.cycle, stepId: step.stepId, state }),
  });
}
