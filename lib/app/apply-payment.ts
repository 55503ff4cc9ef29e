import { moneyText } from '../contracts/money-text.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isOwed, outstandingMinor } from '../domain/dunning-case.ts';
import { ContractError, invariant } from '../domain/errors.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { chooseMatch, lookupKeys, type Match } from '../domain/matching.ts';
import { type Allocation, allocate, type CashReceipt, type MatchingRule, type Payment } from '../domain/payment.ts';
import { endingOf, openPromise } from '../domain/promise.ts';
import { closeCase } from './close-case.ts';
import { type CaseEdit, editCase } from './edit-case.ts';
import type { CaseLedger, CaseWrite, Ledger, LedgerChange } from './ports.ts';
import { afterPromise, promiseEnded } from './promise-ending.ts';
import { raiseTask } from './raise-task.ts';
import { restateCase } from './restate-case.ts';
import { tellNewProfile } from './tell-new-profile.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** A bank transaction as it came in, before anything is decided about it. `receivedAt` is a UTC instant. */
export type ReceivedCash = Omit<
  CashReceipt,
  'allocations' | 'unappliedMinor' | 'unappliedReason' | 'suggestedInvoiceIds'
>;

/** What became of the money. `invoiceId` is null when it found no invoice, else `rule` says how it did. */
export interface PaymentOutcome {
  readonly outcome: 'applied' | 'unapplied' | 'duplicate';
  readonly invoiceId: string | null;
  readonly rule?: MatchingRule;
}

/**
 * Applies money to the invoice it names, or keeps it as unapplied cash. Every cent received is either allocated or unapplied, in one transaction with the
 * receipt, which is keyed by the bank's transaction id for ever: the same transaction again has no effect, whatever has become of the invoices since.
 *
 * @throws ContractError when the id was used before for other money: a person must look, nothing is dropped
 * @throws ConflictError when the case is written by others again and again; the event is delivered again
 */
