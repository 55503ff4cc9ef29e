import { parseStatement, type StatementContent, type StatementFile } from '../contracts/statements/parse-statement.ts';
import type { StatementFault } from '../contracts/statements/statement.ts';
import type { StatementEntry } from '../contracts/statements/statement-entries.ts';
import type { StatementImport } from '../contracts/statements/statement-import-view.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import { ConflictError } from '../domain/errors.ts';
import type { PaymentDeps } from './allocation-terms.ts';
import { applyPayment, type PaymentOutcome } from './apply-payment.ts';
import type { ReceivedCash } from './pay-into.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** Entries booked at a time: a file of thousands has to be through before the gateway gives up on its answer. */
const BOOKED_TOGETHER = 8;

/**
 * Books a file of the bank as the bank's webhook would, entry by entry, after all of it was read: a file that is broken anywhere takes nothing, and says where. An entry is booked once however often its file comes, so
 * that an import that was interrupted is finished by the same file again. Payments come before what takes them back. Once all of it is booked, the ledger knows through which day the bank has told.
 *
 * @param at the UTC instant the file came
 * @throws what booking throws, with what was booked before still booked
 */
export async function importStatement(
  deps: PaymentDeps,
  { file, at }: { file: StatementFile; at: string },
): Promise<StatementImport | { fault: StatementFault }> {
  const parsed = parseStatement(file);
  if (!parsed.ok) return { fault: parsed.fault };
  const { entries, ignored } = parsed;
  const outcomes = new Map<string, PaymentOutcome>();
  for (const kind of ['credit', 'return'] as const) {
    const ofKind = entries.filter((entry) => entry.kind === kind);
    for (const [id, outcome] of await bookAll(deps, ofKind, at)) outcomes.set(id, outcome);
  }
  const bankDataOn = bankDataOf(parsed, dateIn(at, deps.creditorTimeZone));
  if (bankDataOn !== null) await withFreshRead(() => deps.ledger.keepBankDataOn(bankDataOn));
  return { entries: entries.map(({ transactionId }) => resultOf(transactionId, outcomes.get(transactionId))), ignored };
}

/** The last day of which the file tells all that was booked, no later than today: a wrong date in a file must not pass for news for years. Null of notifications, which tell of some bookings only. */
function bankDataOf({ statements }: StatementContent, today: string): string | null {
  const days = statements.map(({ throughOn }) => throughOn).filter((day) => day !== null);
  const newest = days.toSorted().at(-1) ?? null;
  return newest !== null && newest > today ? today : newest;
}

/** Those that meet on one case or debtor too often are booked once more, one by one. */
async function bookAll(deps: PaymentDeps, entries: readonly StatementEntry[], at: string) {
  const outcomes = new Map<string, PaymentOutcome>();
  const busy: StatementEntry[] = [];
  for (let start = 0; start < entries.length; start += BOOKED_TOGETHER) {
    await Promise.all(
      entries.slice(start, start + BOOKED_TOGETHER).map(async (entry) => {
        try {
          outcomes.set(entry.transactionId, await applyPayment(deps, cashOf(entry, at)));
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error;
          busy.push(entry);
        }
      }),
    );
  }
  for (const entry of busy) outcomes.set(entry.transactionId, await applyPayment(deps, cashOf(entry, at)));
  return outcomes;
}

/** A payment finds its invoice in its words, so the reference the payer wrote in a field of its own joins them. */
function cashOf(entry: StatementEntry, receivedAt: string): ReceivedCash {
  const { transactionId, kind, amountMinor, currency, bookedOn, valueOn, structuredReference } = entry;
  const { endToEndId, debtorName, debtorIban, returnsTransactionId } = entry;
  const remittance = [entry.remittance, structuredReference].filter((words) => words !== undefined).join('\n');
  return {
    ...{ transactionId, kind, amountMinor, currency, bookedOn, valueOn, receivedAt, source: 'statement' },
    ...(remittance !== '' && { remittance }),
    ...(endToEndId && { endToEndId }),
    ...(debtorName && { debtorName }),
    ...(debtorIban && { debtorIban }),
    ...(returnsTransactionId && { returnsTransactionId }),
  };
}

function resultOf(transactionId: string, booked: PaymentOutcome | undefined): StatementImport['entries'][number] {
  const invoiceIds = booked?.invoiceIds ?? (booked?.invoiceId ? [booked.invoiceId] : []);
  // An entry that the file holds twice under one id has one outcome.
  const result = booked?.outcome === 'applied' ? 'matched' : (booked?.outcome ?? 'duplicate');
  return { transactionId, result, rule: booked?.rule ?? null, why: booked?.why ?? null, invoiceIds };
}
