import type { SendRequest } from '../contracts/workflow.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { withoutContact } from '../domain/contact-log.ts';
import { isOwed } from '../domain/dunning-case.ts';
import { ContractError, ReplanError, UnavailableError } from '../domain/errors.ts';
import { assignWork } from './assign-work.ts';
import { type ClaimTransition, claimOf, editCase } from './edit-case.ts';
import { editCustomer } from './edit-customer.ts';
import { aboutClaim } from './end-members.ts';
import { attemptOf, type Member, type Message, refOf } from './gather-message.ts';
import { CASES_PER_CHANGE_MAX, type CustomerWrite, type LedgerChange, type SendOutcome } from './ports.ts';
import { raiseTask } from './raise-task.ts';
import { isReservationOf } from './reservation.ts';
import { chunks } from './reserve-message.ts';
import type { ServingDeps } from './serving.ts';
import { failNotice, type UnservedStep } from './unserved-notice.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** A message whose members are reserved, and what came of the attempt to make it. */
export interface AttemptedMessage {
  readonly message: Message;
  readonly outcome: SendOutcome;
}

/** Attempts at a message the provider keeps putting off: some thirty hours, more than a daily quota takes to come back. */
const ATTEMPTS_MAX = 25;

/**
 * Records what became of a message on the claim of each of its members, the lead's first. The provider's own event may have recorded it before.
 *
 * @returns the requested case as it stands then
 * @throws UnavailableError when the provider could not take it now; ReplanError when work for a person would name an invoice of which a fact came in meanwhile
 */
export async function recordMessage(
  deps: ServingDeps,
  request: SendRequest,
  { message, outcome }: AttemptedMessage,
): Promise<CaseFile> {
  const { at } = request;
  if (outcome.kind === 'assigned') {
    const isAssigned = await assignWork(deps, message, { work: outcome.work, at });
    if (!isAssigned) {
      await recordAll(deps, message, { transition: { state: 'released', detail: 'facts-moved' }, at });
      throw new ReplanError(`an invoice of the message of ${request.invoiceId} moved meanwhile`);
    }
    return loadOwn(deps, request);
  }
  const { lead } = message;
  const recorded = recordOf(outcome, lead);
  if (recorded) await recordAll(deps, message, { ...recorded, at });
  if (outcome.kind === 'not-now' && recorded?.transition.state === 'released') {
    throw new UnavailableError(`${lead.step.channel} provider cannot take ${lead.step.stepId} now: ${outcome.detail}`);
  }
  return loadOwn(deps, request);
}

/**
 * Releases members of a message that will not leave as it was reserved, those that are still reserved by this attempt. One that is left out forgets whose message it was in: the debtor hears
 * of it another time, and that message counts in the contact budget like any other.
 */
export function releaseMembers(deps: ServingDeps, message: Message, at: string): Promise<void> {
  return recordAll(deps, message, {
    transition: { state: 'released', detail: 'facts-moved', servedBy: undefined },
    at,
  });
}

interface Recorded {
  readonly transition: ClaimTransition;
  readonly unserved?: UnservedStep;
}

function recordOf(outcome: Exclude<SendOutcome, { kind: 'assigned' }>, member: Member): Recorded | null {
  const failed = (): Recorded => {
    const unserved = failNotice(member.step, 'refused-by-provider');
    return { transition: unserved.transition, unserved };
  };
  switch (outcome.kind) {
    case 'sent':
      return { transition: { state: 'sent', messageId: outcome.messageId } };
    case 'not-now':
      return attemptOf(member) < ATTEMPTS_MAX
        ? { transition: { state: 'released', detail: 'provider-not-ready' } }
        : failed();
    case 'refused':
      return failed();
    case 'unknown':
      return null;
  }
}

