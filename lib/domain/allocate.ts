import type { CaseFile } from './case-file.ts';
import { isOwed, outstandingMinor } from './dunning-case.ts';
import { type ForgivenRest, forgivenRest, NOTHING_FORGIVEN } from './forgiven-rest.ts';
import type { UnappliedReason } from './payment.ts';

/**
 * What the policy of a case and its delay make of money on it: `toleranceMinor` is the rest that is given up rather than chased, `unpaidCharges` are what the delay has cost up to the money's value date and nobody paid
 * yet, where that comes before the principal, else nothing.
 */
export interface AllocationTerms {
  readonly toleranceMinor: number;
  readonly unpaidCharges: { readonly compensationMinor: number; readonly interestMinor: number };
}

/** What money pays of one invoice, and what is given up with it. */
export interface PaymentParts extends ForgivenRest {
  readonly principalMinor: number;
  readonly interestMinor: number;
  readonly compensationMinor: number;
}

/** How an amount is split over what one invoice still owes: `appliedMinor` is what the invoice takes, which is the sum of what its parts pay; the rest stays unapplied. */
export interface Allocation {
  readonly appliedMinor: number;
  readonly unappliedMinor: number;
  readonly unappliedReason: UnappliedReason | null;
  readonly parts: PaymentParts;
}

/** Money as it comes in: the whole amount in minor units, its currency, and its value date. */
interface Received {
  readonly amountMinor: number;
  readonly currency: string;
  readonly valueOn: string;
}

const NO_PARTS: PaymentParts = { principalMinor: 0, interestMinor: 0, compensationMinor: 0, ...NOTHING_FORGIVEN };

/**
 * Decides how much of a payment an invoice takes, what of it that pays, and whether the rest is still asked for. The recovery compensation comes first, then the interest, then the principal, as far as the terms say that
 * charges come first. Money that earns the early payment discount pays the principal only: in time there is no delay.
 *
 * @returns never more than is owed; appliedMinor + unappliedMinor is always the amount received
 * @see Code civil art. 1343-1; BGB § 367: costs, interest, principal
 */
export function allocate(file: CaseFile, received: Received, terms: AllocationTerms): Allocation {
  const { amountMinor, currency } = received;
  const { dunningCase } = file;
  const nothing = (unappliedReason: UnappliedReason): Allocation => ({
    ...{ appliedMinor: 0, unappliedMinor: amountMinor, unappliedReason, parts: NO_PARTS },
  });
  if (currency !== dunningCase.invoice.currency) return nothing('other-currency');
  if (!isOwed(dunningCase)) return nothing('nothing-owed');
  const early = split(file, received, { ...terms, unpaidCharges: NO_CHARGES });
  const parts = early.discountMinor > 0 ? early : split(file, received, terms);
  const appliedMinor = parts.principalMinor + parts.interestMinor + parts.compensationMinor;
  const unappliedMinor = amountMinor - appliedMinor;
  return { appliedMinor, unappliedMinor, unappliedReason: unappliedMinor > 0 ? 'over-payment' : null, parts };
}

const NO_CHARGES = { compensationMinor: 0, interestMinor: 0 };

function split(
  { dunningCase, payments }: CaseFile,
  { amountMinor, valueOn }: Received,
  { toleranceMinor, unpaidCharges }: AllocationTerms,
): PaymentParts {
  const compensationMinor = Math.min(amountMinor, unpaidCharges.compensationMinor);
  const interestMinor = Math.min(amountMinor - compensationMinor, unpaidCharges.interestMinor);
  const chargesMinor = compensationMinor + interestMinor;
  const principalMinor = Math.min(amountMinor - chargesMinor, outstandingMinor(dunningCase));
  const paid = {
    dunningCase: { ...dunningCase, paidMinor: dunningCase.paidMinor + principalMinor },
    payments: [...payments, { valueOn, amountMinor: principalMinor }],
  };
  const unpaidMinor = unpaidCharges.compensationMinor + unpaidCharges.interestMinor - chargesMinor;
  const forgiven = forgivenRest(paid, { toleranceMinor, unpaidMinor });
  return { principalMinor, interestMinor, compensationMinor, ...forgiven };
}
