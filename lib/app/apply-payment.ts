import { ContractError, invariant } from '../domain/errors.ts';
import type { CashReceipt, MatchingRule } from '../domain/payment.ts';
import { allocateTo, type PaymentDeps } from './allocation-terms.ts';
import { findDuplicate, leaveDuplicate } from './find-duplicate.ts';
import { accountFilings } from './find-payers.ts';
import { keepUnapplied } from './keep-unapplied.ts';
import { type CashMatch, matchCash, type UnappliedMatch } from './match-cash.ts';
import { payEach } from './pay-each.ts';
import { payInto, type ReceivedCash } from './pay-into.ts';
import type { Ledger } from './ports.ts';
import { recallWork } from './recall-work.ts';
import { endReturned, type ReturnOutcome, returnPayment, settleReturns } from './return-payment.ts';
import { isOneTransaction } from './staged-change.ts';
import { tellNewProfile } from './tell-new-profile.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** What became of the money. `invoiceId` is null when it found no invoice, else `rule` says how it did, and `why`, in words that name people. */
export interface PaymentOutcome {
  readonly outcome: 'applied' | 'unapplied' | 'duplicate';
  readonly invoiceId: string | null;
  readonly rule?: MatchingRule;
  readonly why?: string;
  /** When several invoices took it. */
  readonly invoiceIds?: readonly string[];
}

/**
 * Applies money to the invoices it is for, or keeps it as unapplied cash; a return takes it back from them, whichever of the two is told first. Every cent received is either allocated or unapplied, in one transaction with the
 * receipt, which is keyed by the bank's transaction id for ever: the same transaction again has no effect, whatever has become of the invoices since.
 *
 * @throws ContractError when the id was used before for other money: a person must look, nothing is dropped
 * @throws ConflictError when the case is written by others again and again; the event is delivered again
 */
export async function applyPayment(deps: PaymentDeps, cash: ReceivedCash): Promise<PaymentOutcome> {
  const outcome = await book(deps, cash);
  const settled = await settleReturns(deps, { ...cash, at: cash.receivedAt });
  if (!settled || outcome.outcome !== 'unapplied') return outcome;
  const takenBefore = outcome.invoiceIds ?? (outcome.invoiceId ? [outcome.invoiceId] : []);
  return returnedFrom({ ...settled, invoiceIds: [...new Set([...takenBefore, ...settled.invoiceIds])] });
}

function book(deps: PaymentDeps, cash: ReceivedCash): Promise<PaymentOutcome> {
  const { ledger } = deps;
  return withFreshRead(async () => {
    const known = await ledger.loadReceipt(cash.transactionId);
    if (known) {
      const told = duplicateOf(known, cash);
      await endReturned(deps, known, cash.receivedAt);
      return told;
    }
    const written = cash.kind === 'return' ? await takeReturn(deps, cash) : await takeCredit(deps, cash);
    if (written.outcome !== 'duplicate') return written;
    // Somebody else took the same transaction meanwhile; if it was other money, this must not pass for it.
    const taken = await ledger.loadReceipt(cash.transactionId);
    return taken ? duplicateOf(taken, cash) : written;
  });
}

function duplicateOf(known: CashReceipt, cash: ReceivedCash): PaymentOutcome {
  const isSame = known.kind === cash.kind && known.amountMinor === cash.amountMinor && known.currency === cash.currency;
  if (isSame) return { outcome: 'duplicate', invoiceId: null };
  throw new ContractError(
    `transaction ${cash.transactionId} was received before as a ${known.kind} of another amount; book it under an id of its own`,
  );
}

async function takeCredit(deps: PaymentDeps, cash: ReceivedCash): Promise<PaymentOutcome> {
  const { ledger } = deps;
  const told = await findDuplicate(ledger, cash);
  const match = told ? leaveDuplicate(told) : await matchCash(deps, cash);
  if (match.kind === 'none') return leaveUnapplied(deps, cash, match);
  if (match.kind === 'one') return takeAlone(deps, cash, match);
  const together = (await takeTogether(deps, cash, match)) ?? (await takeAfterRecall(deps, cash, match));
  return together ?? leaveUnapplied(deps, cash, await leaveTogether(ledger, match));
}

type SeveralMatch = Extract<CashMatch, { kind: 'several' }>;

/** Several invoices that people have too much in hand about for one transaction: it is taken back first. Work that is withdrawn too early is made again, and true. */
async function takeAfterRecall(
  deps: PaymentDeps,
  cash: ReceivedCash,
  match: SeveralMatch,
): Promise<PaymentOutcome | null> {
  for (const { invoiceId } of match.allocations) await recallWork(deps.ledger, invoiceId, cash.receivedAt);
  return takeTogether(deps, cash, match);
}

