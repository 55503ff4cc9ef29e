import type { Money } from '../../../domain/money.ts';
import { amountText } from '../../money-text.ts';
import type { StatementFault } from '../statement.ts';
import { isCredit, moneyOf } from './camt-amount.ts';
import { childOf, childrenOf, faultAt, type XmlElement } from './xml-element.ts';

/** One payment of an entry and what it moved. */
interface DetailAmount {
  readonly detail: XmlElement;
  readonly isCredit: boolean;
  readonly amountMinor: number;
}

/**
 * What each payment of an entry moved. Several have to say it and to make the entry's amount together; the only one of an entry moved what the entry says,
 * and may differ by the charges it names. `null` when they do not: that is reported.
 */
export function detailAmounts(
  of: { entry: XmlElement; details: readonly XmlElement[]; isCredit: boolean; money: Money },
  faults: StatementFault[],
): DetailAmount[] | null {
  const { entry, details, money } = of;
  const [only, ...others] = details;
  if (only && others.length === 0) return soleAmount(of, only, faults);
  const amounts = details.map((detail) => {
    const own = ownMoney(detail, faults);
    const credit = directionOf(detail, of.isCredit, faults);
    if (own?.currency === money.currency && credit !== null) {
      return { detail, isCredit: credit, amountMinor: own.amountMinor };
    }
    faults.push(faultAt(detail, `must say its amount in ${money.currency}, as one of several in an entry`));
    return null;
  });
  const said = amounts.filter((amount) => amount !== null);
  if (said.length < amounts.length) return null;
  const sumMinor = said.reduce(
    (sum, amount) => sum + BigInt(amount.isCredit === of.isCredit ? amount.amountMinor : -amount.amountMinor),
    0n,
  );
  if (sumMinor === BigInt(money.amountMinor)) return said;
  faults.push(faultAt(entry, sumDetail(Number(sumMinor), money)));
  return null;
}

/** What the bank kept of a payment it took back: the difference to the amount first instructed, when that is told. */
export function chargesOf(element: XmlElement, booked: Money): number {
  const instructed = childOf(element, 'AmtDtls', 'InstdAmt', 'Amt');
  const money = instructed ? moneyOf(instructed, []) : null;
  if (money?.currency !== booked.currency || money.amountMinor === 0) return 0;
  return Math.max(0, booked.amountMinor - money.amountMinor);
}

function soleAmount(
  { entry, money, isCredit: isCreditEntry }: { entry: XmlElement; isCredit: boolean; money: Money },
  detail: XmlElement,
  faults: StatementFault[],
): DetailAmount[] | null {
  const own = ownMoney(detail, faults);
  const credit = directionOf(detail, isCreditEntry, faults);
  if (credit === null) return null;
  if (credit !== isCreditEntry) {
    faults.push(faultAt(detail, 'must go in the direction of its entry, as it is the only one'));
    return null;
  }
  const amount = { detail, isCredit: credit, amountMinor: money.amountMinor };
  if (own === null || own.currency !== money.currency || own.amountMinor === money.amountMinor) return [amount];
  const difference = Math.abs(own.amountMinor - money.amountMinor);
  if ([entry, detail].some((element) => namedCharges(element, money.currency).includes(difference))) return [amount];
  faults.push(faultAt(entry, sumDetail(own.amountMinor, money)));
  return null;
}

/** `<Amt>` since version 03, `<AmtDtls><TxAmt><Amt>` before and beside it. */
function ownMoney(detail: XmlElement, faults: StatementFault[]): Money | null {
  const element = childOf(detail, 'Amt') ?? childOf(detail, 'AmtDtls', 'TxAmt', 'Amt');
  return element ? moneyOf(element, faults) : null;
}

function directionOf(detail: XmlElement, isCreditEntry: boolean, faults: StatementFault[]): boolean | null {
  return childOf(detail, 'CdtDbtInd') ? isCredit(detail, faults) : isCreditEntry;
}

/** The total of the charges an element names, and the sum of their records, in minor units. */
function namedCharges(element: XmlElement, currency: string): number[] {
  const charges = [['TtlChrgsAndTaxAmt'], ['Rcrd', 'Amt'], ['Amt']].map((path) =>
    childrenOf(element, 'Chrgs', ...path)
      .map((charge) => moneyOf(charge, []))
      .filter((charge) => charge?.currency === currency)
      .reduce((sum, charge) => sum + (charge?.amountMinor ?? 0), 0),
  );
  return charges.filter((sum) => sum > 0);
}

function sumDetail(sumMinor: number, { amountMinor, currency }: Money): string {
  const sum = Number.isSafeInteger(sumMinor) ? amountText(sumMinor, currency) : 'too much';
  return `has payments of ${sum} ${currency} in all, and an amount of ${amountText(amountMinor, currency)}`;
}
