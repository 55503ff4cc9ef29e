import { moneyText } from '../contracts/money-text.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isOpenStanding, outstandingMinor, standingAfter, standingUnblocked } from '../domain/dunning-case.ts';
import { ContractError } from '../domain/errors.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { resumptionOf } from '../domain/next-cycle.ts';
import { withoutClosedInvoice } from '../domain/payer-history.ts';
import { deriveProfile } from '../domain/payer-profile.ts';
import type { CashReceipt, Payment } from '../domain/payment.ts';
import { balanceAfterReturn, type Undone, undoPayment } from '../domain/taken-back.ts';
import { disputesAgain } from './dispute-ending.ts';
import { editCase } from './edit-case.ts';
import { editCustomer } from './edit-customer.ts';
import { placeHold } from './place-hold.ts';
import type { CaseLedger, CaseWrite, CustomerWrite, LedgerChange } from './ports.ts';
import { restateCase } from './restate-case.ts';

/** So much of a payment that a return takes back from one invoice, and the task that asks a person about it. */
interface TakenPart {
  readonly returned: CashReceipt;
  readonly creditId: string;
  readonly amountMinor: number;
  readonly asked: { readonly taskId: string; readonly draft: HistoryDraft };
  readonly at: string;
}

/**
 * The change that takes money back from the invoice it had paid: what it paid is owed again. A case that is still open stays in its cycle, and goes on from the next open day; one that was settled is opened
 * again, in its next cycle. One that was ended otherwise stays closed, with what is owed of it on paper: a person decides.
 *
 * @throws ContractError when the invoice has no such payment
 */
export async function takeFromInvoice(ledger: CaseLedger, file: CaseFile, part: TakenPart): Promise<LedgerChange> {
  const { returned, creditId, amountMinor, asked, at } = part;
  const { dunningCase, payments } = file;
  const known = payments.find(({ transactionId }) => transactionId === creditId);
  if (!known) throw new ContractError(`invoice ${dunningCase.invoice.invoiceId} has no payment ${creditId}`);
  const { payment, undone } = undoPayment(known, { amountMinor, on: returned.bookedOn });
  const balance = balanceAfterReturn(dunningCase, undone, known.at);
  const fact = returnedDraft(part, undone, payment);
  const isOwedAgain = outstandingMinor({ ...dunningCase, ...balance }) > 0;
  if (isOpenStanding(dunningCase.standing)) {
    const { hold, drafts: held } = heldToday(file, at);
    const edit = {
      drafts: [fact, ...held, asked.draft],
      changes: { ...balance, hold, standing: standingAfter(dunningCase, balance) },
      opensTasks: [asked.taskId],
    };
    const { cases, ...rest } = await restateCase(ledger, file, edit, at);
    return { ...rest, cases: withReplaced(cases, payment) };
  }
  if (dunningCase.standing === 'settled' && isOwedAgain) {
    const own = reopen(file, { balance, drafts: [fact], asked, at, transactionId: returned.transactionId });
    const customer = await forgetClosing(ledger, file, at.slice(0, 10));
    return { cases: withReplaced([own], payment), ...(customer && { customer }) };
  }
  const edit = { drafts: [fact, asked.draft], changes: balance, opensTasks: [asked.taskId] };
  return { cases: withReplaced([editCase(file, edit, at).write], payment) };
}

/** What was taken back: of the principal, and, where it had gone there or come with it, of interest, compensation, discount and tolerance. */
function returnedDraft(
  { returned, creditId }: TakenPart,
  undone: Undone,
  { currency, returnedOn }: Payment,
): HistoryDraft {
  const money = (amountMinor: number) => moneyText({ amountMinor, currency });
  const { principalMinor, interestMinor, compensationMinor, discountMinor, toleratedMinor } = undone;
  return {
    type: 'PaymentReturned',
    actor: 'bank',
    data: {
      ...{ transactionId: returned.transactionId, returnsTransactionId: creditId, returnedOn },
      amount: money(principalMinor),
      ...(interestMinor > 0 && { interest: money(interestMinor) }),
      ...(compensationMinor > 0 && { compensation: money(compensationMinor) }),
      ...(discountMinor > 0 && { discount: money(discountMinor) }),
      ...(toleratedMinor > 0 && { tolerated: money(toleratedMinor) }),
    },
  };
}

/** Nothing goes out on the day itself: a notice may have left that morning, and somebody calls. What keeps notices back longer stays. */
function heldToday({ dunningCase }: CaseFile, at: string): ReturnType<typeof placeHold> {
  const today = at.slice(0, 10);
  return placeHold(dunningCase.hold, { reason: 'payment-returned', since: today, until: today });
}

/** Opens a settled case again: the next cycle has an execution and claims of its own, and goes on after the last step that was served. */
function reopen(
  file: CaseFile,
  {
    balance,
    drafts,
    asked,
    at,
    transactionId,
  }: Pick<TakenPart, 'asked' | 'at'> & {
    balance: ReturnType<typeof balanceAfterReturn>;
    drafts: readonly HistoryDraft[];
    transactionId: string;
  },
): CaseWrite {
  const { dunningCase } = file;
  const cycle = dunningCase.cycle + 1;
  const { hold, drafts: held } = heldToday(file, at);
  const reopened: HistoryDraft = { type: 'CaseReopened', actor: 'relance', data: { cycle, transactionId } };
  const disputes = disputesAgain(dunningCase.disputes);
  const standing = standingUnblocked({ ...dunningCase, ...balance, disputes });
  const resumesFrom = resumptionOf(file);
  const edit = {
    drafts: [...drafts, reopened, ...held, asked.draft],
    changes: { ...balance, hold, cycle, standing, disputes, resumesFrom },
    opensTasks: [asked.taskId],
    wakes: true,
  };
  return { ...editCase(file, edit, at).write, startsCycle: true };
}

/** How an invoice was paid says nothing about its debtor once it is owed again; null when nothing was said. */
async function forgetClosing(ledger: CaseLedger, { dunningCase }: CaseFile, on: string): Promise<CustomerWrite | null> {
  const { invoiceId, customerId } = dunningCase.invoice;
  const record = await ledger.loadCustomer(customerId);
  if (!record) return null;
  const closedInvoices = withoutClosedInvoice(record.closedInvoices, invoiceId);
  if (closedInvoices.length === record.closedInvoices.length) return null;
  return editCustomer(record, { closedInvoices, derivedProfile: deriveProfile(closedInvoices, record.customer, on) });
}

/** The writes of a change, the case's own first, with the payment as it is now. */
function withReplaced([own, ...others]: readonly CaseWrite[], replacedPayment: Payment): CaseWrite[] {
  return own ? [{ ...own, replacedPayment }, ...others] : [];
}
