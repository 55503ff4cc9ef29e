import type { Money } from '../../../domain/money.ts';
import { shown } from '../../fault.ts';
import type { Booking, StatementFault } from '../statement.ts';
import { bookingWords } from './booking-words.ts';
import { amountOf, isCredit } from './camt-amount.ts';
import { dateOf } from './camt-date.ts';
import { chargesOf, detailAmounts } from './detail-amounts.ts';
import { type EntryIdentity, identityOf } from './entry-identity.ts';
import { isReturn } from './return-codes.ts';
import { childOf, childrenOf, faultAt, onlyChild, textOf, type XmlElement } from './xml-element.ts';

/** What is the same for every payment of an entry. */
interface EntryFacts {
  readonly entry: XmlElement;
  readonly isCredit: boolean;
  readonly money: Money;
  readonly bookedOn: string;
  readonly valueOn: string;
}

/** The bookings of one `<Ntry>`: one for each of its payments, or one for all when it does not tell them. `null` when it is faulty. */
export function readEntry(
  entry: XmlElement,
  faults: StatementFault[],
): { isBooked: boolean; bookings: Booking[] } | null {
  const status = statusOf(entry, faults);
  const credit = isCredit(entry, faults);
  const money = amountOf(entry, faults);
  const booked = dayOf(entry, 'BookgDt', faults);
  const value = dayOf(entry, 'ValDt', faults);
  if (status === null || credit === null || money === null) return null;
  if (status !== 'BOOK') return { isBooked: false, bookings: [] };
  const [bookedOn, valueOn] = [booked ?? value, value ?? booked];
  if (bookedOn === null || valueOn === null) {
    faults.push(faultAt(entry, 'must say when it was booked (<BookgDt>)'));
    return null;
  }
  const facts = { entry, isCredit: credit, money, bookedOn, valueOn };
  const details = childrenOf(entry, 'NtryDtls', 'TxDtls');
  const bookings = details.length === 0 ? [undetailedBooking(facts)] : detailedBookings(facts, details, faults);
  return { isBooked: true, bookings };
}

function detailedBookings(facts: EntryFacts, details: readonly XmlElement[], faults: StatementFault[]): Booking[] {
  const { entry, isCredit: isCreditEntry, money } = facts;
  const amounts = detailAmounts({ entry, details, isCredit: isCreditEntry, money }, faults);
  if (amounts === null) return [];
  return amounts.map(({ detail, isCredit: isCreditDetail, amountMinor }) => {
    const nature = isReturn(entry, detail) ? 'return' : 'payment';
    const isTakenBack = nature === 'return' && !isCreditDetail;
    return bookingOf(facts, {
      movement: isCreditDetail ? 'credit' : 'debit',
      nature,
      amountMinor,
      chargesMinor: isTakenBack ? chargesOf(detail, { ...money, amountMinor }) : 0,
      detail,
      isOnly: details.length === 1,
    });
  });
}

function undetailedBooking(facts: EntryFacts): Booking {
  const { entry, isCredit: isCreditEntry, money } = facts;
  const nature = isReturn(entry, null) ? 'return' : 'payment';
  const isTakenBack = nature === 'return' && !isCreditEntry;
  return bookingOf(facts, {
    movement: isCreditEntry ? 'credit' : 'debit',
    nature: isToldElsewhere(entry) ? 'total' : nature,
    amountMinor: money.amountMinor,
    chargesMinor: isTakenBack ? chargesOf(entry, money) : 0,
    detail: null,
    isOnly: true,
  });
}

function bookingOf(
  { entry, money, bookedOn, valueOn }: EntryFacts,
  own: Pick<Booking, 'movement' | 'nature' | 'amountMinor' | 'chargesMinor'> & EntryIdentity,
): Booking {
  const { detail, isOnly, ...told } = own;
  const words = bookingWords({ entry, detail, isTakenBack: told.movement === 'debit' });
  const identity = identityOf(entry, { detail, isOnly }, [valueOn, ...Object.values(words)]);
  return { ...told, currency: money.currency, bookedOn, valueOn, ...words, identity };
}

/** The bank says that this sum of several payments is told one by one in a camt.054. */
function isToldElsewhere(entry: XmlElement): boolean {
  return textOf(entry, 'AddtlInfInd', 'MsgNmId')?.startsWith('camt.054') ?? false;
}

/** `<Sts>BOOK</Sts>` until version 07, `<Sts><Cd>BOOK</Cd></Sts>` since 08. */
function statusOf(entry: XmlElement, faults: StatementFault[]): string | null {
  const element = onlyChild(entry, 'Sts', faults);
  if (element === null) return null;
  const status = textOf(element, 'Cd') ?? textOf(element, 'Prtry') ?? element.text.trim();
  if (/^[A-Za-z0-9]/.test(status)) return status;
  faults.push(faultAt(element, `must be a status such as BOOK, not ${shown(status)}`));
  return null;
}

function dayOf(entry: XmlElement, name: 'BookgDt' | 'ValDt', faults: StatementFault[]): string | null {
  const element = childOf(entry, name);
  const day = dateOf(element);
  if (element !== undefined && day === null) faults.push(faultAt(element, 'must be a day that exists'));
  return day;
}
