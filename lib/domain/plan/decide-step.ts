import { dateIn } from '../calendar/sending-window.ts';
import { isConfirmation } from '../confirmation.ts';
import { isSameStep } from '../contact-log.ts';
import type { Contact } from '../customer.ts';
import { invariant } from '../errors.ts';
import { type Hold, holdInForce } from '../hold.ts';
import type { PolicyStep } from '../policy.ts';
import { chooseRecipient } from '../recipient.ts';
import type { SkipReason, StepClaim, StepRef } from '../step-claim.ts';
import { bankDataFor } from './bank-data.ts';
import { type DebtorCalendar, debtorCalendar } from './debtor-calendar.ts';
import type { PlanFacts, PlannedStep } from './plan-next-step.ts';
import { redirectedStep } from './redirected-step.ts';
import { heldUntilOn, openDayAfter } from './respond-by.ts';
import { reasonToSkip } from './step-conditions.ts';
import { foreseenOn, offsetInWords } from './step-date.ts';
import { firstStepSlot, type StepSlot } from './step-slot.ts';
import { triedFrom } from './tried-from.ts';

/** A step that has its turn; `isHeld` while only a person can let it go on. */
interface DecidedStep {
  readonly step: PlannedStep;
  readonly isHeld: boolean;
}

/** What a step is decided with: its claim so far, the ladder it stands in, and the facts of the plan. */
interface StepContext {
  readonly claim: StepClaim | undefined;
  readonly ladder: readonly PolicyStep[];
  readonly facts: PlanFacts;
}

/** Decides when a step that is still open takes place, or why it never will. */
export function decideStep(step: PolicyStep, context: StepContext): DecidedStep | SkipReason {
  const { claim, facts } = context;
  const { dunningCase } = facts.file;
  const reason = reasonToSkip(step, dunningCase, facts.record);
  if (reason) return reason;
  const { channel } = redirectedStep(step, claim);
  const planned = { stepId: step.stepId, level: step.level, channel };
  const hold = holdInForce(dunningCase.hold, facts.record.insolventSince);
  if (hold?.until === null) {
    return { isHeld: true, step: { ...planned, at: facts.at, why: `held by ${hold.reason} until a person lifts it` } };
  }
  const calendar = debtorCalendar(facts.record.customer, facts);
  const bounds = boundsOf(step, { ...context, calendar });
  const slotFrom = (notBeforeAt: string) =>
    slotOf(step, { claim, channel, facts, calendar, notBeforeOn: bounds.notBeforeOn, notBeforeAt });
  const tried = triedFrom(facts.at, claim);
  const foreseen = slotFrom(tried);
  const bankData = bankDataFor({ ...planned, at: foreseen.at }, facts);
  const again = bankData?.lookAgainAt ?? null;
  const slot = again === null ? foreseen : slotFrom(again > tried ? again : tried);
  if (step.level === 'preventive' && slot.on >= dunningCase.invoice.dueOn) return 'due-date-reached';
  const why = [explain(step, bounds, slot), ...(bankData ? [bankData.why] : [])].join('; ');
  return {
    isHeld: false,
    step: { ...planned, at: slot.at, why, ...(bankData?.isOld && { awaitsStatement: true }) },
  };
}

/** Who the step would go to, whose clock its hours are on. */
function contactFor(
  { recipientRoles: roles }: PolicyStep,
  channel: PlannedStep['channel'],
  { record, internalDomains }: PlanFacts,
): Contact | undefined {
  const { customer, addressMarks: marks } = record;
  return chooseRecipient({ customer, marks, internalDomains, roles, channel })?.contact;
}

/** The dates that keep a step back, latest of them first in force, each with the sentence that explains it. */
interface DateBounds {
  readonly foreseenOn: string;
  readonly notBeforeOn: string;
  readonly because: string | null;
}

