import type { ChosenAllocation } from '../contracts/allocation-body.ts';
import { moneyText } from '../contracts/money-text.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { ConflictError, invariant } from '../domain/errors.ts';
import type { CashReceipt } from '../domain/payment.ts';
import { allocateTo, type BookingDeps } from './allocation-terms.ts';
import { type CommandDeps, type CommandNo, closedAlready } from './case-command.ts';
import { accountFilings } from './find-payers.ts';
import { payEach } from './pay-each.ts';
import type { LedgerChange } from './ports.ts';
import { recallWork } from './recall-work.ts';
import { settleReturns } from './return-payment.ts';
import { isOneTransaction } from './staged-change.ts';
import { tellNewProfile } from './tell-new-profile.ts';
import { endPlacing } from './unplaced-payment.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** What a person gives of money that matched no invoice to one or more of them; `at` is a UTC instant, `actor` who says so. */
export interface AllocateCash {
  readonly transactionId: string;
  readonly allocations: readonly ChosenAllocation[];
  readonly at: string;
  readonly actor: string;
}

/** What allocating money needs. */
type AllocationDeps = CommandDeps & BookingDeps;

/** What became of it: the receipt as it is now, or why nothing was done. */
type AllocateAnswer = 'unknown-transaction' | CommandNo | { readonly receipt: CashReceipt };

/**
 * Gives money that matched no invoice to the invoices a person names, all in one transaction: what is left of the receipt falls by exactly what they take, and the invoices that are paid in full settle as by any payment. The
 * same again has no effect. An invoice takes of one transaction once. A return that waited for a person to place the money takes it back at once, and what waited for it to be placed goes on.
 *
 * @throws ConflictError when others write the same money or cases again and again
 */
export async function allocateCash(deps: AllocationDeps, command: AllocateCash): Promise<AllocateAnswer> {
  const answer = await allocateOrRecall(deps, command);
  if (answer === 'unknown-transaction' || !('receipt' in answer)) return answer;
  const { transactionId, at } = command;
  await endPlacing(deps, transactionId, at);
  // Who places a possible duplicate says that it is other money: its return has waited for that.
  await settleReturns(deps, { transactionId, kind: 'credit', at });
  return { receipt: (await deps.ledger.loadReceipt(transactionId)) ?? answer.receipt };
}

async function allocateOrRecall(deps: AllocationDeps, command: AllocateCash): Promise<AllocateAnswer> {
  const answer = await allocateAtOnce(deps, command);
  if (answer !== 'too-much-work') return answer;
  // Work that is withdrawn too early is made again, and true.
  for (const { invoiceId } of command.allocations) await recallWork(deps.ledger, invoiceId, command.at);
  const again = await allocateAtOnce(deps, command);
  return again === 'too-much-work' ? TOO_MUCH_WORK : again;
}

function allocateAtOnce(deps: AllocationDeps, command: AllocateCash): Promise<AllocateAnswer | 'too-much-work'> {
  return withFreshRead(async () => {
    const receipt = await deps.ledger.loadReceipt(command.transactionId);
    if (!receipt) return 'unknown-transaction';
    if (isAsAllocated(receipt, command)) return { receipt };
    const refusal = moneyRefusal(receipt, command);
    if (refusal) return refusal;
    const files = await Promise.all(command.allocations.map(({ invoiceId }) => deps.ledger.loadCaseFile(invoiceId)));
    for (const [index, chosen] of command.allocations.entries()) {
      const no = caseRefusal(chosen, index, files) ?? (await amountRefusal(deps, chosen, { index, files, receipt }));
      if (no) return no;
    }
    const customerId = files[0]?.dunningCase.invoice.customerId ?? '';
    const after = receiptAfter(receipt, command, customerId);
    const before = await deps.ledger.loadCustomer(customerId);
    const paid = await changeFor(deps, { receipt, after, command });
    const change = { ...paid, filings: accountFilings(receipt, customerId) };
    if (!isOneTransaction(change)) return 'too-much-work';
    const written = await deps.ledger.commit(change);
    if (written === 'duplicate')
      throw new ConflictError(`transaction ${command.transactionId} was allocated by another`);
    await tellNewProfile(deps.ledger, { before, change, at: command.at });
    return { receipt: after };
  });
}

const TOO_MUCH_WORK: CommandNo = {
  conflict:
    'These invoices have too many steps under way for one transaction of the ledger: allocate to fewer of them at a time.',
};

/** Whether the receipt already says exactly this: the request was carried out before. */
function isAsAllocated({ allocations, currency }: CashReceipt, command: AllocateCash): boolean {
  return command.allocations.every(({ invoiceId, amount }) =>
    allocations.some(
      (known) =>
        known.invoiceId === invoiceId && known.amountMinor === amount.amountMinor && amount.currency === currency,
    ),
  );
}

