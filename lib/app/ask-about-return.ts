import { moneyText } from '../contracts/money-text.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { type DunningCase, isOpenStanding } from '../domain/dunning-case.ts';
import type { CashReceipt } from '../domain/payment.ts';
import { invoiceNumbers } from './invoice-numbers.ts';
import { raiseTask } from './raise-task.ts';

/** What one invoice owes again, and its case. `isPaid`: only the cost of its delay is owed, and the case stays settled. */
interface OwedAgain {
  readonly isPaid: boolean;
  readonly part: { readonly amountMinor: number };
  readonly file: CaseFile;
}

/** The task that asks a person to call about a payment that was taken back from these invoices of one debtor; null when none of them is owed again. */
export function askAboutReturn(
  owed: readonly OwedAgain[],
  { credit, returned, at }: { credit: CashReceipt; returned: CashReceipt; at: string },
): ReturnType<typeof raiseTask> | null {
  const [first, ...others] = owed.toReversed().map(({ file }) => file.dunningCase.invoice);
  if (!first) return null;
  const amountMinor = owed.reduce((sum, { part }) => sum + part.amountMinor, 0);
  const { amount, currency } = moneyText({ amountMinor, currency: credit.currency });
  return raiseTask({
    kind: 'attention',
    invoiceIds: [first.invoiceId, ...others.map(({ invoiceId }) => invoiceId)],
    customerId: first.customerId,
    title: `A payment of ${invoiceNumbers([first, ...others])} was taken back: call`,
    reason: [
      `Transaction ${returned.transactionId} returns ${credit.transactionId}: ${amount} ${currency} is owed again.`,
      'Call the debtor and ask for the money another way; what the bank charged for it may be claimed. Unless something keeps it back, the next notice follows from the next open day on.',
      ...owed.flatMap(({ file, isPaid }) => (isPaid ? [paidAdvice(file.dunningCase)] : closedAdvice(file.dunningCase))),
    ].join(' '),
    about: `returned/${returned.transactionId}`,
    at,
  });
}

function paidAdvice({ invoice }: DunningCase): string {
  return `Invoice ${invoice.number} itself stays paid, and no notice follows: decide whether to ask for what its delay cost.`;
}

/** A case that was ended by a person, or that others collect, is not opened again. */
function closedAdvice({ standing, invoice }: DunningCase): string[] {
  if (isOpenStanding(standing) || standing === 'settled') return [];
  return [`The case of invoice ${invoice.number} is ${standing} and stays so: decide how to go on.`];
}
