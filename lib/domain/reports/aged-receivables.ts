import { calendarDaysBetween } from '../calendar/business-day.ts';

/** An invoice as it stood on the date of the report; an amount a creditor owes back is negative. Amounts are minor units. */
export interface ReceivableRow {
  readonly customerId: string;
  readonly name: string;
  readonly currency: string;
  readonly dueOn: string;
  readonly outstandingMinor: number;
}

/** How long what is owed has been due, in calendar days after the due date; on the due date itself it is current. */
const AGE_BUCKETS = ['current', '1-30', '31-60', '61-90', 'over-90'] as const;

/** See {@link AGE_BUCKETS}. */
type AgeBucket = (typeof AGE_BUCKETS)[number];

/** Amounts by age, in minor units. */
type AgedAmounts = Readonly<Record<AgeBucket, number>>;

/** What one customer owes in one currency, by age. */
interface AgedCustomer {
  readonly customerId: string;
  readonly name: string;
  readonly buckets: AgedAmounts;
  readonly totalMinor: number;
}

/** What all customers owe in one currency, by age; the customer who owes most comes first. */
export interface AgedCurrency {
  readonly currency: string;
  readonly buckets: AgedAmounts;
  readonly totalMinor: number;
  readonly customers: readonly AgedCustomer[];
}

/**
 * Ages what is owed on a date, by customer and currency; currencies are never added up. What owes nothing is left out.
 *
 * @param on calendar date of the report; the rows are what was outstanding on it
 */
export function ageReceivables(rows: readonly ReceivableRow[], on: string): AgedCurrency[] {
  const owed = rows.filter(({ outstandingMinor }) => outstandingMinor !== 0);
  const currencies = [...Map.groupBy(owed, ({ currency }) => currency)];
  return currencies
    .sort(([one], [other]) => compareText(one, other))
    .map(([currency, own]) => ({ currency, ...ageAmounts(own, on), customers: ageCustomers(own, on) }));
}

function ageCustomers(rows: readonly ReceivableRow[], on: string): AgedCustomer[] {
  return [...Map.groupBy(rows, ({ customerId }) => customerId)]
    .map(([customerId, own]) => ({ customerId, name: own[0]?.name ?? '', ...ageAmounts(own, on) }))
    .sort((one, other) => other.totalMinor - one.totalMinor || compareText(one.customerId, other.customerId));
}

function ageAmounts(rows: readonly ReceivableRow[], on: string): { buckets: AgedAmounts; totalMinor: number } {
  const buckets: Record<AgeBucket, number> = { current: 0, '1-30': 0, '31-60': 0, '61-90': 0, 'over-90': 0 };
  let totalMinor = 0;
  for (const { dueOn, outstandingMinor } of rows) {
    buckets[bucketOf(calendarDaysBetween(dueOn, on))] += outstandingMinor;
    totalMinor += outstandingMinor;
  }
  return { buckets, totalMinor };
}

function bucketOf(daysLate: number): AgeBucket {
  if (daysLate <= 0) return 'current';
  if (daysLate <= 30) return '1-30';
  if (daysLate <= 60) return '31-60';
  return daysLate <= 90 ? '61-90' : 'over-90';
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
