import type { SendRequest, WorkflowStep } from '../contracts/workflow.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isCollectable } from '../domain/dunning-case.ts';
import { ContractError, ReplanError, UnavailableError } from '../domain/errors.ts';
import type { PolicyStep } from '../domain/policy.ts';
import { chooseRecipient, type Recipient } from '../domain/recipient.ts';
import { type Channel, type FailureReason, isFinal } from '../domain/step-claim.ts';
import { type ClaimTransition, claimOf, moveClaim } from './claim-notice.ts';
import type { Creditor, NoticeOccasion } from './compose-notice.ts';
import { nextWorkflowStep } from './next-workflow-step.ts';
import { type PlanningDeps, planFile, policyOf, recordSkipped } from './plan-case.ts';
import type { SendOutcome } from './ports.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** A notice that is written and ready to leave: one call sends it once. */
type ReadyNotice = () => Promise<SendOutcome>;

/** What sending needs: planning, who the creditor is, and the channel. `prepare` writes the notice and throws when its template refuses the facts. */
export interface SendingDeps extends PlanningDeps {
  readonly channel: Channel;
  readonly creditor: Creditor;
  /** Whether the provider reports by itself that a message left: then its silence after a fault of its own means that nothing did. */
  readonly providerReportsSends: boolean;
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
  return record(deps, request, { step: claimed.step, outcome });
}

type Claimed =
  | { readonly phase: 'over'; readonly outcome: SendAnswer['outcome']; readonly file: CaseFile }
  | { readonly phase: 'claimed'; readonly step: PolicyStep; readonly send: ReadyNotice };

async function claim(deps: SendingDeps, request: SendRequest): Promise<Claimed> {
  const file = await loadCurrent(deps, request);
  const step = stepOf(deps, file, request.stepId);
  const previous = claimOf(file, step.stepId);
  if (previous && isFinal(previous)) return { phase: 'over', outcome: 'served-before', file };
  if (previous?.state === 'reserved') {
    const isYoung = Date.parse(request.at) < Date.parse(previous.at) + deps.sendTimeoutMinutes * 60_000;
    if (isYoung) return { phase: 'over', outcome: 'on-its-way', file };
    const nothingLeft = previous.providerAnsweredFault === true && deps.providerReportsSends;
    if (!nothingLeft) return end(deps, { file, step, transition: outcomeUnknown(step, request.at) });
  }
  return reserve(deps, { file, step, at: request.at });
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
  throw new ContractError(
    `step ${stepId} is not a step by ${deps.channel} of the policy of ${file.dunningCase.invoice.invoiceId}`,
  );
}

async function reserve(
  deps: SendingDeps,
  { file, step, at }: { file: CaseFile; step: PolicyStep; at: string },
): Promise<Claimed> {
  const record = await deps.ledger.loadCustomer(file.dunningCase.invoice.customerId);
  if (!record) throw new ContractError(`unknown customer ${file.dunningCase.invoice.customerId}`);
  const recipient = chooseRecipient(record.customer, step.recipientRoles, step.channel);
  if (!recipient) return end(deps, { file, step, transition: nobodyToReach(step, at) });
  const prepared = prepare(deps, { file, step, recipient, at, customer: record.customer, creditor: deps.creditor });
  if (!prepared.ok) return end(deps, { file, step, transition: templateRefused(step, at, prepared.detail) });
  await moveClaim(deps.ledger, { file, step, transition: { state: 'reserved', at } });
  return { phase: 'claimed', step, send: prepared.send };
}

