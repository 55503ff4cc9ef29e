import type { Fault } from '../contracts/fault.ts';
import type { PreviewRequest } from '../contracts/preview-request.ts';
import type { PreviewStep } from '../contracts/preview-view.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import { type CaseFile, type CustomerRecord, newCustomerRecord } from '../domain/case-file.ts';
import { withContact } from '../domain/contact-log.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import { newCase } from '../domain/new-case.ts';
import { timeZoneOf } from '../domain/plan/debtor-calendar.ts';
import { type Plan, type PlannedStep, planNextStep } from '../domain/plan/plan-next-step.ts';
import type { Policy, PolicyStep } from '../domain/policy.ts';
import { chooseRecipient, type Recipient } from '../domain/recipient.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import { type ChargesDeps, messageCharges } from './charges.ts';
import { type NoticeOccasion, noticeDateOf } from './compose-notice.ts';
import { stepOf } from './gather-message.ts';
import type { PlanningDeps } from './plan-case.ts';
import type { PolicyBook } from './policy-book.ts';
import { copiesOf } from './write-message.ts';

/** What a message says, by whatever channel; a channel without a subject or HTML has none. */
interface PreviewedMessage {
  readonly subject: string | null;
  readonly text: string | null;
  readonly html: string | null;
}

/** What previewing needs: the policies and the calendar, what charges are worked out from, who the creditor is, and how a message of each channel is written. No ledger: nothing is read or kept. */
export interface PreviewDeps
  extends Pick<PlanningDeps, 'holidays' | 'creditorTimeZone' | 'internalDomains' | 'sendTimeoutMinutes'>,
    ChargesDeps {
  readonly policies: PolicyBook;
  readonly creditor: NoticeOccasion['creditor'];
  readonly render: (step: PolicyStep, occasion: NoticeOccasion) => Promise<PreviewedMessage>;
}

/** Steps of a preview at most; a ladder has some dozen. */
const STEPS_MAX = 100;

/**
 * The dated ladder of a policy to its end, for an invoice and a customer that need not exist, if nobody ever paid or answered: each step with the message as it would be written, or why it
 * would not be sent. Charges are as of the date of the step. Letters count as posted on the day they are assigned, and formal notices as approved. Pure: no side effect.
 *
 * @returns null for an unknown policy
 */
export async function previewPolicy(
  deps: PreviewDeps,
  { name, request, at }: { name: string; request: PreviewRequest; at: string },
): Promise<{ steps: PreviewStep[] } | { errors: readonly Fault[] } | null> {
  const newest = await deps.policies.newest(name);
  if (!newest) return null;
  const policy = request.version === null ? newest : await deps.policies.load(name, request.version);
  if (!policy)
    return { errors: [{ pointer: '/version', detail: `must be a version of ${name}, not ${request.version}` }] };
  const steps: PreviewStep[] = [];
  let state = initialState(policy, request, at);
  for (let round = 0; round < STEPS_MAX; round += 1) {
    const { holidays, creditorTimeZone, creditorCountry, internalDomains, sendTimeoutMinutes } = deps;
    const settings = { holidays, creditorTimeZone, creditorCountry, internalDomains, sendTimeoutMinutes };
    const plan = planNextStep({ ...state, policy, ...settings, bankDataOn: null });
    if (plan.standing !== 'open') break;
    steps.push(...skippedSteps(plan));
    state = { ...state, file: withClaims(state.file, skippedClaims(plan, state)) };
    if (!plan.next) break;
    const previewed = await previewStep(deps, { policy, state, planned: plan.next });
    steps.push(previewed.step);
    state = previewed.state;
  }
  return { steps };
}

/** What the ladder is walked with: the case as it would stand, the debtor with their contacts, and the instant reached. */
interface PreviewState {
  readonly file: CaseFile;
  readonly record: CustomerRecord;
  readonly at: string;
}

function initialState(policy: Policy, request: PreviewRequest, at: string): PreviewState {
  const { invoice, customer, isFirstInvoice, lastInvoiceLate } = request;
  const dunningCase = newCase({
    ...{ invoice, policy, isFirstInvoice, openTaskIds: [], registeredAt: at, bodyHash: '' },
    ...{ historySeq: 1, historyHash: '' },
  });
  const record = newCustomerRecord(customer);
  const closedInvoices = lastInvoiceLate ? [lateInvoice(invoice)] : [];
  return { file: { dunningCase, claims: [], payments: [] }, record: { ...record, closedInvoices }, at };
}

