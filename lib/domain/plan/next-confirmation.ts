import { dateIn } from '../calendar/sending-window.ts';
import { type CaseFile, claimsOfCycle, levelReached } from '../case-file.ts';
import { type Confirmation, confirmationRoles } from '../confirmation.ts';
import { openDisputes } from '../dispute.ts';
import { isPlanMessageMoot, planMessageOf } from '../plan-message.ts';
import { chooseRecipient } from '../recipient.ts';
import { isFinal, type StepClaim } from '../step-claim.ts';
import { isBankDataOld, lookAgainAt, waitsForStatement } from './bank-data.ts';
import { debtorCalendar } from './debtor-calendar.ts';
import { planMessageSlot } from './plan-message-slot.ts';
import type { PlanFacts, PlannedStep } from './plan-next-step.ts';
import { triedFrom } from './tried-from.ts';

/**
 * The written confirmation that is to leave first, or `null` when none is open. Somebody has just spoken with the debtor, so it leaves at once, and neither hours nor contact budget bind it on that day; what time alone brings about, that a
 * part of a plan will be due or did not come, keeps to the hours and open days of emails, as an answer does that could not leave on its day, and is dropped once it has nothing to say any more; that a part did not come waits for the bank's statements. One that
 * is on its way is asked about after the send timeout, like any notice. Nothing is written to a debtor who is said to be insolvent. What left, or may have
 * left, in an earlier cycle is not said again.
 */
export function nextConfirmation(facts: PlanFacts): PlannedStep | null {
  const { file, record, at } = facts;
  const today = dateIn(at, debtorCalendar(record.customer, facts).timeZone);
  const planned = openConfirmations(file, today).flatMap((confirmation) => {
    const step = plannedConfirmation(facts, confirmation);
    return step ? [{ step, isOfTime: isOfTime(confirmation) }] : [];
  });
  // What waits for a statement, or for its hour, does not keep an answer from leaving.
  const ready = planned.filter(({ step }) => !step.awaitsStatement);
  const isFirst = ({ at }: PlannedStep) => ready.every(({ step }) => Date.parse(at) <= Date.parse(step.at));
  const first = ready.find((one) => !one.isOfTime || isFirst(one.step)) ?? planned[0];
  return first?.step ?? null;
}

function plannedConfirmation(facts: PlanFacts, open: Confirmation): PlannedStep | null {
  const { file, record, sendTimeoutMinutes } = facts;
  const claim = claimsOfCycle(file).get(open.confirmationId);
  const isOnItsWay = claim?.state === 'reserved';
  if (record.insolventSince !== null && !isOnItsWay) return null;
  const heardAt = isOnItsWay ? Date.parse(claim.at) + sendTimeoutMinutes * 60_000 : leavesAt(facts, open, claim);
  const confirmation: PlannedStep = {
    stepId: open.confirmationId,
    level: levelReached(file),
    channel: 'email',
    at: new Date(heardAt).toISOString(),
    why: whyOf(open),
  };
  const accuses = planMessageOf(open) === 'instalment-missed' && !isOnItsWay;
  return accuses ? onBankData(confirmation, facts) : confirmation;
}

/** What tells a debtor that they did not pay: when its time has come and the bank's statements are too old to say so, it waits for one, like any notice. */
function onBankData(confirmation: PlannedStep, facts: PlanFacts): PlannedStep {
  const { at, bankDataOn, policy } = facts;
  // Slots count in whole seconds: what is due within one is due.
  const isLater = Date.parse(confirmation.at) >= Date.parse(at) + 1000;
  if (isLater || !isBankDataOld(facts)) return confirmation;
  const why = `${confirmation.why}; ${waitsForStatement(bankDataOn, policy.bankDataWithinDays)}`;
  return { ...confirmation, at: lookAgainAt(at), why, awaitsStatement: true };
}

/**
 * The confirmations of a case that are to leave, the first of them first; those that have nothing to say any more are none.
 *
 * @param today the debtor's date
 */
export function openConfirmations(file: CaseFile, today: string): Confirmation[] {
  const claims = claimsOfCycle(file);
  return file.dunningCase.confirmations.filter((confirmation) => {
    const claim = claims.get(confirmation.confirmationId);
    const isOpen = claim === undefined || !isFinal(claim);
    const isMoot = isPlanMessageMoot(file.dunningCase, confirmation, today) || isOverMeanwhile(file, confirmation);
    return isOpen && (claim?.state === 'reserved' || !isMoot) && !hasLeftBefore(file, confirmation.confirmationId);
  });
}

/** Whether what one invoice's confirmation repeats is over before it could leave: the promise was kept or broken, the dispute has ended. */
function isOverMeanwhile({ dunningCase }: CaseFile, { result, invoiceIds, promisedOn }: Confirmation): boolean {
  const { promises, disputes } = dunningCase;
  if (invoiceIds.length > 1) return false;
  const repeated = promises.filter((promise) => promise.promisedOn === promisedOn);
  if (result === 'promise') return repeated.length > 0 && repeated.every(({ state }) => state !== 'open');
  return result === 'dispute' && disputes.length > 0 && openDisputes(disputes).length === 0;
}

/** Whether time alone brought about what is written, and nobody has just spoken with the debtor. */
function isOfTime(confirmation: Confirmation): boolean {
  const message = planMessageOf(confirmation);
  return message === 'instalment-due' || message === 'instalment-missed';
}

function leavesAt(facts: PlanFacts, confirmation: Confirmation, claim: StepClaim | undefined): number {
  const triedAt = triedFrom(facts.at, claim);
  const { customer, addressMarks: marks } = facts.record;
  const { timeZone } = debtorCalendar(customer, facts);
  const isAnswer = !isOfTime(confirmation) && dateIn(triedAt, timeZone) === confirmation.agreedOn;
  if (isAnswer) return Date.parse(triedAt);
  const roles = confirmationRoles(customer);
  const { internalDomains } = facts;
  const contact = chooseRecipient({ customer, marks, internalDomains, roles, channel: 'email' })?.contact;
  const notBeforeOn = dateIn(triedAt, contact?.timeZone ?? timeZone);
  return Date.parse(planMessageSlot(facts, { notBeforeOn, notBeforeAt: triedAt, contact }));
}

function whyOf(confirmation: Confirmation): string {
  const { agreedOn, plan } = confirmation;
  const parts = plan?.dueOns.join(', ');
  switch (planMessageOf(confirmation)) {
    case 'instalment-due':
      return `announces the part of the plan due on ${parts}`;
    case 'instalment-missed':
      return `tells that what was due on ${parts} by the plan did not come`;
    default:
      return `confirms in writing what was said on ${agreedOn}`;
  }
}

function hasLeftBefore({ dunningCase, claims }: CaseFile, confirmationId: string): boolean {
  return claims.some(
    ({ stepId, cycle, state }) => stepId === confirmationId && cycle !== dunningCase.cycle && state !== 'released',
  );
}
