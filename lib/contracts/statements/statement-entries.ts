import type { AccountStatement, Booking, BookingWords } from './statement.ts';
import { transactionIds } from './transaction-id.ts';

/** One payment a debtor made, or the taking back of one, as a statement tells it. */
export interface StatementEntry extends BookingWords {
  readonly transactionId: string;
  readonly kind: 'credit' | 'return';
  /** Greater than zero; of a return, what was given back without the bank's charges. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly bookedOn: string;
  readonly valueOn: string;
  /** The account it was booked on. */
  readonly account: string;
  /** Of a return: what the bank took on top. */
  readonly chargesMinor?: number;
  /** Of a return: the credit it takes back, when the same file tells of it and of no other that it could be. */
  readonly returnsTransactionId?: string;
}

/**
 * Why a movement is no entry: money paid out; money of ours that came back; a total whose payments come in another file (camt.054); one that moved
 * nothing; one only announced.
 */
export interface IgnoredMovements {
  readonly debits: number;
  readonly returnedDebits: number;
  readonly totals: number;
  readonly empty: number;
  readonly notBooked: number;
}

/** What is taken of the statements of one file, and what is not. */
export function statementEntries(statements: readonly AccountStatement[]): {
  entries: StatementEntry[];
  ignored: IgnoredMovements;
} {
  const ignored = { debits: 0, returnedDebits: 0, totals: 0, empty: 0, notBooked: 0 };
  const idOf = transactionIds();
  const entries: StatementEntry[] = [];
  for (const statement of withoutRepetition(statements)) {
    ignored.notBooked += statement.notBooked;
    for (const booking of statement.bookings) {
      const transactionId = idOf(statement, booking);
      const verdict = verdictOn(booking);
      if (verdict === 'credit' || verdict === 'return') {
        entries.push(entryOf(booking, { transactionId, kind: verdict, account: statement.account }));
      } else ignored[verdict] += 1;
    }
  }
  return { entries: withReturnedCredits(entries), ignored };
}

/** A statement that a file holds twice, word for word, counts once. */
function withoutRepetition(statements: readonly AccountStatement[]): AccountStatement[] {
  const distinct = new Map<string, AccountStatement>();
  for (const statement of statements) {
    const words = JSON.stringify({ ...statement, line: 0, path: '' });
    if (!distinct.has(words)) distinct.set(words, statement);
  }
  return [...distinct.values()];
}

function verdictOn({ movement, nature, amountMinor, chargesMinor }: Booking): 'credit' | 'return' | Ignored {
  if (nature === 'total') return movement === 'credit' ? 'totals' : 'debits';
  if (amountMinor - chargesMinor === 0) return 'empty';
  if (movement === 'credit') return nature === 'return' ? 'returnedDebits' : 'credit';
  return nature === 'return' ? 'return' : 'debits';
}

type Ignored = Exclude<keyof IgnoredMovements, 'notBooked'>;

function entryOf(
  booking: Booking,
  known: { transactionId: string; kind: 'credit' | 'return'; account: string },
): StatementEntry {
  const { movement: _movement, nature: _nature, identity: _identity, chargesMinor, amountMinor, ...told } = booking;
  return {
    ...known,
    ...told,
    amountMinor: amountMinor - chargesMinor,
    ...(chargesMinor > 0 ? { chargesMinor } : {}),
  };
}

/** Finds the credit of each return where the bank's reference or the payer's says which it is, and only one can be meant. */
function withReturnedCredits(entries: readonly StatementEntry[]): StatementEntry[] {
  const credits = new Map<string, StatementEntry[]>();
  for (const entry of entries.filter(({ kind }) => kind === 'credit')) {
    for (const key of referenceKeys(entry)) {
      const alike = credits.get(key);
      if (alike) alike.push(entry);
      else credits.set(key, [entry]);
    }
  }
  const taken = new Set<string>();
  return entries.map((entry) => {
    if (entry.kind === 'credit') return entry;
    const found = new Set(referenceKeys(entry).flatMap((key) => credits.get(key) ?? []));
    const [credit, ...others] = [...found].filter(({ bookedOn }) => bookedOn <= entry.bookedOn);
    if (credit === undefined || others.length > 0 || taken.has(credit.transactionId)) return entry;
    taken.add(credit.transactionId);
    return { ...entry, returnsTransactionId: credit.transactionId };
  });
}

function referenceKeys({ account, currency, amountMinor, endToEndId, bankReference }: StatementEntry): string[] {
  const references = { endToEndId, bankReference };
  return Object.entries(references)
    .filter(([, reference]) => reference !== undefined)
    .map(([kind, reference]) => JSON.stringify([account, currency, amountMinor, kind, reference]));
}
