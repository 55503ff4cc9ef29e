import { createHash } from 'node:crypto';
import type { AccountStatement, Booking } from './statement.ts';

/**
 * Gives bookings their ids: the same booking gets the same id from every file that tells of it, so that a statement uploaded twice changes nothing. Two
 * bookings that are told in the same words are told apart by their order, and both count.
 *
 * @returns a function for the bookings of one file, to be called in the file's order
 */
export function transactionIds(): (statement: AccountStatement, booking: Booking) => string {
  const seen = new Map<string, number>();
  return ({ account }, booking) => {
    const { movement, nature, currency, amountMinor, bookedOn, identity } = booking;
    const words = JSON.stringify([account, movement, nature, currency, amountMinor, bookedOn, ...identity]);
    const ordinal = (seen.get(words) ?? 0) + 1;
    seen.set(words, ordinal);
    const digest = createHash('sha256').update(`${words}#${ordinal}`).digest('hex').slice(0, 32);
    return `${readableStart(booking)}-${digest}`;
  };
}

/** What a person recognizes: the bank's reference, else the day. */
function readableStart({ bankReference, bookedOn }: Booking): string {
  const reference = (bankReference ?? '').replace(/[^A-Za-z0-9]/g, '').slice(0, 31);
  return reference === '' ? bookedOn.replaceAll('-', '') : reference;
}
