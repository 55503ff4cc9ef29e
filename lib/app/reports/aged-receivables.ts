import type { AgedReceivables } from '../../contracts/aged-receivables.ts';
import type { Fault } from '../../contracts/fault.ts';
import { dateIn } from '../../domain/calendar/sending-window.ts';
import { isOwed, outstandingMinor } from '../../domain/dunning-case.ts';
import { ageReceivables, type ReceivableRow } from '../../domain/reports/aged-receivables.ts';
import { allCases, INVOICES_MAX, inBatches, type ReportLedger, readReceivables } from './read-receivables.ts';
import { balanceOn } from './receivable-movements.ts';

/** What the reports need: the ledger, and the zone of the creditor's own dates. */
export interface ReportDeps {
  readonly ledger: ReportLedger;
  readonly creditorTimeZone: string;
}

/** A row whose customer's name is still to be read. */
type NamelessRow = Omit<ReceivableRow, 'name'>;

/**
 * What was owed on a day by days past due, per currency and customer. Today's is what the open cases say; a past day's is worked out again from what became of every invoice, by the due dates of today.
 *
 * @param query `on` null: the creditor's day of `at`
 */
export async function agedReceivables(
  deps: ReportDeps,
  query: { on: string | null; at: string },
): Promise<AgedReceivables | { refused: Fault }> {
  const today = dateIn(query.at, deps.creditorTimeZone);
  const on = query.on ?? today;
  if (on > today) return { refused: { pointer: '/on', detail: `must not be after today ${today}, not "${on}"` } };
  const rows = on === today ? await rowsOfToday(deps.ledger) : await rowsOf(deps, on);
  return rows ? { on, currencies: ageReceivables(await named(deps.ledger, rows), on) } : { refused: tooMany('/on') };
}

/** The no to a report over more invoices than one call can read. */
export function tooMany(pointer: string): Fault {
  return { pointer, detail: `asks for a report over more than ${INVOICES_MAX} invoices, which one call cannot read` };
}

async function rowsOfToday(ledger: ReportLedger): Promise<NamelessRow[] | null> {
  const cases = await allCases(ledger, true);
  return (
    cases?.filter(isOwed).map((dunningCase) => {
      const { customerId, currency, dueOn } = dunningCase.invoice;
      return { customerId, currency, dueOn, outstandingMinor: outstandingMinor(dunningCase) };
    }) ?? null
  );
}

async function rowsOf({ ledger, creditorTimeZone: timeZone }: ReportDeps, on: string): Promise<NamelessRow[] | null> {
  const receivables = await readReceivables(ledger, { until: on, recoveredIn: null, timeZone });
  return (
    receivables?.map(({ invoice, movements }) => {
      const { customerId, currency, dueOn } = invoice;
      return { customerId, currency, dueOn, outstandingMinor: balanceOn(movements, on) };
    }) ?? null
  );
}

/** The rows that owe something, with the names of their customers, each read once. */
async function named(ledger: ReportLedger, rows: readonly NamelessRow[]): Promise<ReceivableRow[]> {
  const owed = rows.filter((row) => row.outstandingMinor !== 0);
  const ids = [...new Set(owed.map(({ customerId }) => customerId))];
  const records = await inBatches(ids, (customerId) => ledger.loadCustomer(customerId));
  const names = new Map(records.map((record, index) => [ids[index], record?.customer.name ?? '']));
  return owed.map((row) => ({ ...row, name: names.get(row.customerId) ?? '' }));
}
