import { amountText } from '../money-text.ts';
import type { AccountStatement, StatementFault } from './statement.ts';

/**
 * What is wrong with the figures of a statement: the opening balance and what was booked must make the closing balance. `null` when they do, or when the
 * statement does not say both.
 */
export function balanceFault(statement: AccountStatement): StatementFault | null {
  const { opening, closing, bookings, line, path } = statement;
  if (opening === null || closing === null) return null;
  const place = { line, ...(path === undefined ? {} : { path }) };
  const currency = opening.currency;
  const other = [closing, ...bookings].find((figure) => figure.currency !== currency);
  if (other) {
    return { ...place, detail: `has a balance in ${currency} and money in ${other.currency}` };
  }
  const movedMinor = bookings.reduce(
    (sum, { movement, amountMinor }) => sum + BigInt(movement === 'credit' ? amountMinor : -amountMinor),
    0n,
  );
  if (BigInt(opening.amountMinor) + movedMinor === BigInt(closing.amountMinor)) return null;
  const [opened, closed] = [opening, closing].map(({ amountMinor }) => amountText(amountMinor, currency));
  return {
    ...place,
    detail:
      `does not add up: it opens with ${opened} ${currency}, books ${movedText(movedMinor, currency)} in ` +
      `${bookings.length} bookings, and closes with ${closed}`,
  };
}

function movedText(movedMinor: bigint, currency: string): string {
  const moved = Number(movedMinor);
  return Number.isSafeInteger(moved) ? amountText(moved, currency) : 'more than can be kept';
}
