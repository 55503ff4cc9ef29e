import { moneyText } from '../contracts/money-text.ts';
import type { PaymentParts } from '../domain/allocate.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { type DunningCase, outstandingMinor, receivedMinor, standingAfter } from '../domain/dunning-case.ts';
import { ConflictError } from '../domain/errors.ts';
import { withForgiven } from '../domain/forgiven-rest.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { CashReceipt, MatchingRule, Payment } from '../domain/payment.ts';
import { endingOf, openPromise } from '../domain/promise.ts';
import { allocateTo, type BookingDeps } from './allocation-terms.ts';
import { closeCase } from './close-case.ts';
import type { CaseEdit } from './edit-case.ts';
import { forgivenDrafts } from './forgiven-rest.ts';
import type { CaseWrite, LedgerChange } from './ports.ts';
import { afterPromise, promiseEnded } from './promise-ending.ts';
import { restateCase } from './restate-case.ts';

/** A bank transaction as it came in, before anything is decided about it. `receivedAt` is a UTC instant. */
export type ReceivedCash = Omit<
  CashReceipt,
  | 'allocations'
  | 'unappliedMinor'
  | 'unappliedReason'
  | 'suggestedInvoiceIds'
  | 'possibleDuplicateOf'
  | 'namedInvoiceId'
  | 'suggestedCustomerId'
>;

/** The part of a payment an invoice takes, what is left of the payment then, and who says so: by which rule, and how it came when that is known. */
interface Allotted {
  readonly cash: ReceivedCash;
  readonly amountMinor: number;
  readonly leftMinor: number;
  readonly told: { readonly rule: MatchingRule; readonly actor: string; readonly method?: string };
}

/**
 * The change that books money on the invoice that takes it: paid in part, what people were asked to say of it is withdrawn; paid in full, or so that the rest is not asked for any more, its case is closed.
 *
 * @throws ConflictError when the invoice does not owe that much any more: who decided the amount has to read again
 */
export async function payInto(deps: BookingDeps, file: CaseFile, allotted: Allotted): Promise<LedgerChange> {
  const { dunningCase } = file;
  const { cash, amountMinor, told } = allotted;
  const { transactionId, valueOn, receivedAt: at } = cash;
  const { invoice } = dunningCase;
  const { unappliedMinor, parts } = await allocateTo(deps, file, { ...cash, amountMinor });
  if (unappliedMinor > 0) throw new ConflictError(`invoice ${invoice.invoiceId} owes less than ${amountMinor} by now`);
  const changes = paidBy(dunningCase, parts);
  const payment = paymentOf(invoice, allotted, parts);
  const drafts = [paymentApplied(invoice, allotted, parts), ...forgivenDrafts(invoice, parts, { transactionId })];
  if (outstandingMinor({ ...dunningCase, ...changes }) > 0) {
    const kept = promiseKeptBy(dunningCase, receivedMinor({ ...dunningCase, ...changes }));
    const after = { ...changes, ...kept.changes };
    const standing = standingAfter(dunningCase, after);
    const edit = { drafts: [...drafts, ...kept.drafts], changes: { ...after, standing } };
    const { cases, ...rest } = await restateCase(deps.ledger, file, edit, at);
    return { ...rest, cases: withPayment(cases, payment) };
  }
  const settled: HistoryDraft = { type: 'CaseSettled', actor: 'relance', data: { transactionId } };
  const closing = await closeCase(
    deps.ledger,
    file,
    { drafts: [...drafts, settled], changes: { ...changes, standing: 'settled' } },
    { closedOn: cash.bookedOn, paidOn: valueOn, isAutomaticPayment: told.method === 'direct-debit', at },
  );
  return { ...closing, cases: withPayment(closing.cases, payment) };
}

/** What the parts of a payment change in the balance of a case. */
function paidBy(dunningCase: DunningCase, parts: PaymentParts) {
  return {
    paidMinor: dunningCase.paidMinor + parts.principalMinor,
    paidInterestMinor: dunningCase.paidInterestMinor + parts.interestMinor,
    paidCompensationMinor: dunningCase.paidCompensationMinor + parts.compensationMinor,
    ...withForgiven(dunningCase, parts),
  };
}

function paymentOf({ invoiceId }: Invoice, { cash, told }: Allotted, parts: PaymentParts): Payment {
  const { transactionId, currency, valueOn, receivedAt: at } = cash;
  const { principalMinor: amountMinor, interestMinor, compensationMinor } = parts;
  return {
    ...{ transactionId, invoiceId, amountMinor, currency, valueOn, rule: told.rule, at },
    ...(interestMinor > 0 && { interestMinor }),
    ...(compensationMinor > 0 && { compensationMinor }),
  };
}

function paymentApplied(
  { currency }: Invoice,
  { cash, amountMinor, leftMinor, told }: Allotted,
  { principalMinor, interestMinor, compensationMinor }: PaymentParts,
): HistoryDraft {
  const { transactionId, valueOn } = cash;
  const { rule, actor, method } = told;
  const text = (minor: number) => moneyText({ amountMinor: minor, currency });
  const split = {
    principal: text(principalMinor),
    interest: text(interestMinor),
    compensation: text(compensationMinor),
  };
  const data = {
    ...{ transactionId, valueOn, rule, amount: text(amountMinor) },
    ...(principalMinor < amountMinor && split),
    ...(method && { method }),
    unapplied: text(leftMinor),
  };
  return { type: 'PaymentApplied', actor, data };
}

/** What a payment in part does to the promise about the invoice: kept at once when all that was promised is in; the rest is dunned on, at the level it had reached. */
function promiseKeptBy(
  dunningCase: DunningCase,
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