function boundsOf(
  step: PolicyStep,
  { claim, ladder, facts, calendar }: StepContext & { calendar: DebtorCalendar },
): DateBounds {
  const { invoice, hold } = facts.file.dunningCase;
  const madeAgain = madeAgainOn(claim, calendar);
  const foreseen = foreseenOn(invoice.dueOn, step, calendar);
  const granted = grantedUntil(ladder, facts, calendar);
  const held = hold && holdEnd(hold, calendar);
  const because: [string, string][] = [];
  if (granted) because.push([granted.on, `not before ${granted.on}, when the time ${granted.stepId} gave is over`]);
  if (hold && held) because.push([held, `not before ${held}: held by ${hold.reason} until ${hold.until}`]);
  if (madeAgain) because.push([madeAgain, `not before ${madeAgain}, the open day after it was taken back`]);
  const [latest] = because.toSorted(([one], [other]) => (one < other ? 1 : -1));
  const isKeptBack = latest !== undefined && latest[0] > foreseen;
  return {
    foreseenOn: foreseen,
    notBeforeOn: isKeptBack ? latest[0] : foreseen,
    because: isKeptBack ? latest[1] : null,
  };
}

/** The first open day after a hold. */
function holdEnd({ until }: Hold, calendar: DebtorCalendar): string | null {
  return until === null ? null : openDayAfter(until, calendar);
}

/** The open day from which a letter that was taken back from somebody is made again: they may have been on the way to the post, and have that day to say so. */
function madeAgainOn(claim: StepClaim | undefined, calendar: DebtorCalendar): string | null {
  const isLetter = claim?.channel === 'letter' || claim?.channel === 'registered-letter';
  if (!isLetter || claim.state !== 'released' || !claim.taskId) return null;
  return openDayAfter(dateIn(claim.at, calendar.timeZone), calendar);
}

/** The first date on which the time granted by the steps so far has passed, or `null` before the first of them. */
function grantedUntil(
  ladder: readonly PolicyStep[],
  { file, policy }: PlanFacts,
  calendar: DebtorCalendar,
): { on: string; stepId: string } | null {
  let last: { on: string; stepId: string } | null = null;
  // What an earlier cycle granted still binds: the debtor was told so.
  for (const claim of file.claims) {
    const step = ladder.find((candidate) => candidate.stepId === claim.stepId);
    const on = isConfirmation(claim.stepId) ? null : heldUntilOn(claim, step, { calendar, policy });
    if (on !== null && (!last || on > last.on)) last = { on, stepId: claim.stepId };
  }
  return last;
}

function slotOf(
  step: PolicyStep,
  {
    claim,
    channel,
    facts,
    calendar,
    notBeforeOn,
    notBeforeAt,
  }: {
    claim: StepClaim | undefined;
    channel: PlannedStep['channel'];
    facts: PlanFacts;
    calendar: DebtorCalendar;
    notBeforeOn: string;
    notBeforeAt: string;
  },
): StepSlot {
  const { policy, file, record } = facts;
  const { invoice, cycle } = file.dunningCase;
  const hours = policy.sendingHours[channel];
  invariant(hours !== undefined, `policy ${policy.name} has no sending hours for ${channel}`);
  const own = { invoiceId: invoice.invoiceId, cycle, stepId: step.stepId };
  return firstStepSlot({
    channel,
    notBeforeOn,
    notBeforeAt,
    // Their clock for the hours; the dates, and the debtor's log with them, stay those of the customer.
    timeZone: contactFor(step, channel, facts)?.timeZone ?? calendar.timeZone,
    hours,
    calendar,
    contactsOn: otherContacts(record.contacts, claim?.servedBy ?? own),
    budget: policy.contactBudget,
    caseKey: invoice.invoiceId,
  });
}

/** The dates of the contacts with a debtor; not that of the very message in question, which is being tried again. */
function otherContacts(contacts: PlanFacts['record']['contacts'], own: StepRef): string[] {
  return contacts.filter(({ step }) => !isSameStep(step, own)).map(({ on }) => on);
}

function explain(step: PolicyStep, { notBeforeOn, because }: DateBounds, slot: StepSlot): string {
  const parts = [offsetInWords(step)];
  if (because) parts.push(because);
  if (slot.movedBecause) parts.push(slot.movedBecause);
  if (slot.on !== notBeforeOn) parts.push(`first open hour from ${notBeforeOn} on is on ${slot.on}`);
  return parts.join('; ');
}