export function applyPayment(deps: { ledger: Ledger }, cash: ReceivedCash): Promise<PaymentOutcome> {
  return withFreshRead(async () => {
    const known = await deps.ledger.loadReceipt(cash.transactionId);
    if (known) return duplicateOf(known, cash);
    const written = cash.kind === 'return' ? await keepReturn(deps.ledger, cash) : await takeCredit(deps.ledger, cash);
    if (written.outcome !== 'duplicate') return written;
    // Somebody else took the same transaction meanwhile; if it was other money, this must not pass for it.
    const taken = await deps.ledger.loadReceipt(cash.transactionId);
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

async function takeCredit(ledger: Ledger, cash: ReceivedCash): Promise<PaymentOutcome> {
  const match = await findMatch(ledger, cash);
  const file = match && (await loadMatched(ledger, match));
  const allocation = file ? allocate(file.dunningCase, cash) : leaveUnapplied(cash, match);
  const receipt = receiptOf(cash, { allocation, file, match });
  if (!match || !file || allocation.appliedMinor === 0) {
    const kept = await ledger.keepUnapplied(receipt);
    return { outcome: kept === 'duplicate' ? 'duplicate' : 'unapplied', invoiceId: null };
  }
  const before = await ledger.loadCustomer(file.dunningCase.invoice.customerId);
  const told = { rule: match.rule, actor: 'bank' };
  const change = await payInto(ledger, file, { cash, allocation, receipt, told });
  const written = await ledger.commit(change);
  if (written === 'committed') await tellNewProfile(ledger, { before, change, at: cash.receivedAt });
  const { invoiceId } = file.dunningCase.invoice;
  return written === 'duplicate'
    ? { outcome: 'duplicate', invoiceId }
    : { outcome: 'applied', invoiceId, rule: match.rule };
}

/** A payment taken back is kept with its receipt, and a person is asked: the case it had paid is not open again by itself. */
async function keepReturn(ledger: Ledger, cash: ReceivedCash): Promise<PaymentOutcome> {
  const returned = cash.returnsTransactionId ? await ledger.loadReceipt(cash.returnsTransactionId) : null;
  const invoiceId = returned?.allocations[0]?.invoiceId ?? null;
  const file = invoiceId ? await ledger.loadCaseFile(invoiceId) : null;
  const receipt: CashReceipt = {
    ...cash,
    allocations: [],
    unappliedMinor: cash.amountMinor,
    unappliedReason: 'returned-payment',
    suggestedInvoiceIds: invoiceId ? [invoiceId] : [],
  };
  const written = file ? await ledger.commit(askAboutReturn(file, cash, receipt)) : await ledger.keepUnapplied(receipt);
  return { outcome: written === 'duplicate' ? 'duplicate' : 'unapplied', invoiceId: null };
}

function askAboutReturn(file: CaseFile, cash: ReceivedCash, receipt: CashReceipt): LedgerChange {
  const { transactionId, returnsTransactionId, receivedAt: at } = cash;
  const { invoiceId, customerId, number } = file.dunningCase.invoice;
  const { task, draft } = raiseTask({
    kind: 'attention',
    invoiceIds: [invoiceId],
    customerId,
    title: `A payment of invoice ${number} was taken back`,
    reason: `Transaction ${transactionId} returns ${returnsTransactionId}. The case still counts it as paid: decide how to go on.`,
    about: `returned/${transactionId}`,
    at,
  });
  const { write } = editCase(file, { drafts: [draft], opensTasks: [task.taskId] }, at);
  return { cases: [write], receipt, tasks: [{ task, expectedVersion: null }] };
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

function leaveUnapplied(cash: ReceivedCash, match: Match | null): Allocation {
  const unappliedReason = match ? 'several-matches' : 'no-match';
  return { appliedMinor: 0, unappliedMinor: cash.amountMinor, unappliedReason };
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
    ...(file && { customerId: file.dunningCase.invoice.customerId }),
    allocations: invoiceId && appliedMinor > 0 ? [{ invoiceId, amountMinor: appliedMinor }] : [],
    unappliedMinor,
    ...(unappliedReason && { unappliedReason }),
    suggestedInvoiceIds: unappliedMinor > 0 ? (match?.invoiceIds ?? []).slice(0, CANDIDATES_MAX) : [],
  };
}

/** Money of which an invoice takes a part, and who says so: by which rule, and how it came when that is known. */
interface Allotted {
  readonly cash: ReceivedCash;
  readonly allocation: Allocation;
  readonly receipt: CashReceipt;
  readonly told: { readonly rule: MatchingRule; readonly actor: string; readonly method?: string };
}

/** The change that books money on the invoice that takes it: paid in part, what people were asked to say of it is withdrawn; paid in full, its case is closed. */
export async function payInto(
  ledger: CaseLedger,
  file: CaseFile,
  { cash, allocation, receipt, told }: Allotted,
): Promise<LedgerChange> {
  const { dunningCase } = file;
  const { transactionId, currency, valueOn, receivedAt: at } = cash;
  const { invoiceId } = dunningCase.invoice;
  const { rule, actor, method } = told;
  const amountMinor = allocation.appliedMinor;
  const applied: HistoryDraft = {
    type: 'PaymentApplied',
    actor,
    data: {
      ...{ transactionId, valueOn, rule, amount: moneyText({ amountMinor, currency }) },
      ...(method && { method }),
      unapplied: moneyText({ amountMinor: allocation.unappliedMinor, currency }),
    },
  };
  const payment = { transactionId, invoiceId, amountMinor, currency, valueOn, rule, at };
  const paidMinor = dunningCase.paidMinor + amountMinor;
  if (amountMinor < outstandingMinor(dunningCase)) {
    const kept = promiseKeptBy(dunningCase, paidMinor);
    const edit = { drafts: [applied, ...kept.drafts], changes: { paidMinor, ...kept.changes } };
    const { cases, ...rest } = await restateCase(ledger, file, edit, at);
    return { ...rest, cases: withPayment(cases, payment), receipt };
  }
  const settled: HistoryDraft = { type: 'CaseSettled', actor: 'relance', data: { transactionId } };
  const closing = await closeCase(
    ledger,
    file,
    { drafts: [applied, settled], changes: { paidMinor, standing: 'settled' } },
    { closedOn: cash.bookedOn, paidOn: valueOn, isAutomaticPayment: method === 'direct-debit', at },
  );
  return { ...closing, cases: withPayment(closing.cases, payment), receipt };
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