function lateInvoice({ issuedOn, currency }: DunningCase['invoice']): CustomerRecord['closedInvoices'][number] {
  return {
    invoiceId: 'EARLIER',
    ...{ closedOn: issuedOn, paidOn: issuedOn, dueOn: '1970-01-01', amountMinor: 1, currency, noticesAfterDue: 1 },
    ...{ promisesKept: 0, promisesBroken: 0, disputes: 0, disputesUnfounded: 0, isAutomaticPayment: false },
  };
}

type OpenPlan = Extract<Plan, { standing: 'open' }>;

function skippedSteps({ skipped }: OpenPlan): PreviewStep[] {
  return skipped.map(({ step: { stepId, level, channel }, reason }) => ({
    ...{ stepId, level, channel, at: null, to: [], subject: null, text: null, html: null },
    skipped: reason,
  }));
}

function skippedClaims({ skipped }: OpenPlan, { file, at }: PreviewState): StepClaim[] {
  return skipped.map(({ step: { stepId, level, channel }, reason }) => ({
    ...{ invoiceId: file.dunningCase.invoice.invoiceId, cycle: 1, stepId, level, channel, attempt: 0, at },
    state: 'skipped',
    skipReason: reason,
  }));
}

function withClaims(file: CaseFile, claims: readonly StepClaim[]): CaseFile {
  return { ...file, claims: [...file.claims, ...claims] };
}

async function previewStep(
  deps: PreviewDeps,
  { policy, state, planned }: { policy: Policy; state: PreviewState; planned: PlannedStep },
): Promise<{ step: PreviewStep; state: PreviewState }> {
  const { file, record } = state;
  const step = stepOf({ file, policy, record }, planned);
  const { stepId, level, channel, at } = planned;
  const base = {
    ...{ invoiceId: file.dunningCase.invoice.invoiceId, cycle: 1, stepId, level, channel },
    attempt: 1,
    at,
  };
  const recipient = recipientOf(deps, record, step);
  if (!recipient) {
    const claim: StepClaim = { ...base, state: 'skipped', skipReason: 'no-usable-contact' };
    const nothing = { at: null, to: [], subject: null, text: null, html: null };
    const told = { stepId, level, channel, ...nothing, skipped: 'no-usable-contact' };
    return { step: told, state: { ...state, file: withClaims(file, [claim]), at } };
  }
  const lead = { file, policy, step };
  const message = { lead, members: [lead] as const, mentioned: [], record };
  const { creditor, creditorTimeZone, holidays } = deps;
  const moment = { message, recipient, creditorTimeZone, holidays, at };
  const charges = messageCharges(deps, message, noticeDateOf(moment));
  const rendered = await deps.render(step, { ...moment, confirmation: null, creditor, charges });
  const on = dateIn(at, timeZoneOf(record.customer, creditorTimeZone));
  const isLetter = channel === 'letter' || channel === 'registered-letter';
  const claim: StepClaim = { ...base, state: 'sent', ...(isLetter && { postedOn: on }) };
  const contacts = withContact(record.contacts, { on, channel, step: claim });
  const to = [...addressesOf(recipient), ...copiesOf(deps, message, recipient).alsoTo];
  return {
    step: { stepId, level, channel, at, to, ...rendered, skipped: null },
    state: { file: withClaims(file, [claim]), record: { ...record, contacts }, at },
  };
}

function recipientOf(
  { internalDomains, creditor }: PreviewDeps,
  record: CustomerRecord,
  step: PolicyStep,
): Recipient | null {
  const { channel, recipientRoles: roles } = step;
  if (channel === 'hand-over') return { contact: { role: 'legal' }, address: '' };
  const creditorCountry = creditor.country || undefined;
  return chooseRecipient({ customer: record.customer, marks: {}, internalDomains, roles, channel, creditorCountry });
}

function addressesOf({ address }: Recipient): string[] {
  return address === '' ? [] : [address];
}
