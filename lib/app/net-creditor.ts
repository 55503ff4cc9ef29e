import { moneyText } from '../contracts/money-text.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isOwed, outstandingMinor } from '../domain/dunning-case.ts';
import type { CashReceipt } from '../domain/payment.ts';
import type { Task } from '../domain/task.ts';
import type { Message } from './gather-message.ts';
import { holdForMoney, moneyTaskId } from './money-hold.ts';
import { raiseTask } from './raise-task.ts';
import type { ServingDeps } from './serving.ts';

/** A customer of whom we hold at least as much money as they owe, in one currency: the money, and the open cases it would pay. */
interface NetCreditor {
  readonly currency: string;
  readonly receipts: readonly CashReceipt[];
  readonly owing: readonly CaseFile[];
  /** The task that asks a person to offset them. One about the same money that somebody reported done says that it was dealt with. */
  readonly taskId: string;
}

/** The customer a message goes to, and the invoices of it that are in one currency. */
interface OwnInvoices {
  readonly customerId: string;
  readonly own: readonly string[];
}

/** Cases read from the ledger at a time. */
const READ_TOGETHER = 10;

/**
 * Holds the cases of a message whose debtor has at least as much money with us, that no invoice has taken, as they owe in the currency: nothing is sent about them, and one task asks a person to offset them. Their other open cases in that currency
 * that nothing keeps back yet wait with them.
 *
 * @param unapplied the money that is, or may be, of the debtor
 * @returns the ids of the invoices of the message that are held; none when the debtor owes more, or somebody has dealt with this money before
 */
export async function holdNetCreditor(
  deps: ServingDeps,
  message: Message,
  { unapplied: all, at }: { unapplied: readonly CashReceipt[]; at: string },
): Promise<string[]> {
  const { customerId } = message.record.customer;
  const unapplied = all.filter((receipt) => receipt.kind === 'credit' && receipt.customerId === customerId);
  const served = message.members.map(({ file }) => file.dunningCase.invoice);
  const currencies = new Set(served.map(({ currency }) => currency));
  const held: string[] = [];
  for (const currency of currencies) {
    const receipts = unapplied.filter((receipt) => receipt.currency === currency);
    const own = served.filter((invoice) => invoice.currency === currency).map(({ invoiceId }) => invoiceId);
    const creditor = await netCreditor(deps, { customerId, currency, receipts, own });
    if (!creditor) continue;
    if (await holdAll(deps, creditor, { message, own, at })) held.push(...own);
  }
  return held;
}

async function netCreditor(
  { ledger }: ServingDeps,
  { customerId, currency, receipts, own }: Pick<NetCreditor, 'currency' | 'receipts'> & OwnInvoices,
): Promise<NetCreditor | null> {
  const creditMinor = sumOf(receipts);
  if (creditMinor === 0) return null;
  // The list may not know the newest yet: those of the message are known to be open.
  const ids = [...new Set([...own, ...(await ledger.listOpenCaseIds(customerId))])];
  const owing: CaseFile[] = [];
  let owedMinor = 0;
  for (let start = 0; start < ids.length && owedMinor <= creditMinor; start += READ_TOGETHER) {
    const files = await Promise.all(ids.slice(start, start + READ_TOGETHER).map((id) => ledger.loadCaseFile(id)));
    const own = files
      .filter((file) => file !== null)
      .filter(({ dunningCase }) => isOwed(dunningCase) && dunningCase.invoice.currency === currency);
    owing.push(...own);
    owedMinor += own.reduce((sum, { dunningCase }) => sum + outstandingMinor(dunningCase), 0);
  }
  if (owedMinor > creditMinor) return null;
  const money = receipts.map(({ transactionId }) => transactionId).sort();
  const about = ['net-creditor', currency, ...money].join('/');
  return { currency, receipts, owing, taskId: await moneyTaskId(ledger, { subjectId: customerId, about }) };
}

/** Holds those of the message, and those nothing keeps back; false when a person has dealt with this money before. */
async function holdAll(
  deps: ServingDeps,
  creditor: NetCreditor,
  { message, own, at }: { message: Message; own: readonly string[]; at: string },
): Promise<boolean> {
  const known = await deps.ledger.loadTask(creditor.taskId);
  if (known?.state === 'done') return false;
  const today = dateIn(at, deps.creditorTimeZone);
  const free = creditor.owing
    .filter((file) => isFree(file, today))
    .map(({ dunningCase }) => dunningCase.invoice.invoiceId);
  const invoiceIds = [...new Set([...own, ...free])];
  for (const invoiceId of invoiceIds) {
    const ask = () => offsetTask(deps, creditor, { message, invoiceIds, at });
    await holdForMoney(deps.ledger, invoiceId, { reason: 'net-creditor', taskId: creditor.taskId, ask, today, at });
  }
  return true;
}

/** Whether nothing keeps a case back yet. */
function isFree({ dunningCase: { standing, hold } }: CaseFile, today: string): boolean {
  return standing === 'open' && (hold === null || (hold.until !== null && hold.until < today));
}

function offsetTask(
  { taskOwner }: ServingDeps,
  { currency, receipts, owing }: NetCreditor,
  { message, invoiceIds, at }: { message: Message; invoiceIds: readonly string[]; at: string },
): Task {
  const { customerId, name } = message.record.customer;
  const [first = '', ...others] = invoiceIds;
  const text = (amountMinor: number) => `${moneyText({ amountMinor, currency }).amount} ${currency}`;
  const owedMinor = owing.reduce((sum, { dunningCase }) => sum + outstandingMinor(dunningCase), 0);
  return raiseTask({
    ...{ kind: 'unapplied-cash', customerId, owner: taskOwner, at },
    invoiceIds: [first, ...others],
    title: `Offset what ${name} owes against money of theirs`,
    reason: `${text(sumOf(receipts))} of theirs is allocated to no invoice, and they owe ${text(owedMinor)}: nothing is sent to them. Allocate the money to the invoices, or pay it back, and say that it is done: notices go on then.`,
  }).task;
}

function sumOf(receipts: readonly CashReceipt[]): number {
  return receipts.reduce((sum, { unappliedMinor }) => sum + unappliedMinor, 0);
}
