import { moneyText } from '../contracts/money-text.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isOwed, outstandingMinor } from '../domain/dunning-case.ts';
import { ConflictError } from '../domain/errors.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { CashReceipt, MatchingRule, Payment } from '../domain/payment.ts';
import { endingOf, openPromise } from '../domain/promise.ts';
import { closeCase } from './close-case.ts';
import type { CaseEdit } from './edit-case.ts';
import type { CaseLedger, CaseWrite, LedgerChange } from './ports.ts';
import { afterPromise, promiseEnded } from './promise-ending.ts';
import { restateCase } from './restate-case.ts';

/** A bank transaction as it came in, before anything is decided about it. `receivedAt` is a UTC instant. */
export type ReceivedCash = Omit<
  CashReceipt,
  'allocations' | 'unappliedMinor' | 'unappliedReason' | 'suggestedInvoiceIds'
>;

/** The part of a payment an invoice takes, what is left of the payment then, and who says so: by which rule, and how it came when that is known. */
interface Allotted {
  readonly cash: ReceivedCash;
  readonly amountMinor: number;
  readonly leftMinor: number;
  readonly told: { readonly rule: MatchingRule; readonly actor: string; readonly method?: string };
}

/**
 * The change that books money on the invoice that takes it: paid in part, what people were asked to say of it is withdrawn; paid in full, its case is closed.
 *
 * @throws ConflictError when the invoice does not owe that much any more: who decided the amount has to read again
 */
export async function payInto(
  ledger: CaseLedger,
  file: CaseFile,
  { cash, amountMinor, leftMinor, told }: Allotted,
): Promise<LedgerChange> {
  const { dunningCase } = file;
  const { transactionId, currency, valueOn, receivedAt: at } = cash;
  const { invoiceId } = dunningCase.invoice;
  const { rule, actor, method } = told;
  if (!isOwed(dunningCase) || amountMinor > outstandingMinor(dunningCase))
    throw new ConflictError(`invoice ${invoiceId} owes less than ${amountMinor} by now`);
  const applied: HistoryDraft = {
    type: 'PaymentApplied',
    actor,
    data: {
      ...{ transactionId, valueOn, rule, amount: moneyText({ amountMinor, currency }) },
      ...(method && { method }),
      unapplied: moneyText({ amountMinor: leftMinor, currency }),
    },
  };
  const payment = { transactionId, invoiceId, amountMinor, currency, valueOn, rule, at };
  const paidMinor = dunningCase.paidMinor + amountMinor;
  if (amountMinor < outstandingMinor(dunningCase)) {
    const kept = promiseKeptBy(dunningCase, paidMinor);
    const edit = { drafts: [applied, ...kept.drafts], changes: { paidMinor, ...kept.changes } };
    const { cases, ...rest } = await restateCase(ledger, file, edit, at);
    return { ...rest, cases: withPayment(cases, payment) };
  }
  const settled: HistoryDraft = { type: 'CaseSettled', actor: 'relance', data: { transactionId } };
  const closing = await closeCase(
    ledger,
    file,
    { drafts: [applied, settled], changes: { paidMinor, standing: 'settled' } },
    { closedOn: cash.bookedOn, paidOn: valueOn, isAutomaticPayment: method === 'direct-debit', at },
  );
  return { ...closing, cases: withPayment(closing.cases, payment) };
}

/** What a payment in part does to the promise about the invoice: kept at once when all that was promised is in; the rest is dunned on, at the level it had reached. */
function promiseKeptBy(
  dunningCase: CaseFile['dunningCase'],
  paidMinor: number,
): Required<Pick<CaseEdit, 'drafts'>> & Pick<CaseEdit, 'changes'> {
  const promise = openPromise(dunningCase.promises);
  if (!promise || endingOf(promise, paidMinor) !== 'kept') return { drafts: [] };
  return {
    drafts: [promiseEnded(dunningCase, { ending: 'kept', paidMinor })],
    changes: afterPromise(dunningCase, 'kept'),
  };
}

/** The writes of a change, the paid case's first, with its payment. */
function withPayment([own, ...others]: readonly CaseWrite[], payment: Payment): CaseWrite[] {
  return own ? [{ ...own, payment }, ...others] : [];
}
