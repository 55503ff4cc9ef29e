import { firmer, LEVELS, type Level } from '../level.ts';

/** What an invoice was paid, by the value date of the money, in minor units; and its notices, by the date they left. */
export interface RecoveredInvoice {
  readonly payments: readonly { readonly on: string; readonly amountMinor: number }[];
  readonly notices: readonly { readonly on: string; readonly level: Level }[];
}

/** Minor units recovered at each level; `none` is what came before any notice. */
export type RecoveredByLevel = Readonly<Record<'none' | Level, number>>;

/**
 * What came in between two dates, both included, by the level the invoice had reached then: the firmest of the notices that had left on an earlier day than that of the money. A notice of the same day does not count, since money takes a day to move.
 */
export function recoveredByLevel(
  invoices: readonly RecoveredInvoice[],
  { from, to }: { readonly from: string; readonly to: string },
): RecoveredByLevel {
  const recovered = Object.fromEntries(['none' as const, ...LEVELS].map((level) => [level, 0])) as Record<
    keyof RecoveredByLevel,
    number
  >;
  for (const { payments, notices } of invoices) {
    for (const { on, amountMinor } of payments) {
      if (on < from || on > to) continue;
      const before = notices.filter((notice) => notice.on < on).map(({ level }) => level);
      const [first, ...others] = before;
      recovered[first === undefined ? 'none' : others.reduce(firmer, first)] += amountMinor;
    }
  }
  return recovered;
}
