import type { SendRequest, WorkflowStep } from '../contracts/workflow.ts';
import type { CaseFile } from '../domain/case-file.ts';
import type { Customer } from '../domain/customer.ts';
import { isCollectable } from '../domain/dunning-case.ts';
import { ContractError, ReplanError, UnavailableError } from '../domain/errors.ts';
import type { Plan } from '../domain/plan/plan-next-step.ts';
import type { PolicyStep } from '../domain/policy.ts';
import { chooseRecipient } from '../domain/recipient.ts';
import { type Channel, isFinal } from '../domain/step-claim.ts';
import { type ClaimTransition, claimOf, moveClaim } from './claim-notice.ts';
import type { Creditor, NoticeOccasion } from './compose-notice.ts';
import { nextWorkflowStep } from './next-workflow-step.ts';
import { loadDebtor, type PlanningDeps, planFile, policyOf, recordSkipped } from './plan-case.ts';
import type { SendOutcome } from './ports.ts';
import { askForDecision, failNotice, skipUnreachable } from './unserved-notice.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** A notice that is written and ready to leave: one call sends it once. */
type ReadyNotice = () => Promise<SendOutcome>;

/** What sending needs: planning, who the creditor is, and the channel. `prepare` writes the notice and throws when its template refuses the facts. */
export interface SendingDeps extends PlanningDeps {
  readonly channel: Channel;
  readonly creditor: Creditor;
  readonly prepare: (occasion: NoticeOccasion) => ReadyNotice;
}

/** What became of the step, and the next one. */
export interface SendAnswer {
  readonly outcome: 'sent' | 'served-before' | 'skipped' | 'failed' | 'on-its-way';
  readonly step: WorkflowStep;
}

/**
 * Sends the notice of one step at most once, in two phases: claim (the case still stands as planned, the step is unclaimed), send, record.
 *
 * A reservation whose outcome nobody knows is never guessed: while it is young it is on its way; once the send timeout has passed and the provider's events
 * have not said that it left, a person is asked, rather than risk a second letter.
 *
 * @throws ReplanError when the case is no longer what the step was planned with
 * @throws UnavailableError when the provider cannot take it now (throttling): the step is open again and the workflow retries with backoff
 */
export async function sendNotice(deps: SendingDeps, request: SendRequest): Promise<SendAnswer> {
  const claimed = await withFreshRead(() => claim(deps, request));
  if (claimed.phase === 'over') return answer(deps, request, claimed);
  const outcome = await claimed.send();
  return record(deps, request, { ...claimed, outcome });
}

interface Over {
  readonly phase: 'over';
  readonly outcome: SendAnswer['outcome'];
  readonly file: CaseFile;
}

interface Claimed {
  readonly phase: 'claimed';
  readonly step: PolicyStep;
  readonly attempt: number;
  readonly send: ReadyNotice;
}

async function claim(deps: SendingDeps, request: SendRequest): Promise<Over | Claimed> {
  const { at } = request;
  const file = await loadCurrent(deps, request);
  const step = stepOf(deps, file, request.stepId);
  const previous = claimOf(file, step.stepId);
  if (previous && isFinal(previous)) return { phase: 'over', outcome: 'served-before', file };
  if (previous?.state === 'reserved') {
    const isYoung = Date.parse(at) < Date.parse(previous.at) + deps.sendTimeoutMinutes * 60_000;
    if (isYoung) return { phase: 'over', outcome: 'on-its-way', file };
    return end(deps, { file, step, transition: failNotice(step, { at, failureReason: 'outcome-unknown' }) });
  }
  const customer = await loadDebtor(deps.ledger, file);
  refuseUnlessDue(planFile(deps, { file, customer, at: wholeSecond(at) }), request);
  return reserve(deps, { file, step, customer, at });
}

/** A step goes out only while the plan says so: an execution may come late to it, be redriven at night, or find the debtor's contacts and hours changed. */
function refuseUnlessDue(plan: Plan, { invoiceId, stepId, at }: SendRequest): void {
  const next = plan.standing === 'open' ? plan.next : null;
  if (next?.stepId === stepId && Date.parse(next.at) <= Date.parse(at)) return;
  throw new ReplanError(`step ${stepId} of ${invoiceId} is not due at ${at}: next is ${next?.stepId} at ${next?.at}`);
}

/** The plan counts in whole seconds; a fraction would move the present past the instant the step waited for. */
function wholeSecond(at: string): string {
  return new Date(Math.floor(Date.parse(at) / 1000) * 1000).toISOString();
}

/** The case, if it still stands as the step was planned with. */
async function loadCurrent(deps: SendingDeps, { invoiceId, cycle, planRevision }: SendRequest): Promise<CaseFile> {
  const file = await deps.ledger.loadCaseFile(invoiceId);
  if (!file) throw new ContractError(`no case for invoice ${invoiceId}`);
  const { dunningCase } = file;
  const isCurrent = dunningCase.planRevision === planRevision && dunningCase.cycle === cycle;
  if (isCurrent && isCollectable(dunningCase)) return file;
  throw new ReplanError(`case ${invoiceId} moved from revision ${planRevision} to ${dunningCase.planRevision}`);
}

