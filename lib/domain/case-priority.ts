import { calendarDaysBetween } from './calendar/business-day.ts';
import { type DunningCase, outstandingMinor } from './dunning-case.ts';
import { decimalFromMinor } from './money.ts';

/** How urgent a case is, from 0 to 100, and the facts that make it so, as a person reads them. */
export interface CasePriority {
  readonly score: number;
  readonly why: readonly string[];
}

/** Ten times the amount weighs as much as so many days more. */
const DAYS_PER_TENFOLD_AMOUNT = 12;

/** The first invoice of a customer sets their habit, so it weighs as much as so many days more. */
const FIRST_INVOICE_DAYS = 10;

/** Two days, or their weight, make one point, so that the scale ends where months late and large sums meet. */
const DAYS_PER_POINT = 2;

const EPOCH = '1970-01-01';

/**
 * Where a case stands among all others, the most urgent highest: its amount and its age, both in days. It says nothing
 * of today, so the order of two cases changes only with what is owed and can be kept in an index.
 *
 * Amounts of two currencies are compared by their figures, for want of a rate.
 *
 * @param exponent number of decimals of the invoice's currency
 */
export function priorityRank(dunningCase: DunningCase, exponent: number): number {
  const major = outstandingMinor(dunningCase) / 10 ** exponent;
  const amountDays = DAYS_PER_TENFOLD_AMOUNT * Math.log10(1 + major);
  const habitDays = dunningCase.isFirstInvoice ? FIRST_INVOICE_DAYS : 0;
  return amountDays + habitDays - calendarDaysBetween(EPOCH, dunningCase.invoice.dueOn);
}

/**
 * How urgent a case is on a day, and why; on one day the score rises with {@link priorityRank}.
 *
 * @param today calendar date in the creditor's zone
 * @param exponent number of decimals of the invoice's currency
 */
export function priorityOf(
  dunningCase: DunningCase,
  { today, exponent }: { today: string; exponent: number },
): CasePriority {
  const { dueOn, currency } = dunningCase.invoice;
  const days = priorityRank(dunningCase, exponent) + calendarDaysBetween(EPOCH, today);
  const why = [
    lateness(calendarDaysBetween(dueOn, today)),
    `${decimalFromMinor(outstandingMinor(dunningCase), exponent)} ${currency} outstanding`,
    ...(dunningCase.isFirstInvoice ? ['first invoice'] : []),
  ];
  return { score: Math.min(100, Math.max(0, Math.round(days / DAYS_PER_POINT))), why };
}

function lateness(days: number): string {
  if (days === 0) return 'due today';
  const count = Math.abs(days) === 1 ? '1 day' : `${Math.abs(days)} days`;
  return days > 0 ? `${count} late` : `due in ${count}`;
}
