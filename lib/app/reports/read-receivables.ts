import type { DunningCase } from '../../domain/dunning-case.ts';
import type { HistoryEntry } from '../../domain/history.ts';
import type { Invoice } from '../../domain/invoice.ts';
import type { PromiseToPay } from '../../domain/promise.ts';
import type { RecoveredInvoice } from '../../domain/reports/recovered-by-level.ts';
import type { Ledger } from '../ports.ts';
import { isOnlyPaid, movementsOf, type ReceivableMovement } from './receivable-movements.ts';
import { recoveryOf } from './recovery.ts';

/** What a report reads of the ledger; it writes nothing. */
export type ReportLedger = Pick<Ledger, 'listCases' | 'loadCaseFile' | 'loadCustomer' | 'loadHistory'>;

/** Days of a report, both included. */
interface Days {
  readonly from: string;
  readonly to: string;
}

/** An invoice, what became of it, what was promised about it, and what was paid after which notices. */
export interface Receivable {
  readonly invoice: Invoice;
  readonly movements: readonly ReceivableMovement[];
  readonly promises: readonly PromiseToPay[];
  readonly recovery: RecoveredInvoice;
}

/** Invoices one report looks back over at most, so that it is done before the gateway gives up on its answer. */
export const INVOICES_MAX = 20_000;

/** Invoices read at a time: as many as the client of DynamoDB keeps connections. */
const READ_TOGETHER = 50;

/** Cases in one slice of the ledger's list. */
const SLICE = 100;

/** All cases that are open (or not) by the index over their due dates; null when there are more than a report takes. */
export async function allCases(ledger: ReportLedger, isOpen: boolean): Promise<DunningCase[] | null> {
  const found: DunningCase[] = [];
  let cursor: string | null = null;
  do {
    const slice = await ledger.listCases({ isOpen, sort: 'overdue' }, { limit: SLICE, cursor });
    if (slice === 'bad-cursor') return found;
    found.push(...slice.cases);
    if (found.length > INVOICES_MAX) return null;
    ({ cursor } = slice);
  } while (cursor !== null);
  return found;
}

/** Which receivables a report is about. `recoveredIn`: the days of whose money it says after which notices it came; of other money the notices are left out. */
interface ReceivablesAsked {
  readonly until: string;
  readonly recoveredIn: Days | null;
  /** The creditor's. */
  readonly timeZone: string;
}

/**
 * Every invoice issued up to a day, open or closed since, with what became of it.
 *
 * @returns null when there are more than a report takes
 */
export async function readReceivables(ledger: ReportLedger, asked: ReceivablesAsked): Promise<Receivable[] | null> {
  const [open, closed] = await Promise.all([allCases(ledger, true), allCases(ledger, false)]);
  if (!open || !closed || open.length + closed.length > INVOICES_MAX) return null;
  // A case that closes in between is on both lists.
  const ids = [...open, ...closed]
    .filter(({ invoice }) => invoice.issuedOn <= asked.until)
    .map(({ invoice }) => invoice.invoiceId);
  const read = await inBatches([...new Set(ids)], (invoiceId) => readReceivable(ledger, invoiceId, asked));
  return read.filter((receivable) => receivable !== null);
}

/** A history costs as much as all the rest of an invoice: it is read only of those it says something of. */
async function readReceivable(
  ledger: ReportLedger,
  invoiceId: string,
  { recoveredIn, timeZone }: ReceivablesAsked,
): Promise<Receivable | null> {
  const file = await ledger.loadCaseFile(invoiceId);
  if (!file) return null;
  const isRecovery =
    recoveredIn !== null &&
    file.payments.some(({ valueOn }) => valueOn >= recoveredIn.from && valueOn <= recoveredIn.to);
  const history = isRecovery || !isOnlyPaid(file) ? await wholeHistory(ledger, invoiceId) : [];
  const { invoice, promises } = file.dunningCase;
  const recovery = recoveryOf(file, history, timeZone);
  return { invoice, promises, recovery, movements: movementsOf(file, history, timeZone) };
}

/** Entries of a history read at a time. */
const ENTRIES = 200;

async function wholeHistory(ledger: ReportLedger, invoiceId: string): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  let cursor: string | null = null;
  do {
    const slice = await ledger.loadHistory(invoiceId, { limit: ENTRIES, cursor });
    if (slice === 'bad-cursor') return entries;
    entries.push(...slice.entries);
    ({ cursor } = slice);
  } while (cursor !== null);
  return entries;
}

/** Reads many things, some at a time, in their order. */
export async function inBatches<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = [];
  for (let start = 0; start < items.length; start += READ_TOGETHER) {
    values.push(...(await Promise.all(items.slice(start, start + READ_TOGETHER).map(read))));
  }
  return values;
}
