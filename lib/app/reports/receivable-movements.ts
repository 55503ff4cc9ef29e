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
        const sinceMinor = sumOf(history.slice(index + 1).flatMap(returnedMovements));
        return [{ on, kind: 'given-up', amountMinor: sinceMinor - outstandingMinor(dunningCase) }];
      }
      case 'PaymentReturned': {
        const returned = returnedMovements(entry);
        return isGivenUp(history.slice(0, index)) ? [...returned, ...returned.map(givenUp)] : returned;
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

/** What is owed again because a payment was taken back, and what was granted or given up with it: from the day it was taken back. */
function returnedMovements({ type, data }: HistoryEntry): ReceivableMovement[] {
  if (type !== 'PaymentReturned') return [];
  const on = String(data.returnedOn);
  return [
    { on, kind: 'returned' as const, amountMinor: minorOf(data.amount) },
    { on, kind: 'credited' as const, amountMinor: minorOf(data.discount) },
    { on, kind: 'given-up' as const, amountMinor: minorOf(data.tolerated) },
  ].filter(({ amountMinor }) => amountMinor > 0);
}

/** A case that a person ended is not opened again: what is owed of it then is on no list of receivables. */
function isGivenUp(before: readonly HistoryEntry[]): boolean {
  return before.some(({ type }) => type === 'CaseCancelled' || type === 'CaseWrittenOff' || type === 'CaseHandedOver');
}

function givenUp({ on, amountMinor }: ReceivableMovement): ReceivableMovement {
  return { on, kind: 'given-up', amountMinor: -amountMinor };
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
