import { moneyText } from '../contracts/money-text.ts';
import { blockAgain } from '../domain/block.ts';
import type { CaseFile } from '../domain/case-file.ts';
import {
  type DunningCase,
  isOpenStanding,
  outstandingMinor,
  standingAfter,
  standingUnblocked,
} from '../domain/dunning-case.ts';
import { ContractError } from '../domain/errors.ts';
import { NOTHING_FORGIVEN, withForgiven } from '../domain/forgiven-rest.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { resumptionOf } from '../domain/next-cycle.ts';
import { withoutClosedInvoice } from '../domain/payer-history.ts';
import { deriveProfile } from '../domain/payer-profile.ts';
import type { CashReceipt, Payment } from '../domain/payment.ts';
import { balanceAfterReturn, type Undone, undoPayment } from '../domain/taken-back.ts';
import type { BookingDeps } from './allocation-terms.ts';
import { disputesAgain } from './dispute-ending.ts';
import { editCase } from './edit-case.ts';
import { editCustomer } from './edit-customer.ts';
import { forgivenDrafts, forgivenOf } from './forgiven-rest.ts';
import { placeHold } from './place-hold.ts';
import type { CaseLedger, CaseWrite, CustomerWrite, LedgerChange } from './ports.ts';
import { restateCase } from './restate-case.ts';

/** So much of a payment that a return takes back from one invoice. */
interface TakenPart {
  readonly returned: CashReceipt;
  readonly creditId: string;
  readonly amountMinor: number;
}

/** Who is asked about it, and when it happens, which is `today` for the creditor. `asked` is null where nothing is owed again. */
interface Asked {
  readonly asked: { readonly taskId: string; readonly draft: HistoryDraft } | null;
  readonly at: string;
  readonly today: string;
}

/**
 * The change that takes money back from the invoice it had paid: what it paid is owed again. A case that is still open stays in its cycle, and goes on from the next open day; one that was settled is opened
 * again, in its next cycle, unless so little is missing that it is given up. One that was ended otherwise stays closed, with what is owed of it on paper: a person decides.
 *
 * @throws ContractError when the invoice has no such payment
 */
export async function takeFromInvoice(
  deps: BookingDeps,
  file: CaseFile,
  part: TakenPart,
  { asked, at, today }: Asked,
): Promise<LedgerChange> {
  const { dunningCase } = file;
  const { payment, undone, balance, forgiven } = await afterReturn(deps, file, part);
  const given = forgivenDrafts(dunningCase.invoice, forgiven, { transactionId: part.returned.transactionId });
  const drafts = [returnedDraft(part, { undone, dunningCase, payment }), ...given];
  const askedDrafts = asked ? [asked.draft] : [];
  const opensTasks = asked ? [asked.taskId] : [];
  if (isOpenStanding(dunningCase.standing)) {
    const { hold, drafts: held } = heldToday(file, today);
    const edit = {
      drafts: [...drafts, ...held, ...askedDrafts],
      changes: { ...balance, hold, standing: standingAfter(dunningCase, balance) },
      opensTasks,
    };
    const { cases, ...rest } = await restateCase(deps.ledger, file, edit, at);
    return { ...rest, cases: withReplaced(cases, payment) };
  }
  if (dunningCase.standing === 'settled' && outstandingMinor({ ...dunningCase, ...balance }) > 0) {
    const own = reopen(file, { balance, drafts, asked: { drafts: askedDrafts, opensTasks }, at, today, part });
    const customer = await forgetClosing(deps.ledger, file, today);
    return { cases: withReplaced([own], payment), ...(customer && { customer }) };
  }
  const edit = { drafts: [...drafts, ...askedDrafts], changes: balance, opensTasks };
  return { cases: withReplaced([editCase(file, edit, at).write], payment) };
}