function prepare(
  deps: SendingDeps,
  occasion: Omit<NoticeOccasion, 'creditorTimeZone'> & { recipient: Recipient },
): { ok: true; send: ReadyNotice } | { ok: false; detail: string } {
  try {
    return { ok: true, send: deps.prepare({ ...occasion, creditorTimeZone: deps.creditorTimeZone }) };
  } catch (error) {
    // Writing is pure: what fails once fails always, so it blocks this step and no other.
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Ends a step without sending it: the claim becomes final, with its reason, and a person is asked. */
async function end(
  deps: SendingDeps,
  move: { file: CaseFile; step: PolicyStep; transition: ClaimTransition },
): Promise<Claimed> {
  const file = await moveClaim(deps.ledger, move);
  return { phase: 'over', outcome: move.transition.state === 'skipped' ? 'skipped' : 'failed', file };
}

async function record(
  deps: SendingDeps,
  request: SendRequest,
  { step, outcome }: { step: PolicyStep; outcome: SendOutcome },
): Promise<SendAnswer> {
  const transition = transitionFor(outcome, step, request.at);
  const file = await withFreshRead(async () => {
    const current = await deps.ledger.loadCaseFile(request.invoiceId);
    if (!current) throw new ContractError(`case ${request.invoiceId} is gone`);
    // The provider's own event may have recorded the outcome first.
    if (claimOf(current, step.stepId)?.state !== 'reserved' || !transition) return current;
    return moveClaim(deps.ledger, { file: current, step, transition });
  });
  if (outcome.kind === 'not-now') {
    throw new UnavailableError(`${step.channel} provider cannot take ${step.stepId} now: ${outcome.detail}`);
  }
  const outcomes = { sent: 'sent', refused: 'failed', fault: 'on-its-way', unknown: 'on-its-way' } as const;
  return answer(deps, request, { outcome: outcomes[outcome.kind], file });
}

function transitionFor(outcome: SendOutcome, step: PolicyStep, at: string): ClaimTransition | null {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', messageId: outcome.messageId, at };
    case 'not-now':
      return { state: 'released', detail: 'provider-not-ready', at };
    case 'refused':
      return failed(step, at, 'refused-by-provider');
    case 'fault':
      return { state: 'reserved', providerAnsweredFault: true, detail: 'provider-fault', at };
    case 'unknown':
      return null;
  }
}

async function answer(
  deps: SendingDeps,
  request: SendRequest,
  { outcome, file }: { outcome: SendAnswer['outcome']; file: CaseFile },
): Promise<SendAnswer> {
  const plan = await planFile(deps, file, request.at);
  if (plan.standing === 'settled') throw new ReplanError(`case ${request.invoiceId} was settled meanwhile`);
  await recordSkipped(deps.ledger, { file, skipped: plan.skipped, at: request.at });
  return { outcome, step: nextWorkflowStep(plan.next, plan.reached, request.startedAt) };
}

function failed(
  step: PolicyStep,
  at: string,
  failureReason: FailureReason,
): ClaimTransition & Required<Pick<ClaimTransition, 'task'>> {
  const reasons = {
    'refused-by-provider':
      'The provider refused the message for good. See the history of the case, then reach the debtor another way.',
    'outcome-unknown':
      'Nobody knows whether the message left. Look at the provider, then decide whether to send it by hand.',
    'template-refused': 'The template does not fit the facts of this case. Nothing was sent. Have the template mended.',
  };
  const title = `Notice ${step.stepId} by ${step.channel} was not served`;
  return { state: 'failed', failureReason, at, task: { kind: 'attention', title, reason: reasons[failureReason] } };
}

const outcomeUnknown = (step: PolicyStep, at: string) => failed(step, at, 'outcome-unknown');

function templateRefused(step: PolicyStep, at: string, detail: string): ClaimTransition {
  const transition = failed(step, at, 'template-refused');
  return { ...transition, task: { ...transition.task, reason: `${transition.task.reason} (${detail})` } };
}

function nobodyToReach(step: PolicyStep, at: string): ClaimTransition {
  const title = `Nobody to send notice ${step.stepId} to by ${step.channel}`;
  const reason = `No contact of the customer has ${step.channel === 'email' ? 'an email address' : 'a phone number'} and one of the roles ${step.recipientRoles.join(', ')}.`;
  return { state: 'skipped', skipReason: 'no-usable-contact', at, task: { kind: 'no-contact', title, reason } };
}
