import { isGermanReturn } from '../german-return.ts';
import { childOf, textOf, type XmlElement } from './xml-element.ts';

/**
 * Sub-families of bank transaction codes that take a booking back: returned, unpaid, reversed or recalled direct debits, transfers, cheques, drafts and card
 * payments.
 *
 * @see https://www.iso20022.org/catalogue-messages/additional-content-messages/external-code-sets, ExternalBankTransactionSubFamily1Code
 */
const RETURN_SUB_FAMILIES = ['UPDD', 'PRDD', 'RCDD', 'RRTN', 'RPCR', 'ARET', 'AREV', 'UPCQ', 'UDFT', 'UPCT'];

/** Whether the bank says that a payment takes an earlier one back: by its indicator, by the reason of the return, or by its code. */
export function isReturn(entry: XmlElement, detail: XmlElement | null): boolean {
  if (['true', '1'].includes(textOf(entry, 'RvslInd') ?? '')) return true;
  return [entry, ...(detail === null ? [] : [detail])].some(
    (element) => childOf(element, 'RtrInf') !== undefined || hasReturnCode(element),
  );
}

function hasReturnCode(element: XmlElement): boolean {
  const subFamily = textOf(element, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd') ?? '';
  const german = /^N?[A-Z]{3}\+(\d{3})/.exec(textOf(element, 'BkTxCd', 'Prtry', 'Cd') ?? '')?.[1] ?? '';
  return RETURN_SUB_FAMILIES.includes(subFamily) || isGermanReturn(german);
}
