import type { Fault } from '../../contracts/fault.ts';
import { moneyText } from '../../contracts/money-text.ts';
import type { CaseFile } from '../../domain/case-file.ts';
import type { DunningCase } from '../../domain/dunning-case.ts';
import type { Money } from '../../domain/money.ts';

/** What does not suit in an amount told about several invoices, or null: none of them is in its currency, or together they have less of what `minorOf` counts, which `which` puts in words. */
export function beyondWhatIs(
  files: readonly CaseFile[],
  { amountMinor, currency }: Money,
  { minorOf, which }: { minorOf: (dunningCase: DunningCase) => number; which: string },
): Fault | null {
  const inCurrency = files.filter(({ dunningCase }) => dunningCase.invoice.currency === currency);
  if (inCurrency.length === 0)
    return { pointer: '/amount/currency', detail: `must be a currency of this task's invoices` };
  const mostMinor = inCurrency.reduce((sum, { dunningCase }) => sum + minorOf(dunningCase), 0);
  if (amountMinor <= mostMinor) return null;
  const most = moneyText({ amountMinor: mostMinor, currency }).amount;
  return { pointer: '/amount/amount', detail: `must be at most ${most}, which is what ${which}` };
}