async function recordAll(deps: ServingDeps, message: Message, recorded: Recorded & { at: string }): Promise<void> {
  // The lead's chunk comes first, and with it the task, which is about the others too.
  let raisedId: string | undefined;
  for (const chunk of chunks(message.members, CASES_PER_CHANGE_MAX)) {
    raisedId = await withFreshRead(async () => {
      const change = await changeFor(deps, message, { ...recorded, chunk, raisedId });
      if (change.cases.length > 0) await deps.ledger.commit(change);
      return raisedId ?? change.tasks?.[0]?.task.taskId;
    });
  }
}

/** The members of one chunk whose claims are still the reservations of this attempt, moved on. With the lead goes the task, and the contact that was none. */
async function changeFor(
  deps: ServingDeps,
  message: Message,
  {
    chunk,
    raisedId,
    transition,
    unserved,
    at,
  }: Recorded & {
    at: string;
    chunk: readonly Member[];
    raisedId: string | undefined;
  },
): Promise<LedgerChange> {
  const current = await Promise.all(chunk.map((member) => reload(deps, member)));
  const ours = current.filter(({ claim, member }) => isReservationOf(claim, member));
  const hasLead = ours.some(({ member }) => member === message.lead);
  const raised = hasLead && unserved ? taskFor(deps, message, { unserved, at }) : null;
  const cases = ours.map(({ file, claim, member }) => {
    const { cycle } = member.file.dunningCase;
    const step = { ...member.step, cycle, channel: claim?.channel ?? member.step.channel };
    const drafts = raised && member === message.lead ? [raised.draft] : [];
    const taskId = raised?.task.taskId ?? raisedId;
    const opensTasks = taskId ? [taskId] : [];
    const moves = [{ step, transition: isOwed(file.dunningCase) ? transition : settledLike(transition) }];
    return editCase(file, { moves, drafts, opensTasks }, at).write;
  });
  const isNoContact = hasLead && (transition.state === 'released' || transition.state === 'failed');
  const customer = isNoContact ? await withoutThisContact(deps, message) : null;
  return {
    cases,
    ...(raised && { tasks: [{ task: raised.task, expectedVersion: null }] }),
    ...(customer && { customer }),
  };
}

/** Of a case that was paid meanwhile nothing is open again. */
function settledLike(transition: ClaimTransition): ClaimTransition {
  return transition.state === 'released' ? { state: 'skipped', skipReason: 'case-settled' } : transition;
}

async function withoutThisContact(deps: ServingDeps, { lead }: Message): Promise<CustomerWrite | null> {
  const record = await deps.ledger.loadCustomer(lead.file.dunningCase.invoice.customerId);
  if (!record) return null;
  const contacts = withoutContact(record.contacts, refOf(lead));
  if (contacts.length === record.contacts.length) return null;
  return editCustomer(record, { contacts });
}

async function reload(deps: ServingDeps, member: Member) {
  const { invoice, cycle } = member.file.dunningCase;
  const { invoiceId } = invoice;
  const file = await deps.ledger.loadCaseFile(invoiceId);
  if (!file) throw new ContractError(`case ${invoiceId} is gone`);
  return { file, member, claim: claimOf(file, member.step.stepId, cycle) };
}

function taskFor(
  deps: ServingDeps,
  { lead, members }: Message,
  { unserved, at }: { unserved: UnservedStep; at: string },
): ReturnType<typeof raiseTask> {
  const ref = refOf(lead);
  const ids = members.map(({ file }) => file.dunningCase.invoice.invoiceId);
  return raiseTask({
    ...unserved.task,
    invoiceIds: [ref.invoiceId, ...ids.filter((id) => id !== ref.invoiceId)],
    customerId: lead.file.dunningCase.invoice.customerId,
    about: aboutClaim({ ...ref, state: unserved.transition.state, attempt: attemptOf(lead) }),
    owner: deps.taskOwner,
    at,
  });
}

async function loadOwn(deps: ServingDeps, { invoiceId }: SendRequest): Promise<CaseFile> {
  const file = await deps.ledger.loadCaseFile(invoiceId);
  if (!file) throw new ContractError(`case ${invoiceId} is gone`);
  return file;
}
