import type { Money } from '../../../domain/money.ts';
import { shown } from '../../fault.ts';
import type { StatementFault } from '../statement.ts';
import { statementAmount } from '../statement-amount.ts';
import { faultAt, onlyChild, type XmlElement } from './xml-element.ts';

/** The money an element holds in its `<Amt>`; a fault when it is none. */
export function amountOf(element: XmlElement, faults: StatementFault[]): Money | null {
  const amount = onlyChild(element, 'Amt', faults);
  return amount === null ? null : moneyOf(amount, faults);
}

/** The money an amount element says, with its currency in `Ccy`; a fault when it says none. */
export function moneyOf(element: XmlElement, faults: StatementFault[]): Money | null {
  const currency = element.attributes.Ccy ?? '';
  const amount = statementAmount(element.text.trim(), currency);
  if (amount.ok) return { amountMinor: amount.amountMinor, currency };
  faults.push(faultAt(element, amount.detail));
  return null;
}

/** Whether an element's money came in; a fault when it says neither that nor that it went out. */
export function isCredit(element: XmlElement, faults: StatementFault[]): boolean | null {
  const indicator = onlyChild(element, 'CdtDbtInd', faults);
  if (indicator === null) return null;
  const direction = indicator.text.trim();
  if (direction === 'CRDT' || direction === 'DBIT') return direction === 'CRDT';
  faults.push(faultAt(indicator, `must be CRDT or DBIT, not ${shown(direction)}`));
  return null;
}
