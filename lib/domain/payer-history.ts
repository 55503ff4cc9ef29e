import { calendarDaysBetween } from './calendar/business-day.ts';
import type { CaseFile } from './case-file.ts';
import { isConfirmation } from './confirmation.ts';
import { isFirmer } from './level.ts';
import type { ClosedInvoice } from './payer-record.ts';
import type { PromiseToPay } from './promise.ts';
import type { StepClaim } from './step-claim.ts';

/** PROPOSAL: how far back the way a debtor paid is looked at: twelve months. */
const REMEMBERED_DAYS = 365;

/** How many closed invoices of a debtor are remembered, the newest: they lie in one item of the ledger. */
const REMEMBERED_MAX = 100;

/** The invoices that closed in the twelve months that end on a date. */
export function closedInTheYearTo(closed: readonly ClosedInvoice[], on: string): ClosedInvoice[] {
  return closed.filter(({ closedOn }) => closedOn <= on && calendarDaysBetween(closedOn, on) < REMEMBERED_DAYS);
}

/** The closed invoices with one more, or with one that closed again; what is older than twelve months before the newest falls out, and so does what exceeds 100. */
export function withClosedInvoice(closed: readonly ClosedInvoice[], one: ClosedInvoice): ClosedInvoice[] {
  const all = [...withoutClosedInvoice(closed, one.invoiceId), one].toSorted(byClosing);
  const newest = all.at(-1)?.closedOn ?? one.closedOn;
  return closedInTheYearTo(all, newest).slice(-REMEMBERED_MAX);
}

/** The closed invoices without one that is owed again. */
export function withoutClosedInvoice(closed: readonly ClosedInvoice[], invoiceId: string): ClosedInvoice[] {
  return closed.filter((one) => one.invoiceId !== invoiceId);
}

/**
 * Whether the invoice that closed last was paid after its due date. One that was credited or written off says nothing about how the debtor pays; of several that closed on
 * the same day, one paid late is enough.
 */
export function wasLastInvoiceLate(closed: readonly ClosedInvoice[]): boolean {
  const paid = closed.filter(({ paidOn }) => paidOn !== null).toSorted(byClosing);
  const lastClosedOn = paid.at(-1)?.closedOn;
  return paid.some(({ closedOn, dueOn, paidOn }) => closedOn === lastClosedOn && paidOn !== null && paidOn > dueOn);
}

/**
 * How the invoice of a case was paid, once the case closed.
 *
 * Notices count from level 1 on, and only those that left before the money came: a notice that crossed the payment did not bring it. Work handed over to a person and the
 * confirmation of a call are no notices. A promise that was kept in part was not kept; one
 * that is open when the case closes is past judging and counts none. A dispute that was rejected is unfounded.
 *
 * @param paidOn the value date of the last payment; null when the invoice was credited or written off
 * @param isAutomaticPayment whether the creditor drew the money (direct debit, bill of exchange); it is not when nobody says so
 */
export function closedInvoiceOf(
  { dunningCase, claims }: CaseFile,
  facts: { readonly closedOn: string; readonly paidOn: string | null; readonly isAutomaticPayment?: boolean },
): ClosedInvoice {
  const { invoiceId, dueOn, totalMinor, currency } = dunningCase.invoice;
  const { closedOn, paidOn, isAutomaticPayment = false } = facts;
  const promisesIn = (...states: readonly PromiseToPay['state'][]) =>
    dunningCase.promises.filter(({ state }) => states.includes(state)).length;
  const noticesOn = claims.filter(isNoticeAfterDue).map((claim) => claim.postedOn ?? claim.at.slice(0, 10));
  return {
    ...{ invoiceId, closedOn, dueOn, paidOn, amountMinor: totalMinor, currency, isAutomaticPayment },
    noticesAfterDue: noticesOn.filter((on) => paidOn === null || on < paidOn).length,
    promisesKept: promisesIn('kept'),
    promisesBroken: promisesIn('partly-kept', 'broken'),
    disputes: dunningCase.disputes.length,
    disputesUnfounded: dunningCase.disputes.filter(({ state }) => state === 'rejected').length,
  };
}

function isNoticeAfterDue({ state, level, channel, stepId }: StepClaim): boolean {
  return state === 'sent' && isFirmer(level, 'preventive') && channel !== 'hand-over' && !isConfirmation(stepId);
}

/** The order in which invoices closed; those of one day by their id, so that it does not depend on how they were written. */
function byClosing(one: ClosedInvoice, other: ClosedInvoice): number {
  const [earlier, later] = [`${one.closedOn} ${one.invoiceId}`, `${other.closedOn} ${other.invoiceId}`];
  if (earlier === later) return 0;
  return earlier < later ? -1 : 1;
}