function stepOf(deps: SendingDeps, file: CaseFile, stepId: string): PolicyStep {
  const step = policyOf(deps.policies, file).steps.find((candidate) => candidate.stepId === stepId);
  if (step?.channel === deps.channel) return step;
  const { invoiceId } = file.dunningCase.invoice;
  throw new ContractError(`step ${stepId} is not a step by ${deps.channel} of the policy of ${invoiceId}`);
}

async function reserve(
  deps: SendingDeps,
  { file, step, customer, at }: { file: CaseFile; step: PolicyStep; customer: Customer; at: string },
): Promise<Over | Claimed> {
  const recipient = chooseRecipient(customer, step.recipientRoles, step.channel);
  if (!recipient) return end(deps, { file, step, transition: skipUnreachable(step, at) });
  const { creditor, creditorTimeZone, holidays } = deps;
  const prepared = prepare(deps, { file, step, recipient, at, customer, creditor, creditorTimeZone, holidays });
  if (!prepared.ok) {
    const { detail } = prepared;
    return end(deps, { file, step, transition: failNotice(step, { at, failureReason: 'template-refused', detail }) });
  }
  // Asked with the first reservation: a second one would be a second task.
  const isAsked = step.asksForDecision === true && claimOf(file, step.stepId) === null;
  const decision = isAsked ? { task: askForDecision(step, customer, { at, creditorTimeZone, holidays }) } : {};
  const reserved = await moveClaim(deps.ledger, { file, step, transition: { state: 'reserved', at, ...decision } });
  const attempt = claimOf(reserved, step.stepId)?.attempt ?? 0;
  return { phase: 'claimed', step, attempt, send: prepared.send };
}

function prepare(
  deps: SendingDeps,
  occasion: NoticeOccasion,
): { ok: true; send: ReadyNotice } | { ok: false; detail: string } {
  try {
    return { ok: true, send: deps.prepare(occasion) };
  } catch (error) {
    // Writing is pure: what fails once fails always, so it blocks this step and no other.
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Ends a step without sending it: the claim becomes final, with its reason, and a person is asked. */
async function end(
  deps: SendingDeps,
  move: { file: CaseFile; step: PolicyStep; transition: ClaimTransition },
): Promise<Over> {
  const file = await moveClaim(deps.ledger, move);
  return { phase: 'over', outcome: move.transition.state === 'skipped' ? 'skipped' : 'failed', file };
}

async function record(
  deps: SendingDeps,
  request: SendRequest,
  { step, attempt, outcome }: Claimed & { outcome: SendOutcome },
): Promise<SendAnswer> {
  const transition = transitionFor(outcome, { step, attempt, at: request.at });
  const file = await withFreshRead(async () => {
    const current = await deps.ledger.loadCaseFile(request.invoiceId);
    if (!current) throw new ContractError(`case ${request.invoiceId} is gone`);
    const claim = claimOf(current, step.stepId);
    // The provider's own event may have recorded the outcome first.
    const isOurs = claim?.state === 'reserved' && claim.attempt === attempt;
    return isOurs && transition ? moveClaim(deps.ledger, { file: current, step, transition }) : current;
  });
  if (outcome.kind === 'not-now' && transition?.state === 'released') {
    throw new UnavailableError(`${step.channel} provider cannot take ${step.stepId} now: ${outcome.detail}`);
  }
  const outcomes = { sent: 'sent', 'not-now': 'failed', refused: 'failed', unknown: 'on-its-way' } as const;
  return answer(deps, request, { outcome: outcomes[outcome.kind], file });
}

/** Attempts at a message the provider keeps putting off: some thirty hours, more than a daily quota takes to come back. */
const ATTEMPTS_MAX = 25;

function transitionFor(
  outcome: SendOutcome,
  { step, attempt, at }: { step: PolicyStep; attempt: number; at: string },
): ClaimTransition | null {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', messageId: outcome.messageId, at };
    case 'not-now':
      if (attempt < ATTEMPTS_MAX) return { state: 'released', detail: 'provider-not-ready', at };
      return failNotice(step, { at, failureReason: 'refused-by-provider' });
    case 'refused':
      return failNotice(step, { at, failureReason: 'refused-by-provider' });
    case 'unknown':
      return null;
  }
}

async function answer(
  deps: SendingDeps,
  request: SendRequest,
  { outcome, file }: Pick<Over, 'outcome' | 'file'>,
): Promise<SendAnswer> {
  const plan = planFile(deps, { file, customer: await loadDebtor(deps.ledger, file), at: request.at });
  if (plan.standing === 'settled') throw new ReplanError(`case ${request.invoiceId} was settled meanwhile`);
  await recordSkipped(deps.ledger, { file, skipped: plan.skipped, at: request.at });
  return { outcome, step: nextWorkflowStep(plan.next, plan.reached, request.startedAt) };
}