/** What a return has an invoice owe again: nothing where it takes so little from a settled one that it stays settled, `charges` where a settled one loses only what had paid the cost of its delay, else `principal`. */
export async function owedAgain(
  deps: BookingDeps,
  file: CaseFile,
  part: TakenPart,
): Promise<'nothing' | 'charges' | 'principal'> {
  const { dunningCase } = file;
  const { forgiven, balance } = await afterReturn(deps, file, part);
  if (forgiven.discountMinor + forgiven.toleratedMinor > 0) return 'nothing';
  const isStillPaid = dunningCase.standing === 'settled' && outstandingMinor({ ...dunningCase, ...balance }) === 0;
  return isStillPaid ? 'charges' : 'principal';
}

/** What a return leaves of an invoice: the payment, what it lost, and the balance. What had been given up is decided anew, on what is still paid. */
async function afterReturn(deps: BookingDeps, file: CaseFile, { returned, creditId, amountMinor }: TakenPart) {
  const { dunningCase, payments } = file;
  const known = payments.find(({ transactionId }) => transactionId === creditId);
  if (!known) throw new ContractError(`invoice ${dunningCase.invoice.invoiceId} has no payment ${creditId}`);
  const { payment, undone } = undoPayment(known, { amountMinor, on: returned.bookedOn });
  const balance = balanceAfterReturn(dunningCase, undone, known.at);
  const after = {
    ...file,
    dunningCase: { ...dunningCase, ...balance },
    payments: payments.map((one) => (one === known ? payment : one)),
  };
  // Whoever has paid nothing is not excused of an invoice for its being small; a credit note leaves a rest as a payment does.
  const isRest = balance.paidMinor + balance.creditedMinor > 0;
  const isGiven = dunningCase.standing === 'settled' && isRest;
  const forgiven = isGiven ? await forgivenOf(deps, after, returned.bookedOn) : NOTHING_FORGIVEN;
  return { payment, undone, balance: { ...balance, ...withForgiven(balance, forgiven) }, forgiven };
}

/** What was taken back: of the principal, and, where it had gone there, of interest and compensation; and what had been given up of the invoice, which is decided anew. */
function returnedDraft(
  { returned, creditId }: TakenPart,
  { undone, dunningCase, payment }: { undone: Undone; dunningCase: DunningCase; payment: Payment },
): HistoryDraft {
  const { currency, returnedOn } = payment;
  const money = (amountMinor: number) => moneyText({ amountMinor, currency });
  const { principalMinor, interestMinor, compensationMinor } = undone;
  const { grantedDiscountMinor: discountMinor, toleratedMinor } = dunningCase;
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
function heldToday({ dunningCase }: CaseFile, today: string): ReturnType<typeof placeHold> {
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
    today,
    part,
  }: {
    readonly balance: ReturnType<typeof balanceAfterReturn>;
    readonly drafts: readonly HistoryDraft[];
    readonly asked: { readonly drafts: readonly HistoryDraft[]; readonly opensTasks: readonly string[] };
    readonly at: string;
    readonly today: string;
    readonly part: TakenPart;
  },
): CaseWrite {
  const { dunningCase } = file;
  const cycle = dunningCase.cycle + 1;
  const { hold, drafts: held } = heldToday(file, today);
  const { transactionId } = part.returned;
  const reopened: HistoryDraft = { type: 'CaseReopened', actor: 'relance', data: { cycle, transactionId } };
  const disputes = disputesAgain(dunningCase.disputes);
  const block = blockAgain(dunningCase.blockAtClosing, today);
  const blocked: HistoryDraft[] = block
    ? [{ type: 'CaseBlocked', actor: 'relance', data: { until: block.until } }]
    : [];
  const standing: DunningCase['standing'] = block
    ? 'blocked'
    : standingUnblocked({ ...dunningCase, ...balance, disputes });
  const resumesFrom = resumptionOf(file);
  const edit = {
    drafts: [...drafts, reopened, ...blocked, ...held, ...asked.drafts],
    changes: { ...balance, hold, block, blockAtClosing: null, cycle, standing, disputes, resumesFrom },
    opensTasks: asked.opensTasks,
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
