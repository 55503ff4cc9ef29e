import { moneyText } from '../contracts/money-text.ts';
import { advanceCase } from '../domain/case-change.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { outstandingMinor } from '../domain/dunning-case.ts';
import { invariant } from '../domain/errors.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { chooseMatch, lookupKeys, type Match } from '../domain/matching.ts';
import { type Allocation, allocate, type CashReceipt, type UnappliedReason } from '../domain/payment.ts';
import type { CaseChange, Ledger } from './ports.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** A bank transaction as it came in, before anything is decided about it. `receivedAt` is a UTC instant. */
export type ReceivedCash = Omit<
  CashReceipt,
  'allocations' | 'unappliedMinor' | 'unappliedReason' | 'suggestedInvoiceIds'
>;

/** What became of the money. `invoiceId` is null when it found no invoice. */
export interface PaymentOutcome {
  readonly outcome: 'applied' | 'unapplied' | 'duplicate';
  readonly invoiceId: string | null;
}

/**
 * Applies money to the invoice it names, or keeps it as unapplied cash. Every cent received is either allocated or unapplied, in one transaction with the
 * receipt, which is keyed by the bank's transaction id for ever: the same transaction again has no effect, whatever has become of the invoices since.
 *
 * @throws ConflictError when the case is written by others again and again; the event is delivered again
 */
export function applyPayment(deps: { ledger: Ledger }, cash: ReceivedCash): Promise<PaymentOutcome> {
  return withFreshRead(async () => {
    const { ledger } = deps;
    if (await ledger.loadReceipt(cash.transactionId)) return { outcome: 'duplicate', invoiceId: null };
    const match = cash.kind === 'credit' ? await findMatch(ledger, cash) : null;
    const file = match?.invoiceIds.length === 1 ? await ledger.loadCaseFile(match.invoiceIds[0] ?? '') : null;
    const allocation = file ? allocate(file.dunningCase, cash) : leaveUnapplied(cash, match);
    const receipt = receiptOf(cash, { allocation, file, match });
    if (!file || allocation.appliedMinor === 0) {
      const kept = await ledger.keepUnapplied(receipt);
      return { outcome: kept === 'duplicate' ? 'duplicate' : 'unapplied', invoiceId: null };
    }
    const written = await ledger.commit(payInto(file, { cash, allocation, receipt, match }));
    return {
      outcome: written === 'duplicate' ? 'duplicate' : 'applied',
      invoiceId: file.dunningCase.invoice.invoiceId,
    };
  });
}

async function findMatch(ledger: Ledger, cash: ReceivedCash): Promise<Match | null> {
  const keys = lookupKeys([cash.remittance, cash.endToEndId]);
  return keys.length === 0 ? null : chooseMatch(await ledger.findFiledInvoices(keys));
}

function leaveUnapplied(cash: ReceivedCash, match: Match | null): Allocation {
  const reason = (): UnappliedReason => {
    if (cash.kind === 'return') return 'returned-payment';
    return match ? 'several-matches' : 'no-match';
  };
  return { appliedMinor: 0, unappliedMinor: cash.amountMinor, unappliedReason: reason() };
}

function receiptOf(
  cash: ReceivedCash,
  { allocation, file, match }: { allocation: Allocation; file: CaseFile | null; match: Match | null },
): CashReceipt {
  const { appliedMinor, unappliedMinor, unappliedReason } = allocation;
  invariant(appliedMinor + unappliedMinor === cash.amountMinor, `transaction ${cash.transactionId} lost money`);
  const invoiceId = file?.dunningCase.invoice.invoiceId;
  return {
    ...cash,
    allocations: invoiceId && appliedMinor > 0 ? [{ invoiceId, amountMinor: appliedMinor }] : [],
    unappliedMinor,
    ...(unappliedReason && { unappliedReason }),
    suggestedInvoiceIds: unappliedMinor > 0 ? [...(match?.invoiceIds ?? [])] : [],
  };
}

interface Payable {
  readonly cash: ReceivedCash;
  readonly allocation: Allocation;
  readonly receipt: CashReceipt;
  readonly match: Match | null;
}

function payInto({ dunningCase }: CaseFile, { cash, allocation, receipt, match }: Payable): CaseChange {
  invariant(match !== null, `transaction ${cash.transactionId} is applied without a match`);
  const { transactionId, currency, valueOn, receivedAt } = cash;
  const amountMinor = allocation.appliedMinor;
  const isSettled = amountMinor === outstandingMinor(dunningCase);
  const applied: HistoryDraft = {
    type: 'PaymentApplied',
    actor: 'bank',
    data: {
      ...{ transactionId, valueOn, rule: match.rule, amount: moneyText({ amountMinor, currency }) },
      unapplied: moneyText({ amountMinor: allocation.unappliedMinor, currency }),
    },
  };
  const settled: HistoryDraft = { type: 'CaseSettled', actor: 'relance', data: { transactionId } };
  const { invoiceId } = dunningCase.invoice;
  return {
    ...advanceCase(dunningCase, {
      at: receivedAt,
      drafts: isSettled ? [applied, settled] : [applied],
      figures: { paidMinor: dunningCase.paidMinor + amountMinor, ...(isSettled && { standing: 'settled' as const }) },
      changesPlan: true,
    }),
    expectedVersion: dunningCase.version,
    wakes: true,
    payment: { transactionId, invoiceId, amountMinor, currency, valueOn, rule: match.rule, at: receivedAt },
    receipt,
  };
}
