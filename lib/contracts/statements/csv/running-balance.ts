import { amountText } from '../../money-text.ts';
import type { Booking, StatementFault } from '../statement.ts';

/** The balance after the booking of a line. */
interface RunningBalance {
  readonly line: number;
  readonly balanceMinor: number;
}

/**
 * Holds the balance of each line to that of its neighbour and what was booked between. A bank lists its bookings from the oldest or from the newest; the
 * file has to be right in one of the two orders, from the first line to the last.
 *
 * @returns where it is wrong in the order that goes further, or `null`
 */
export function runningBalanceFault(
  balances: readonly RunningBalance[],
  bookings: readonly Booking[],
): StatementFault | null {
  const [oldestFirst, newestFirst] = [
    firstBreak(balances, bookings, (index) => index),
    firstBreak(balances, bookings, (index) => index - 1),
  ];
  if (oldestFirst === null || newestFirst === null) return null;
  return oldestFirst.line >= newestFirst.line ? oldestFirst : newestFirst;
}

/** @param movedAt the booking between the balance of a line and that of the line before, by its index */
function firstBreak(
  balances: readonly RunningBalance[],
  bookings: readonly Booking[],
  movedAt: (index: number) => number,
): StatementFault | null {
  for (const [index, balance] of balances.entries()) {
    const before = balances[index - 1];
    const booking = bookings[movedAt(index)];
    if (before === undefined || booking === undefined) continue;
    const isOldestFirst = movedAt(index) === index;
    const [earlier, later] = isOldestFirst ? [before, balance] : [balance, before];
    const moved = booking.movement === 'credit' ? booking.amountMinor : -booking.amountMinor;
    if (earlier.balanceMinor + moved === later.balanceMinor) continue;
    const [from, to] = [earlier, later].map(({ balanceMinor }) => amountText(balanceMinor, booking.currency));
    const amount = amountText(moved, booking.currency);
    return { line: balance.line, detail: `does not add up: the balance was ${from}, ${amount} moved, and it is ${to}` };
  }
  return null;
}
