import type { DunningCase } from './dunning-case.ts';
import { invariant } from './errors.ts';
import { withoutForgiven } from './forgiven-rest.ts';
import { type InstalmentPlan, runningPlan } from './instalment-plan.ts';
import { instalmentSchedule } from './instalment-schedule.ts';
import type { CashReceipt, Payment } from './payment.ts';

/** So much of what one invoice took of a payment, in minor units. */
type TakenPart = CashReceipt['allocations'][number];

/** What is taken back of a payment: first from the invoice that was named, then what no invoice took of it, then what invoices took, the last of them first; the rest was never received. */
export interface TakenBack {
  readonly unappliedMinor: number;
  readonly parts: readonly TakenPart[];
  readonly excessMinor: number;
}

/**
 * Splits the amount that is taken back over a payment.
 *
 * @param namedInvoiceId the invoice that the return is about, if its words name one
 * @returns unappliedMinor + the parts + excessMinor is the amount, and no part is empty or more than the invoice still has of it
 */
export function splitReturn(
  { unappliedMinor: leftMinor, allocations }: Pick<CashReceipt, 'unappliedMinor' | 'allocations'>,
  amountMinor: number,
  namedInvoiceId?: string,
): TakenBack {
  const isNamed = ({ invoiceId }: TakenPart) => invoiceId === namedInvoiceId;
  const fromNamed = takenInTurn(allocations.filter(isNamed), amountMinor);
  const unappliedMinor = Math.min(leftMinor, fromNamed.excessMinor);
  const others = allocations.filter((part) => !isNamed(part)).toReversed();
  const fromOthers = takenInTurn(others, fromNamed.excessMinor - unappliedMinor);
  return { unappliedMinor, parts: [...fromNamed.parts, ...fromOthers.parts], excessMinor: fromOthers.excessMinor };
}

/** So much of what each of them has, in this order. */
function takenInTurn(holders: readonly TakenPart[], amountMinor: number): Pick<TakenBack, 'parts' | 'excessMinor'> {
  const parts: TakenPart[] = [];
  let excessMinor = amountMinor;
  for (const { invoiceId, amountMinor: hasMinor } of holders) {
    const partMinor = Math.min(hasMinor, excessMinor);
    excessMinor -= partMinor;
    if (partMinor > 0) parts.push({ invoiceId, amountMinor: partMinor });
  }
  return { parts, excessMinor };
}

/** The receipt of a payment after so much of it was taken back: allocated + unapplied + returned stays what was received. An invoice that has nothing of it any more stays named. */
export function receiptAfterReturn(receipt: CashReceipt, { unappliedMinor: fromLeft, parts }: TakenBack): CashReceipt {
  const takenOf = (invoiceId: string) => parts.find((part) => part.invoiceId === invoiceId)?.amountMinor ?? 0;
  const allocations = receipt.allocations.map(({ invoiceId, amountMinor }) => ({
    invoiceId,
    amountMinor: amountMinor - takenOf(invoiceId),
  }));
  const unappliedMinor = receipt.unappliedMinor - fromLeft;
  const returnedMinor = (receipt.returnedMinor ?? 0) + fromLeft + sumOf(parts);
  const { unappliedReason, suggestions, ...money } = receipt;
  const isLeft = unappliedMinor > 0;
  return {
    ...money,
    ...(isLeft && unappliedReason && { unappliedReason }),
    ...(isLeft && suggestions && { suggestions }),
    ...{ allocations, unappliedMinor, returnedMinor },
    suggestedInvoiceIds: isLeft ? receipt.suggestedInvoiceIds : [],
  };
}

/** The receipt of a return that has taken so much: what it could not take back is still unapplied, and listed. */
export function returnAfter(receipt: CashReceipt, { unappliedMinor: fromLeft, parts }: TakenBack): CashReceipt {
  const takenMinor = fromLeft + sumOf(parts);
  const { unappliedReason, ...money } = receipt;
  const unappliedMinor = receipt.unappliedMinor - takenMinor;
  const returnedMinor = (receipt.returnedMinor ?? 0) + takenMinor;
  const isLeft = unappliedMinor > 0;
  return {
    ...{ ...money, ...(isLeft && { unappliedReason }), unappliedMinor, returnedMinor },
    suggestedInvoiceIds: isLeft ? receipt.suggestedInvoiceIds : [],
  };
}

