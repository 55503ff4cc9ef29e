import { moneyFromText } from '../../contracts/money-text.ts';
import { dateIn } from '../../domain/calendar/sending-window.ts';
import type { CaseFile } from '../../domain/case-file.ts';
import { outstandingMinor } from '../../domain/dunning-case.ts';
import type { HistoryEntry } from '../../domain/history.ts';

/** One change of what an invoice owes, in minor units: above zero when it was billed, below when it was paid, credited, or given up (written off, or handed to others). */
export interface ReceivableMovement {
  readonly on: string;
  readonly kind: 'billed' | 'paid' | 'credited' | 'given-up';
  readonly amountMinor: number;
}

/**
 * What became of an invoice, day by day: it is billed on its date of issue, a payment counts from its value date, everything else from the creditor's day it was told on.
 *
 * @param timeZone the creditor's
 */
export function movementsOf(
  { dunningCase, payments }: CaseFile,
  history: readonly HistoryEntry[],
  timeZone: string,
): ReceivableMovement[] {
  const { issuedOn, totalMinor } = dunningCase.invoice;
  const told = history.flatMap(({ type, data, at }): ReceivableMovement[] => {
    const on = dateIn(at, timeZone);
    const taken = (amount: unknown) => -moneyFromText(amount as Parameters<typeof moneyFromText>[0]).amountMinor;
    switch (type) {
      case 'CreditNoteApplied':
        return [{ on, kind: 'credited', amountMinor: taken(data.amount) }];
      case 'EarlyPaymentDiscountTaken':
        return [{ on, kind: 'credited', amountMinor: taken(data.amount) }];
      case 'SmallBalanceWrittenOff':
        return [{ on, kind: 'given-up', amountMinor: taken(data.amount) }];
      case 'CaseCancelled':
        return [{ on, kind: 'credited', amountMinor: taken(data.credited) }];
      case 'CaseWrittenOff':
        return [{ on, kind: 'given-up', amountMinor: taken(data.writtenOff) }];
      case 'CaseHandedOver':
        return [{ on, kind: 'given-up', amountMinor: -outstandingMinor(dunningCase) }];
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

/** What was owed at the end of a day; nothing before the invoice was issued, whatever was paid ahead. */
export function balanceOn(movements: readonly ReceivableMovement[], on: string): number {
  const past = movements.filter((movement) => movement.on <= on);
  return past.some(({ kind }) => kind === 'billed') ? past.reduce((sum, { amountMinor }) => sum + amountMinor, 0) : 0;
}
