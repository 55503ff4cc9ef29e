import { type DunningCase, outstandingMinor } from './dunning-case.ts';
import { earlyPaymentDiscountMinor } from './early-payment-discount.ts';
import type { Payment } from './payment.ts';

/** What is not asked for any more of the rest of an invoice, so that it is settled: the discount for paying early, or a rest too small to chase. At most one of them is not 0. */
export interface ForgivenRest {
  readonly discountMinor: number;
  readonly toleratedMinor: number;
}

/** What is given up is no different for an invoice of which everything is paid. */
export const NOTHING_FORGIVEN: ForgivenRest = { discountMinor: 0, toleratedMinor: 0 };

/** What a rounding of the debtor's own may make of a discount, in minor units. */
const ROUNDING_MINOR = 1;

/**
 * What is given up of the rest that an invoice owes after money came in or it was credited. The discount, of whatever is missing, when the money in time comes to what was billed, less what was credited, less the discount:
 * whoever pays more than that is no worse off, and a minor unit may be missing for a rounding of theirs. Else a rest within the tolerance.
 *
 * @param unpaidMinor what is owed beside the principal, where that has to be paid, too
 */
export function forgivenRest(
  { dunningCase, payments }: Payable,
  { toleranceMinor, unpaidMinor }: { readonly toleranceMinor: number; readonly unpaidMinor: number },
): ForgivenRest {
  const restMinor = outstandingMinor(dunningCase);
  if (restMinor === 0) return NOTHING_FORGIVEN;
  if (isPaidEarly({ dunningCase, payments })) return { discountMinor: restMinor, toleratedMinor: 0 };
  const isSmall = restMinor + unpaidMinor <= toleranceMinor;
  return isSmall ? { discountMinor: 0, toleratedMinor: restMinor } : NOTHING_FORGIVEN;
}

/** What a discount is judged by. */
interface Payable {
  readonly dunningCase: DunningCase;
  readonly payments: readonly Pick<Payment, 'valueOn' | 'amountMinor' | 'returnedMinor'>[];
}

function isPaidEarly({ dunningCase, payments }: Payable): boolean {
  const { earlyPaymentDiscount, totalMinor } = dunningCase.invoice;
  if (!earlyPaymentDiscount) return false;
  const { until, percent } = earlyPaymentDiscount;
  const baseMinor = totalMinor - dunningCase.creditedMinor;
  const discountMinor = earlyPaymentDiscountMinor(baseMinor, percent);
  const inTimeMinor = payments
    .filter(({ valueOn }) => valueOn <= until)
    .reduce((sum, { amountMinor, returnedMinor = 0 }) => sum + Math.max(0, amountMinor - returnedMinor), 0);
  return discountMinor > 0 && inTimeMinor > 0 && inTimeMinor >= baseMinor - discountMinor - ROUNDING_MINOR;
}

/** What of a case says what was credited and given up: the discount is a part of what was credited, what was tolerated a part of what was written off. */
type Forgivable = Pick<DunningCase, 'creditedMinor' | 'writtenOffMinor' | 'grantedDiscountMinor' | 'toleratedMinor'>;

/** The balance of a case once this is given up of it, too. */
export function withForgiven(balance: Forgivable, { discountMinor, toleratedMinor }: ForgivenRest): Forgivable {
  return {
    creditedMinor: balance.creditedMinor + discountMinor,
    writtenOffMinor: balance.writtenOffMinor + toleratedMinor,
    grantedDiscountMinor: balance.grantedDiscountMinor + discountMinor,
    toleratedMinor: balance.toleratedMinor + toleratedMinor,
  };
}

/** The balance of a case as if nothing had ever been given up of it: what that hung on is not true any more. */
export function withoutForgiven(balance: Forgivable): Forgivable {
  const { grantedDiscountMinor: discountMinor, toleratedMinor } = balance;
  return withForgiven(balance, { discountMinor: -discountMinor, toleratedMinor: -toleratedMinor });
}