function moneyRefusal(receipt: CashReceipt, { transactionId, allocations }: AllocateCash): CommandNo | null {
  const { kind, currency, unappliedMinor } = receipt;
  if (kind === 'return')
    return { conflict: `Transaction ${transactionId} took a payment back: there is nothing to allocate.` };
  const foreign = allocations.findIndex(({ amount }) => amount.currency !== currency);
  if (foreign >= 0) {
    const detail = `must be ${currency}, the currency of transaction ${transactionId}`;
    return { refused: { pointer: `/allocations/${foreign}/amount/currency`, detail } };
  }
  const known = allocations.find(({ invoiceId }) => receipt.allocations.some((taken) => taken.invoiceId === invoiceId));
  if (known) {
    return {
      conflict: `Invoice ${known.invoiceId} has taken its part of transaction ${transactionId} already; nothing was changed.`,
    };
  }
  if (sumOf(allocations) <= unappliedMinor) return null;
  const left = moneyText({ amountMinor: unappliedMinor, currency }).amount;
  return { conflict: `Only ${left} ${currency} is left of transaction ${transactionId}; nothing was changed.` };
}

function caseRefusal(
  { invoiceId, amount }: ChosenAllocation,
  index: number,
  files: readonly (CaseFile | null)[],
): CommandNo | null {
  const dunningCase = files[index]?.dunningCase;
  const refused = (field: string, detail: string) => ({
    refused: { pointer: `/allocations/${index}/${field}`, detail },
  });
  if (!dunningCase) return refused('invoiceId', 'there is no such invoice');
  const { currency, customerId } = dunningCase.invoice;
  const first = files.find((file) => file !== null)?.dunningCase.invoice;
  if (first?.customerId !== customerId) {
    return refused(
      'invoiceId',
      `is not of the customer of invoice ${first?.invoiceId}: allocate to one customer at a time`,
    );
  }
  const closed = closedAlready(dunningCase);
  if (closed) return closed;
  if (amount.currency !== currency)
    return refused('amount/currency', `must be ${currency}, the currency of invoice ${invoiceId}`);
  return null;
}

/** The no to more than an invoice takes of this money: what it owes, with what its delay has cost where that is paid first. */
async function amountRefusal(
  deps: AllocationDeps,
  { invoiceId, amount }: ChosenAllocation,
  { index, files, receipt }: { index: number; files: readonly (CaseFile | null)[]; receipt: CashReceipt },
): Promise<CommandNo | null> {
  const file = files[index];
  if (!file) return null;
  const { appliedMinor, unappliedMinor } = await allocateTo(deps, file, { ...amount, valueOn: receipt.valueOn });
  if (unappliedMinor === 0) return null;
  const owed = moneyText({ amountMinor: appliedMinor, currency: amount.currency }).amount;
  const detail = `must be at most ${owed}, which is what invoice ${invoiceId} owes`;
  return { refused: { pointer: `/allocations/${index}/amount/amount`, detail } };
}

/** The rest of money that invoices of several customers took is nobody's: no customer is owed it for sure. */
function receiptAfter(receipt: CashReceipt, command: AllocateCash, customerId: string): CashReceipt {
  const unappliedMinor = receipt.unappliedMinor - sumOf(command.allocations);
  invariant(unappliedMinor >= 0, `transaction ${receipt.transactionId} has ${unappliedMinor} left`);
  const taken = partsOf(command);
  const { unappliedReason, suggestions: _placed, suggestedCustomerId: _it, customerId: earlierId, ...money } = receipt;
  const isUntaken = receipt.allocations.length === 0;
  const isTheirs = earlierId === customerId || (earlierId === undefined && isUntaken);
  const isLeft = unappliedMinor > 0;
  const suggested = receipt.suggestedInvoiceIds.filter((id) => !taken.some(({ invoiceId }) => invoiceId === id));
  return {
    ...money,
    ...(isTheirs && { customerId }),
    ...(isLeft && unappliedReason && { unappliedReason }),
    allocations: [...receipt.allocations, ...taken],
    unappliedMinor,
    suggestedInvoiceIds: isLeft ? suggested : [],
  };
}

async function changeFor(
  deps: AllocationDeps,
  { receipt, after, command }: { receipt: CashReceipt; after: CashReceipt; command: AllocateCash },
): Promise<LedgerChange> {
  const { at, actor } = command;
  // What is paid now closes today, though the money has its value since it came.
  const cash = { ...receipt, bookedOn: dateIn(at, deps.creditorTimeZone), receivedAt: at };
  const told = { rule: 'by-person', actor } as const;
  const paid = await payEach(deps, partsOf(command), { cash, leftMinor: receipt.unappliedMinor, told });
  return { ...paid, replacedReceipt: { receipt: after, over: receipt } };
}

function partsOf({ allocations }: AllocateCash): CashReceipt['allocations'] {
  return allocations.map(({ invoiceId, amount }) => ({ invoiceId, amountMinor: amount.amountMinor }));
}

function sumOf(allocations: readonly ChosenAllocation[]): number {
  return allocations.reduce((sum, { amount }) => sum + amount.amountMinor, 0);
}
