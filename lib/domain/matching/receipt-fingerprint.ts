import type { CashReceipt } from '../payment.ts';
import { likenessTo } from './name-similarity.ts';

/** What a bank transaction is told apart by, whoever tells of it. */
export type ToldCash = Pick<
  CashReceipt,
  | 'kind'
  | 'amountMinor'
  | 'currency'
  | 'valueOn'
  | 'remittance'
  | 'endToEndId'
  | 'debtorIban'
  | 'debtorName'
  | 'returnsTransactionId'
  | 'customerId'
>;

/** What banks write where the payer gave no end-to-end id. */
const NO_ID = new Set(['', 'NOTPROVIDED', 'NONREF']);

/** Names less alike than that are of two payers. */
const LIKENESS_MIN = 0.7;

/**
 * The marks by which the same money is found again under another transaction id. Of a credit, amount, currency and value date with the payer's end-to-end id, and with their words; one about which nothing
 * else is told than the amount has none. Of a return, amount, currency and the payment it takes back, whatever the day.
 */
export function receiptFingerprints(cash: ToldCash): string[] {
  const { amountMinor, currency, valueOn, debtorIban, returnsTransactionId } = cash;
  if (cash.kind === 'return') {
    return returnsTransactionId ? [[amountMinor, currency, `RETURN ${returnsTransactionId}`].join(' ')] : [];
  }
  const [id, words] = [plain(cash.endToEndId), plain(cash.remittance)];
  const told = [
    ...(NO_ID.has(id) ? [] : [`ID ${id}`]),
    ...(words === '' && !debtorIban ? [] : [`WORDS ${words || debtorIban}`]),
  ];
  return told.map((one) => [amountMinor, currency, valueOn, one].join(' '));
}

/** The marks under which a receipt is filed: its fingerprints, and of a return, that so much of the customer's money was taken back. */
export function receiptMarks(cash: ToldCash): string[] {
  const { kind, amountMinor, currency, customerId } = cash;
  const ofCustomer = kind === 'return' && customerId ? [customerReturnMark({ amountMinor, currency, customerId })] : [];
  return [...receiptFingerprints(cash), ...ofCustomer];
}

/** The mark of all returns of this amount that took back money of a customer. */
export function customerReturnMark({
  amountMinor,
  currency,
  customerId,
}: Pick<CashReceipt, 'amountMinor' | 'currency'> & { readonly customerId: string }): string {
  return [amountMinor, currency, `RETURN OF CUSTOMER ${customerId}`].join(' ');
}

/** Whether two transactions with a fingerprint in common can be one: no other payer is told of either. Two returns of one payment have one. */
export function canBeSamePayer(one: ToldCash, other: ToldCash): boolean {
  if (one.kind === 'return') return true;
  if (one.debtorIban && other.debtorIban) return one.debtorIban === other.debtorIban;
  const likeness = one.debtorName && other.debtorName ? likenessTo(one.debtorName)(other.debtorName) : null;
  return likeness === null || likeness >= LIKENESS_MIN;
}

/** Letters and digits alone: one source breaks lines where another writes blanks. */
function plain(text = ''): string {
  return text
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
}
