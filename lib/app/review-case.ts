import type { SendRequest, WorkflowStep } from '../contracts/workflow.ts';
import { isBlockOver } from '../domain/block.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isOwed, standingUnblocked } from '../domain/dunning-case.ts';
import { ContractError, ReplanError } from '../domain/errors.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { isBankDataOld } from '../domain/plan/bank-data.ts';
import { commitEdit } from './edit-case.ts';
import { judgePromise, type ReviewDeps } from './judge-promise.ts';
import { workflowStepOf } from './next-workflow-step.ts';
import { loadFacts, planFacts, recordSkipped } from './plan-case.ts';
import type { Ledger } from './ports.ts';
import { reviewDisputes } from './review-dispute.ts';
import { reviewPlan } from './review-plan.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** What the look at a case found, and the next step. */
export interface ReviewAnswer {
  readonly outcome: 'unblocked' | 'promise-judged' | 'dispute-reviewed' | 'plan-reviewed' | 'nothing-due';
  readonly step: WorkflowStep;
}

/**
 * Looks at a case that was kept back and does what has become due by time alone: a block whose last day has passed is lifted, a promise whose time is over is judged, a dispute that waits is brought up, a plan is held against what came. Safe to ask twice: what was done is not done again, and the answer is
 * the next step as it is then.
 *
 * @throws ReplanError when the case is no longer what the review was planned with
 */
export function reviewCase(deps: ReviewDeps, request: SendRequest): Promise<ReviewAnswer> {
  const { invoiceId, startedAt, at } = request;
  return withFreshRead(async () => {
    const read = await loadCurrent(deps.ledger, request);
    const { block } = read.dunningCase;
    const isOver = block !== null && isBlockOver(block, dateIn(at, deps.creditorTimeZone));
    const unblocked = isOver ? await unblock(deps.ledger, read, at) : read;
    const facts = await loadFacts(deps, unblocked);
    const isOld = isBankDataOld({ ...deps, ...facts, at });
    const judged = await judgePromise(deps, { file: unblocked, record: facts.record, isBankDataOld: isOld, at });
    const disputed = await reviewDisputes(deps, { ...facts, file: judged ?? unblocked }, at);
    const current = disputed ?? judged ?? unblocked;
    const planned = judged ? null : await reviewPlan(deps, { ...facts, file: current }, at);
    const file = planned ?? current;
    const plan = planFacts(deps, { ...facts, file }, at);
    if (plan.standing === 'open') await recordSkipped(deps.ledger, { file, skipped: plan.skipped, at });
    else if (plan.standing !== 'waiting') throw new ReplanError(`case ${invoiceId} is ${plan.standing} meanwhile`);
    const outcome = outcomeOf({ isOver, judged, disputed, planned });
    return { outcome, step: workflowStepOf(plan, startedAt) };
  });
}

/** What was done, in one word: of several things the one that says most. */
function outcomeOf({
  isOver,
  judged,
  disputed,
  planned,
}: {
  isOver: boolean;
  judged: CaseFile | null;
  disputed: CaseFile | null;
  planned: CaseFile | null;
}): ReviewAnswer['outcome'] {
  if (judged) return 'promise-judged';
  if (disputed) return 'dispute-reviewed';
  if (planned) return 'plan-reviewed';
  return isOver ? 'unblocked' : 'nothing-due';
}

/** The case, if it still stands as the review was planned with. */
async function loadCurrent(ledger: Ledger, { invoiceId, cycle, planRevision }: SendRequest): Promise<CaseFile> {
  const file = await ledger.loadCaseFile(invoiceId);
  if (!file) throw new ContractError(`no case for invoice ${invoiceId}`);
  const { dunningCase } = file;
  const isCurrent = dunningCase.planRevision === planRevision && dunningCase.cycle === cycle;
  if (isCurrent && isOwed(dunningCase)) return file;
  throw new ReplanError(`case ${invoiceId} moved from revision ${planRevision} to ${dunningCase.planRevision}`);
}

/** Time is no fact from outside: the plan this execution goes by foresaw it, so its revision stays. */
function unblock(ledger: Ledger, file: CaseFile, at: string): Promise<CaseFile> {
  const unblocked: HistoryDraft = { type: 'CaseUnblocked', actor: 'relance', data: { reason: 'ended' } };
  const standing = standingUnblocked(file.dunningCase);
  return commitEdit(ledger, file, { drafts: [unblocked], changes: { standing, block: null } }, at);
}
