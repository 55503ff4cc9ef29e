import type { Allocation } from '../domain/allocate.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isOwed } from '../domain/dunning-case.ts';
import { ContractError, invariant } from '../domain/errors.ts';
import { chooseMatch, lookupKeys, type Match } from '../domain/matching.ts';
import type { CashReceipt, MatchingRule } from '../domain/payment.ts';
import { allocateTo, type BookingDeps } from './allocation-terms.ts';
import { matchSeveral, type SeveralMatch } from './match-several.ts';
import { payEach } from './pay-each.ts';
import { payInto, type ReceivedCash } from './pay-into.ts';
import type { Ledger } from './ports.ts';
import { returnPayment, settleReturns } from './return-payment.ts';
import { isOneTransaction } from './staged-change.ts';
import { tellNewProfile } from './tell-new-profile.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** What became of the money. `invoiceId` is null when it found no invoice, else `rule` says how it did. */
export interface PaymentOutcome {
  readonly outcome: 'applied' | 'unapplied' | 'duplicate';
  readonly invoiceId: string | null;
  readonly rule?: MatchingRule;
  /** When several invoices took it. */
  readonly invoiceIds?: readonly string[];
}

/** What taking money needs. */
export type PaymentDeps = BookingDeps & { readonly ledger: Ledger };

/**
 * Applies money to the invoices it names, or keeps it as unapplied cash; a return takes it back from them, whichever of the two is told first. Every cent received is either allocated or unapplied, in one transaction with the
 * receipt, which is keyed by the bank's transaction id for ever: the same transaction again has no effect, whatever has become of the invoices since.
 *
 * @throws ContractError when the id was used before for other money: a person must look, nothing is dropped
 * @throws ConflictError when the case is written by others again and again; the event is delivered again
 */
export async function applyPayment(deps: PaymentDeps, cash: ReceivedCash): Promise<PaymentOutcome> {
  const outcome = await book(deps, cash);
  await settleReturns(deps.ledger, { ...cash, at: cash.receivedAt });
  return outcome;
}

function book(deps: PaymentDeps, cash: ReceivedCash): Promise<PaymentOutcome> {
  const { ledger } = deps;
  return withFreshRead(async () => {
    const known = await ledger.loadReceipt(cash.transactionId);
    if (known) return duplicateOf(known, cash);
    const written = cash.kind === 'return' ? await takeReturn(ledger, cash) : await takeCredit(deps, cash);
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
  const match = await findMatch(ledger, cash);
  const file = match && (await loadMatched(ledger, match));
  const several = match && !file ? await matchSeveral(deps, cash, match.invoiceIds) : null;
  const together = several?.kind === 'matched' ? await takeTogether(deps, cash, several) : null;
  if (together) return together;
  const allocation = file ? await allocateTo(deps, file, cash) : leaveUnapplied(cash, match);
  const offered = several?.kind === 'suggested' ? several.suggestions : [];
  const suggestions = offered.map((one) => ({ ...one, invoiceIds: [...one.invoiceIds] }));
  const receipt = {
    ...receiptOf(cash, { allocation, file, match }),
    ...(suggestions.length > 0 && { suggestions }),
  };
  if (!match || !file || allocation.appliedMinor === 0) {
    const kept = await ledger.keepUnapplied(receipt);
    return { outcome: kept === 'duplicate' ? 'duplicate' : 'unapplied', invoiceId: null };
  }
  const before = await ledger.loadCustomer(file.dunningCase.invoice.customerId);
  const told = { rule: match.rule, actor: 'bank' };
  const { appliedMinor: amountMinor, unappliedMinor: leftMinor } = allocation;
  const change = { ...(await payInto(deps, file, { cash, amountMinor, leftMinor, told })), receipt };
  const written = await ledger.commit(change);
  if (written === 'committed') await tellNewProfile(ledger, { before, change, at: cash.receivedAt });
  const { invoiceId } = file.dunningCase.invoice;
  return written === 'duplicate'
    ? { outcome: 'duplicate', invoiceId }
    : { outcome: 'applied', invoiceId, rule: match.rule };
}

/** Several invoices that a payment names take it in one transaction. Null when that is more than one transaction: a person places it. */
async function takeTogether(
  deps: PaymentDeps,
  cash: ReceivedCash,
  { rule, allocations }: Extract<SeveralMatch, { kind: 'matched' }>,
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
  const change = { ...paid, receipt };
  if (!isOneTransaction(change)) return null;
  const written = await ledger.commit(change);
  if (written === 'committed') await tellNewProfile(ledger, { before, change, at: cash.receivedAt });
  const invoiceIds = allocations.map(({ invoiceId }) => invoiceId);
  const invoiceId = invoiceIds[0] ?? null;
  return written === 'duplicate'
    ? { outcome: 'duplicate', invoiceId }
    : { outcome: 'applied', invoiceId, invoiceIds, rule };
}

/** A payment taken back: the invoices it is taken from are told as those that took it. */
async function takeReturn(ledger: Ledger, cash: ReceivedCash): Promise<PaymentOutcome> {
  const { outcome, invoiceIds } = await returnPayment(ledger, cash);
  return { outcome, invoiceId: invoiceIds[0] ?? null, ...(invoiceIds.length > 1 && { invoiceIds }) };
}

async function findMatch(ledger: Ledger, cash: ReceivedCash): Promise<Match | null> {
  const keys = lookupKeys([cash.remittance, cash.endToEndId]);
  return keys.length === 0 ? null : chooseMatch(await ledger.findFiledInvoices(keys));
}

/** Invoices under one key that are looked at to find the one that is still open; a reference shared by more is no reference. */
const CANDIDATES_MAX = 10;

/** The case a match means: the only one it names, or the only one of those under the same words that still owes something. */
async function loadMatched(ledger: Ledger, { invoiceIds, isOneKey }: Match): Promise<CaseFile | null> {
  if (invoiceIds.length > (isOneKey ? CANDIDATES_MAX : 1)) return null;
  const loaded = await Promise.all(invoiceIds.map((invoiceId) => ledger.loadCaseFile(invoiceId)));
  const files = loaded.filter((file) => file !== null);
  const open = files.filter(({ dunningCase }) => isOwed(dunningCase));
  const [only, ...others] = open.length > 0 ? open : files;
  return only && others.length === 0 ? only : null;
}

/** What an invoice takes of a payment, if any. */
type Taken = Omit<Allocation, 'parts'>;

function leaveUnapplied(cash: ReceivedCash, match: Match | null): Taken {
  const unappliedReason = match ? 'several-matches' : 'no-match';
  return { appliedMinor: 0, unappliedMinor: cash.amountMinor, unappliedReason };
}

function receiptOf(
  cash: ReceivedCash,
  { allocation, file, match }: { allocation: Taken; file: CaseFile | null; match: Match | null },
): CashReceipt {
  const { appliedMinor, unappliedMinor, unappliedReason } = allocation;
  invariant(appliedMinor + unappliedMinor === cash.amountMinor, `transaction ${cash.transactionId} lost money`);
  const invoiceId = file?.dunningCase.invoice.invoiceId;
  return {
    ...cash,
    ...(file && { customerId: file.dunningCase.invoice.customerId }),
    allocations: invoiceId && appliedMinor > 0 ? [{ invoiceId, amountMinor: appliedMinor }] : [],
    unappliedMinor,
    ...(unappliedReason && { unappliedReason }),
    suggestedInvoiceIds: unappliedMinor > 0 ? (match?.invoiceIds ?? []).slice(0, CANDIDATES_MAX) : [],
  };
}