function sumOf(parts: readonly TakenPart[]): number {
  return parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** What an invoice loses of a payment, in minor units: of the principal, and of what it had paid of the cost of delay. */
export interface Undone {
  readonly principalMinor: number;
  readonly interestMinor: number;
  readonly compensationMinor: number;
}

/**
 * Takes so much of a payment back from its invoice. What it paid last goes first: the principal, then interest, then the compensation.
 *
 * @param on the day it was taken back; a bank may tell of that before it tells of the payment
 * @throws invariant failure when the invoice has less of it
 */
export function undoPayment(
  payment: Payment,
  { amountMinor, on }: { amountMinor: number; on: string },
): { readonly payment: Payment; readonly undone: Undone } {
  const { interestMinor: ofInterest = 0, compensationMinor: ofCompensation = 0 } = payment;
  const principalMinor = Math.min(countedMinor(payment), amountMinor);
  const interestMinor = Math.min(ofInterest, amountMinor - principalMinor);
  const compensationMinor = amountMinor - principalMinor - interestMinor;
  invariant(compensationMinor <= ofCompensation, `payment ${payment.transactionId} is less than ${amountMinor}`);
  return {
    payment: {
      ...payment,
      ...(interestMinor > 0 && { interestMinor: ofInterest - interestMinor }),
      ...(compensationMinor > 0 && { compensationMinor: ofCompensation - compensationMinor }),
      returnedMinor: (payment.returnedMinor ?? 0) + principalMinor,
      returnedOn: on > payment.valueOn ? on : payment.valueOn,
    },
    undone: { principalMinor, interestMinor, compensationMinor },
  };
}

/** What payments still count for as paid of the principal, by their value date: what was taken back was never paid. */
export function paymentsThatCount(payments: readonly Payment[]): { valueOn: string; amountMinor: number }[] {
  return payments
    .map((payment) => ({ valueOn: payment.valueOn, amountMinor: countedMinor(payment) }))
    .filter(({ amountMinor }) => amountMinor > 0);
}

/** What an invoice still has of a payment, for itself and for the cost of its delay. */
export function heldMinor(payment: Payment): number {
  return countedMinor(payment) + (payment.interestMinor ?? 0) + (payment.compensationMinor ?? 0);
}

/** What still counts of a payment as paid of the principal. */
function countedMinor({ amountMinor, returnedMinor = 0 }: Pick<Payment, 'amountMinor' | 'returnedMinor'>): number {
  return amountMinor - returnedMinor;
}

/** What a case has been paid after that, with nothing given up of it, and from where the word of the debtor counts now: what was paid before they gave it is not paid any more. */
export function balanceAfterReturn(
  dunningCase: DunningCase,
  { principalMinor, interestMinor, compensationMinor }: Undone,
  paidAt: string,
) {
  const { promises, instalmentPlan } = dunningCase;
  const plan = runningPlan(instalmentPlan);
  const isBefore = (at: string) => Date.parse(paidAt) < Date.parse(at);
  const takenMinor = principalMinor + interestMinor + compensationMinor;
  const less = (beforeMinor: number, byMinor: number) => Math.max(0, beforeMinor - byMinor);
  return {
    paidMinor: dunningCase.paidMinor - principalMinor,
    paidInterestMinor: dunningCase.paidInterestMinor - interestMinor,
    paidCompensationMinor: dunningCase.paidCompensationMinor - compensationMinor,
    ...withoutForgiven(dunningCase),
    promises: promises.map((promise) =>
      promise.state === 'open' && isBefore(promise.at)
        ? { ...promise, paidBeforeMinor: less(promise.paidBeforeMinor, takenMinor) }
        : promise,
    ),
    ...(plan && {
      instalmentPlan: isBefore(plan.at)
        ? { ...plan, paidBeforeMinor: less(plan.paidBeforeMinor, principalMinor) }
        : askedAgain(plan, dunningCase, dunningCase.paidMinor - principalMinor),
    }),
  };
}

/** A plan of which a payment was taken back: of parts that it had covered the debtor is told anew that they did not come. */
function askedAgain(plan: InstalmentPlan, dunningCase: DunningCase, paidMinor: number): InstalmentPlan {
  const before = instalmentSchedule(plan, dunningCase);
  const after = instalmentSchedule(plan, { ...dunningCase, paidMinor });
  const instalments = plan.instalments.map((instalment, index) => {
    const isUncovered = before[index]?.restMinor === 0 && (after[index]?.restMinor ?? 0) > 0;
    return isUncovered ? { ...instalment, missedOn: null } : instalment;
  });
  return { ...plan, instalments };
}