/** How money is left to a person that is more than one transaction even so: the customer's it is, so that nothing is sent to whom owes no more than that. */
async function leaveTogether(ledger: Ledger, { rule, why, allocations }: SeveralMatch): Promise<UnappliedMatch> {
  const invoiceIds = allocations.map(({ invoiceId }) => invoiceId);
  const file = await ledger.loadCaseFile(invoiceIds[0] ?? '');
  const customerId = file?.dunningCase.invoice.customerId ?? null;
  const suggestions = [{ invoiceIds, rule, why }];
  return {
    ...{ kind: 'none', reason: 'several-matches', invoiceIds: [] },
    suggestions,
    customerId,
    suggestedCustomerId: customerId,
  };
}

/** One invoice takes a payment, as far as it owes. */
async function takeAlone(
  deps: PaymentDeps,
  cash: ReceivedCash,
  { file, rule, why }: Extract<CashMatch, { kind: 'one' }>,
): Promise<PaymentOutcome> {
  const { ledger } = deps;
  const { invoiceId, customerId } = file.dunningCase.invoice;
  const allocation = await allocateTo(deps, file, cash);
  const { appliedMinor: amountMinor, unappliedMinor: leftMinor, unappliedReason } = allocation;
  invariant(amountMinor + leftMinor === cash.amountMinor, `transaction ${cash.transactionId} lost money`);
  const receipt: CashReceipt = {
    ...{ ...cash, customerId, allocations: [{ invoiceId, amountMinor }], unappliedMinor: leftMinor },
    ...(unappliedReason && { unappliedReason }),
    suggestedInvoiceIds: leftMinor > 0 ? [invoiceId] : [],
  };
  const before = await ledger.loadCustomer(customerId);
  const told = { rule, actor: 'bank' };
  const paid = await payInto(deps, file, { cash, amountMinor, leftMinor, told });
  const change = { ...paid, receipt, filings: accountFilings(cash, customerId) };
  const written = await ledger.commit(change);
  if (written === 'committed') await tellNewProfile(ledger, { before, change, at: cash.receivedAt });
  return written === 'duplicate' ? { outcome: 'duplicate', invoiceId } : { outcome: 'applied', invoiceId, rule, why };
}

/** Several invoices that a payment is for take it in one transaction. Null when that is more than one transaction. */
async function takeTogether(
  deps: PaymentDeps,
  cash: ReceivedCash,
  { rule, why, allocations }: SeveralMatch,
): Promise<PaymentOutcome | null> {
  const { ledger } = deps;
  const told = { rule, actor: 'bank' } as const;
  const paid = await payEach(deps, allocations, { cash, leftMinor: cash.amountMinor, told });
  const customerId = paid.cases[0]?.dunningCase.invoice.customerId ?? '';
  const unappliedMinor = cash.amountMinor - allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const receipt: CashReceipt = {
    ...{ ...cash, customerId, allocations: [...allocations], unappliedMinor, suggestedInvoiceIds: [] },
    ...(unappliedMinor > 0 && { unappliedReason: 'over-payment' }),
  };
  const before = await ledger.loadCustomer(customerId);
  const change = { ...paid, receipt, filings: accountFilings(cash, customerId) };
  if (!isOneTransaction(change)) return null;
  const written = await ledger.commit(change);
  if (written === 'committed') await tellNewProfile(ledger, { before, change, at: cash.receivedAt });
  const invoiceIds = allocations.map(({ invoiceId }) => invoiceId);
  const invoiceId = invoiceIds[0] ?? null;
  return written === 'duplicate'
    ? { outcome: 'duplicate', invoiceId }
    : { outcome: 'applied', invoiceId, invoiceIds, rule, why };
}

/** Leaves money to a person, with what it could be for. */
async function leaveUnapplied(deps: PaymentDeps, cash: ReceivedCash, match: UnappliedMatch): Promise<PaymentOutcome> {
  const kept = await keepUnapplied(deps, cash, match);
  return { outcome: kept === 'duplicate' ? 'duplicate' : 'unapplied', invoiceId: null };
}

/** A payment taken back: the invoices it is taken from are told as those that took it. */
async function takeReturn(deps: PaymentDeps, cash: ReceivedCash): Promise<PaymentOutcome> {
  return returnedFrom(await returnPayment(deps, cash));
}

function returnedFrom({ outcome, invoiceIds }: ReturnOutcome): PaymentOutcome {
  return { outcome, invoiceId: invoiceIds[0] ?? null, ...(invoiceIds.length > 1 && { invoiceIds }) };
}
