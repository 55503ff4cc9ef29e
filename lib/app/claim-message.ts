import type { SendRequest } from '../contracts/workflow.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isConfirmation } from '../domain/confirmation.ts';
import { isCollectable } from '../domain/dunning-case.ts';
import { ContractError, ReplanError } from '../domain/errors.ts';
import type { Plan, PlannedStep } from '../domain/plan/plan-next-step.ts';
import { planMessageOf } from '../domain/plan-message.ts';
import { isFinal, type StepClaim } from '../domain/step-claim.ts';
import { askForApproval } from './ask-for-approval.ts';
import { channelOpening } from './channel-opening.ts';
import { confirmationOf, confirmationStep } from './confirmation-step.ts';
import { claimOf } from './edit-case.ts';
import { endClaim, endMembers } from './end-members.ts';
import { findStep, gatherMessage, type Member, type Message, stepOf } from './gather-message.ts';
import { keepServed } from './keep-served.ts';
import { holdNetCreditor } from './net-creditor.ts';
import { type CaseFacts, loadFacts, planFacts } from './plan-case.ts';
import { releaseInterrupted } from './release-interrupted.ts';
import { reserveMessage } from './reserve-message.ts';
import type { ReadyMessage, ServingDeps } from './serving.ts';
import { settleByLead } from './settle-by-lead.ts';
import { approvalsInForce } from './standing-approval.ts';
import { holdUnplacedOf } from './unplaced-payment.ts';
import { failNotice } from './unserved-notice.ts';
import { writeMessage } from './write-message.ts';

/**
 * How far a step has come when it is claimed: over (somebody had it before, a person has it in hand, its debtor's money is to be offset first, or it can reach nobody), to be made by the state of another channel or once that
 * channel opens, or reserved with a message that is ready to leave.
 */
export type Claimed =
  | { readonly phase: 'over'; readonly outcome: Outcome; readonly file: CaseFile }
  | { readonly phase: 'redirected'; readonly planned: PlannedStep }
  | { readonly phase: 'claimed'; readonly message: Message; readonly ready: ReadyMessage };

type Outcome = 'assigned' | 'held' | 'served-before' | 'skipped' | 'failed' | 'on-its-way';

/**
 * Claims the step of a request, with the siblings its message serves.
 *
 * @throws ReplanError when the case is no longer what the step was planned with, or the step is not due now
 */
export async function claimMessage(deps: ServingDeps, request: SendRequest): Promise<Claimed> {
  const file = await loadCurrent(deps, request);
  const previous = claimOf(file, request.stepId);
  if (previous && (isFinal(previous) || previous.state === 'assigned'))
    return { phase: 'over', outcome: 'served-before', file };
  if (previous?.state === 'reserved') {
    const before = await whatBecameOf(deps, { file, previous, at: request.at });
    if (before) return before;
  }
  const facts = await loadFacts(deps, file);
  if (previous?.state === 'reserved') {
    const reason = reasonToGiveUp(deps, facts, { previous, request });
    const detail = reason ?? 'message-not-made';
    await releaseInterrupted(deps.ledger, { lead: file, claim: previous, detail, at: request.at });
    return reason
      ? { phase: 'over', outcome: 'skipped', file: await reload(deps, request) }
      : claimMessage(deps, request);
  }
  const planned = dueStep(planFacts(deps, facts, wholeSecond(request.at)), request);
  const own = ownMember(facts, planned);
  const message = await gatherMessage(deps, { own, record: facts.record, at: request.at });
  const { channel } = message.lead.step;
  const opensAt = message.lead === own ? request.at : channelOpening(deps, message, wholeSecond(request.at));
  const isOpen = Date.parse(opensAt) <= Date.parse(request.at);
  if (!isOpen || !deps.channels.includes(channel)) {
    return { phase: 'redirected', planned: { ...planned, channel, at: isOpen ? request.at : opensAt } };
  }
  const held = isAnswer(message) ? [] : await holdForTheirMoney(deps, message, request.at);
  if (held.length > 0) return whatIsHeld(deps, request, held);
  // A firmer step that reaches nobody is over by then: what is left is gathered again without it.
  return (await claimGathered(deps, message, { file, at: request.at })) ?? claimMessage(deps, request);
}

/** The invoices of a message that wait for what becomes of money: because it is theirs and enough for all they owe, or may be what is owed. */
async function holdForTheirMoney(deps: ServingDeps, message: Message, at: string): Promise<string[]> {
  const unapplied = await deps.ledger.listUnappliedOf(message.record.customer.customerId);
  if (unapplied.length === 0) return [];
  const held = await holdNetCreditor(deps, message, { unapplied, at });
  return held.length > 0 ? held : holdUnplacedOf(deps, message, { unapplied, at });
}

/** Whether a message confirms what was said to or by the debtor: that is sent whatever money of theirs there is. */
function isAnswer({ lead }: Message): boolean {
  const confirmation = confirmationOf(lead);
  const about = confirmation && planMessageOf(confirmation);
  return confirmation !== null && about !== 'instalment-due' && about !== 'instalment-missed';
}

/** How far the step is when invoices of its message are held: over when its own is one of them, else to be claimed again without them. */
async function whatIsHeld(deps: ServingDeps, request: SendRequest, held: readonly string[]): Promise<Claimed> {
  if (!held.includes(request.invoiceId)) return claimMessage(deps, request);
  return { phase: 'over', outcome: 'held', file: await reload(deps, request) };
}

