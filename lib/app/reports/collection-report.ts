import type { CollectionQuery, CollectionReport } from '../../contracts/collection-report.ts';
import type { Fault } from '../../contracts/fault.ts';
import { addCalendarDays, calendarDaysBetween } from '../../domain/calendar/business-day.ts';
import { dateIn } from '../../domain/calendar/sending-window.ts';
import { type CollectionPeriod, collectionFigures } from '../../domain/reports/collection-figures.ts';
import { recoveredByLevel } from '../../domain/reports/recovered-by-level.ts';
import { type ReportDeps, tooMany } from './aged-receivables.ts';
import { type Receivable, readReceivables } from './read-receivables.ts';
import { balanceOn } from './receivable-movements.ts';

/** Months of sales a count-back goes back: what is older than that is not owed for want of a reminder. */
const MONTHS_BACK = 36;

/**
 * How well a period collected what was owed in one currency, from what became of every invoice. Sales are what was billed, less what was credited or cancelled. Promises are those
 * for a day of the period, once they were judged. What came in is told by the level it came at.
 */
export async function collectionReport(
  { ledger, creditorTimeZone: timeZone }: ReportDeps,
  { from, to, currency, at }: CollectionQuery & { at: string },
): Promise<CollectionReport | { refused: Fault }> {
  const today = dateIn(at, timeZone);
  if (to > today) return { refused: { pointer: '/to', detail: `must not be after today ${today}, not "${to}"` } };
  const all = await readReceivables(ledger, { until: to, recoveredIn: { from, to }, timeZone });
  if (!all) return { refused: tooMany('/to') };
  const receivables = all.filter(({ invoice }) => invoice.currency === currency);
  const owedOn = (on: string, own = receivables) =>
    own.reduce((sum, { movements }) => sum + balanceOn(movements, on), 0);
  const period: CollectionPeriod = {
    from,
    to,
    openingReceivablesMinor: owedOn(addCalendarDays(from, -1)),
    closingReceivablesMinor: owedOn(to),
    closingCurrentMinor: owedOn(
      to,
      receivables.filter(({ invoice }) => invoice.dueOn >= to),
    ),
    creditSalesMinor: salesOf(receivables, { from, to }),
    salesByMonth: monthsBack(to).map((month) => ({
      days: calendarDaysBetween(month.from, month.to) + 1,
      salesMinor: salesOf(receivables, month),
    })),
    promises: promisesOf(receivables, { from, to }),
  };
  const recovered = recoveredByLevel(
    receivables.map(({ recovery }) => recovery),
    { from, to },
  );
  return { currency, ...collectionFigures(period), recoveredByLevel: recovered };
}

function promisesOf(receivables: readonly Receivable[], { from, to }: Days): CollectionPeriod['promises'] {
  return receivables
    .flatMap(({ promises }) => promises)
    .filter(({ promisedOn }) => promisedOn >= from && promisedOn <= to)
    .flatMap(({ state }) => (state === 'open' ? [] : [{ status: state }]));
}

interface Days {
  readonly from: string;
  readonly to: string;
}

function salesOf(receivables: readonly Receivable[], { from, to }: Days): number {
  return receivables
    .flatMap(({ movements }) => movements)
    .filter(({ kind, on }) => (kind === 'billed' || kind === 'credited') && on >= from && on <= to)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** Calendar months that end with a day, the newest first: the first of them ends on it. */
function monthsBack(to: string): Days[] {
  const months: Days[] = [];
  for (let end = to; months.length < MONTHS_BACK; ) {
    const from = `${end.slice(0, 7)}-01`;
    months.push({ from, to: end });
    end = addCalendarDays(from, -1);
  }
  return months;
}
