import { moneyFromText } from '../../contracts/money-text.ts';
import { dateIn } from '../../domain/calendar/sending-window.ts';
import type { CaseFile } from '../../domain/case-file.ts';
import { isOpenStanding, outstandingMinor } from '../../domain/dunning-case.ts';
import type { HistoryEntry } from '../../domain/history.ts';

/** One change of what an invoice owes, in minor units: above zero when it was billed or a payment was taken back, below when it was paid, credited, or given up (written off, or handed to others). */
export interface ReceivableMovement {
  readonly on: string;
  readonly kind: 'billed' | 'paid' | 'returned' | 'credited' | 'given-up';
  readonly amountMinor: number;
}

/**
 * What became of an invoice, day by day: it is billed on its date of issue, a payment counts from its value date until the day it was taken back, everything else from the creditor's day it was told on.
 *
 * @param timeZone the creditor's
 */
export function movementsOf(
  { dunningCase, payments }: CaseFile,
  history: readonly HistoryEntry[],
  timeZone: string,
): ReceivableMovement[] {
  const { issuedOn, totalMinor } = dunningCase.invoice;
  const told = history.flatMap((entry, index): ReceivableMovement[] => {
    const { type, data, at } = entry;
    const on = dateIn(at, timeZone);
    switch (type) {
      case 'CreditNoteApplied':
        return [{ on, kind: 'credited', amountMinor: -minorOf(data.amount) }];
      case 'EarlyPaymentDiscountTaken':
        return [{ on, kind: 'credited', amountMinor: -minorOf(data.amount) }];
      case 'SmallBalanceWrittenOff':
        return [{ on, kind: 'given-up', amountMinor: -minorOf(data.amount) }];
      case 'CaseCancelled':
        return [{ on, kind: 'credited', amountMinor: -minorOf(data.credited) }];
      case 'CaseWrittenOff':
        return [{ on, kind: 'given-up', amountMinor: -minorOf(data.writtenOff) }];
      case 'CaseHandedOver': {
        const sinceMinor = sumOf(history.slice(index + 1).flatMap((later) => returnedMovements(later, null)));
        return [{ on, kind: 'given-up', amountMinor: sinceMinor - outstandingMinor(dunningCase) }];
      }
      case 'PaymentReturned': {
        const before = history.slice(0, index);
        const lastDay = (types: readonly HistoryEntry['type'][]) => lastDayOf(before, types, timeZone);
        const returned = returnedMovements(entry, lastDay(FORGIVEN));
        const endedOn = lastDay(ENDED);
        return endedOn === null ? returned : [...returned, ...returned.map((one) => givenUp(one, endedOn))];
      }
      default:
        return [];
    }
  });
  return [
    { on: issuedOn, kind: 'billed', amountMinor: totalMinor },
    ...payments.map(({ valueOn, amountMinor }) => ({ on: valueOn, kind: 'paid' as const, amountMinor: -amountMinor })),
    ...told,
  ];
}

/** Whether an invoice was only billed and paid so far: its history has no movement that its payments do not tell. What was credited, given up or taken back has one. */
export function isOnlyPaid({ dunningCase, payments }: CaseFile): boolean {
  const { standing, creditedMinor, writtenOffMinor } = dunningCase;
  const isOfMoneyAlone = isOpenStanding(standing) || standing === 'settled';
  if (!isOfMoneyAlone || creditedMinor > 0 || writtenOffMinor > 0) return false;
  return payments.every(({ returnedMinor = 0 }) => returnedMinor === 0);
}

/** What is owed again because a payment was taken back, from that day on, and what was granted or given up with it, which it was no earlier than on the day of that. */
function returnedMovements({ type, data }: HistoryEntry, forgivenOn: string | null): ReceivableMovement[] {
  if (type !== 'PaymentReturned') return [];
  const returnedOn = String(data.returnedOn);
  const on = laterOf(returnedOn, forgivenOn);
  return [
    { on: returnedOn, kind: 'returned' as const, amountMinor: minorOf(data.amount) },
    { on, kind: 'credited' as const, amountMinor: minorOf(data.discount) },
    { on, kind: 'given-up' as const, amountMinor: minorOf(data.tolerated) },
  ].filter(({ amountMinor }) => amountMinor > 0);
}

/** The facts that a rest of an invoice is not asked for. */
const FORGIVEN: readonly HistoryEntry['type'][] = ['EarlyPaymentDiscountTaken', 'SmallBalanceWrittenOff'];

/** How a person ends a case, which is not opened again then: what is owed of it is on no list of receivables. */
const ENDED: readonly HistoryEntry['type'][] = ['CaseCancelled', 'CaseWrittenOff', 'CaseHandedOver'];

/** The creditor's day of the last entry of these types; null when there is none. */
function lastDayOf(
  history: readonly HistoryEntry[],
  types: readonly HistoryEntry['type'][],
  timeZone: string,
): string | null {
  const last = history.findLast(({ type }) => types.includes(type));
  return last ? dateIn(last.at, timeZone) : null;
}

function laterOf(one: string, other: string | null): string {
  return other !== null && other > one ? other : one;
}

/** What is owed of a case that a person ended is given up, no earlier than on the day of that. */
function givenUp({ on, amountMinor }: ReceivableMovement, endedOn: string): ReceivableMovement {
  return { on: laterOf(on, endedOn), kind: 'given-up', amountMinor: -amountMinor };
}

function minorOf(amount: unknown): number {
  return amount === undefined ? 0 : moneyFromText(amount as Parameters<typeof moneyFromText>[0]).amountMinor;
}

function sumOf(movements: readonly ReceivableMovement[]): number {
  return movements.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** What was owed at the end of a day; nothing before the invoice was issued, whatever was paid ahead. */
export function balanceOn(movements: readonly ReceivableMovement[], on: string): number {
  const past = movements.filter((movement) => movement.on <= on);
  return past.some(({ kind }) => kind === 'billed') ? sumOf(past) : 0;
}