/** Claims a message as it was gathered, or null when it cannot be written and the own step can go without the one it was written for. */
async function claimGathered(
  deps: ServingDeps,
  message: Message,
  { file, at }: { file: CaseFile; at: string },
): Promise<Claimed | null> {
  const over = (outcome: Outcome, files: readonly CaseFile[]): Claimed | null => {
    const { invoiceId } = file.dunningCase.invoice;
    const own = files.find(({ dunningCase }) => dunningCase.invoice.invoiceId === invoiceId);
    return own ? { phase: 'over', outcome, file: own } : null;
  };
  const { lead } = message;
  const written = await writeMessage(deps, message, { confirmation: confirmationOf(lead), at });
  if (!written.ok) {
    const files = await endMembers(deps, message, { unserved: written.unserved, at });
    return over(written.unserved.transition.state === 'skipped' ? 'skipped' : 'failed', files);
  }
  if (lead.step.requiresApproval && approvalsInForce(message.members)(lead) === null) {
    return over(
      'assigned',
      await askForApproval(deps, message, { text: written.ready.text, charges: written.charges, at }),
    );
  }
  const all = await reserveMessage(deps, message, { charges: written.charges, at });
  const reserved = await keepServed(deps, all, at);
  if (reserved.members.length === message.members.length) {
    return { phase: 'claimed', message: reserved, ready: written.ready };
  }
  // Somebody paid while the others were being claimed: the message must not name that invoice.
  const again = await writeMessage(deps, reserved, { confirmation: null, at });
  if (again.ok) return { phase: 'claimed', message: reserved, ready: again.ready };
  return over('failed', await endMembers(deps, reserved, { unserved: again.unserved, at }));
}

/** Why work that was interrupted is not made again, or null: there is no such step any more, or it would not be due now if it had never been begun. What was promised, contested or held meanwhile counts for it, too. */
function reasonToGiveUp(
  deps: ServingDeps,
  facts: CaseFacts,
  { previous, request }: { previous: StepClaim; request: SendRequest },
): 'step-gone' | 'held' | null {
  if (isGone(facts, previous)) return 'step-gone';
  const claims = facts.file.claims.filter((claim) => claim !== previous);
  const plan = planFacts(deps, { ...facts, file: { ...facts.file, claims } }, wholeSecond(request.at));
  return isDue(plan, request) ? null : 'held';
}

/** Whether the ladder has the step of this claim no more: the policy or the profile changed since it was reserved. */
function isGone(facts: CaseFacts, { stepId }: StepClaim): boolean {
  return !isConfirmation(stepId) && findStep(facts, stepId) === null;
}

function ownMember(facts: CaseFacts, planned: PlannedStep): Member {
  const { file, policy } = facts;
  const step = isConfirmation(planned.stepId) ? confirmationStep(facts, planned) : stepOf(facts, planned);
  return { file, policy, step };
}

/** A step goes out only while the plan says so: an execution may come late to it, be redriven at night, or find the debtor's contacts and hours changed. */
function dueStep(plan: Plan, request: SendRequest): PlannedStep {
  const { invoiceId, stepId, at } = request;
  const next = plan.standing === 'open' ? plan.next : null;
  if (next && isDue(plan, request)) return next;
  throw new ReplanError(`step ${stepId} of ${invoiceId} is not due at ${at}: next is ${next?.stepId} at ${next?.at}`);
}

function isDue(plan: Plan, { stepId, at }: SendRequest): boolean {
  return plan.standing === 'open' && plan.next?.stepId === stepId && Date.parse(plan.next.at) <= Date.parse(at);
}

/** The plan counts in whole seconds; a fraction would move the present past the instant the step waited for. */
function wholeSecond(at: string): string {
  return new Date(Math.floor(Date.parse(at) / 1000) * 1000).toISOString();
}

async function reload({ ledger }: ServingDeps, { invoiceId }: SendRequest): Promise<CaseFile> {
  const file = await ledger.loadCaseFile(invoiceId);
  if (!file) throw new ContractError(`no case for invoice ${invoiceId}`);
  return file;
}

/** The case, if it still stands as the step was planned with. */
async function loadCurrent(deps: ServingDeps, request: SendRequest): Promise<CaseFile> {
  const { invoiceId, cycle, planRevision } = request;
  const file = await reload(deps, request);
  const { dunningCase } = file;
  const isCurrent = dunningCase.planRevision === planRevision && dunningCase.cycle === cycle;
  if (isCurrent && isCollectable(dunningCase)) return file;
  throw new ReplanError(`case ${invoiceId} moved from revision ${planRevision} to ${dunningCase.planRevision}`);
}

/**
 * What a reservation of an earlier attempt means now. Young: on its way. Old, and made for a sibling's message: whatever became of that. Old, and a message that leaves by itself: nobody
 * knows, so a person is asked. Old, and work for a person: nothing can have left, so it is made again (`null`).
 */
async function whatBecameOf(
  deps: ServingDeps,
  { file, previous, at }: { file: CaseFile; previous: StepClaim; at: string },
): Promise<Claimed | null> {
  const isYoung = Date.parse(at) < Date.parse(previous.at) + deps.sendTimeoutMinutes * 60_000;
  if (isYoung) return { phase: 'over', outcome: 'on-its-way', file };
  if (previous.servedBy) {
    const settled = await settleByLead(deps, { file, previous, lead: previous.servedBy, at });
    return { phase: 'over', outcome: 'served-before', file: settled };
  }
  if (previous.channel !== 'email' && previous.channel !== 'sms') return null;
  const unserved = failNotice(previous, 'outcome-unknown');
  const ended = await endClaim(deps, { file, claim: previous, unserved, at });
  return { phase: 'over', outcome: 'failed', file: ended };
}
