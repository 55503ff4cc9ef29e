import type { CustomerStatement } from '../contracts/customer-statement-view.ts';
import { calendarDaysBetween } from '../domain/calendar/business-day.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import { type DunningCase, isOwed, outstandingMinor } from '../domain/dunning-case.ts';
import type { CommandDeps } from './case-command.ts';
import { openCasesOf } from './open-cases-of.ts';
import { unappliedItemOf } from './unapplied-item.ts';

/** What a customer owes on the creditor's day of an instant, by currency, earliest due date first, and what they paid that no invoice has taken. Null when the customer is unknown. */
export async function viewStatement(
  { ledger, creditorTimeZone }: CommandDeps,
  customerId: string,
  at: string,
): Promise<CustomerStatement | null> {
  if (!(await ledger.loadCustomer(customerId))) return null;
  const on = dateIn(at, creditorTimeZone);
  const [cases, receipts] = await Promise.all([openCasesOf(ledger, customerId), ledger.listUnappliedOf(customerId)]);
  const owed = cases.filter(isOwed);
  const currencies = [...new Set(owed.map(({ invoice }) => invoice.currency))].sort();
  return {
    customerId,
    on,
    currencies: currencies.map((currency) => {
      const own = owed.filter(({ invoice }) => invoice.currency === currency);
      const totalMinor = own.reduce((sum, dunningCase) => sum + outstandingMinor(dunningCase), 0);
      return { currency, items: own.map((dunningCase) => openItemOf(dunningCase, on)), totalMinor };
    }),
    unapplied: receipts.filter((one) => one.kind === 'credit' && one.customerId === customerId).map(unappliedItemOf),
  };
}

function openItemOf(dunningCase: DunningCase, on: string): CustomerStatement['currencies'][number]['items'][number] {
  const { invoiceId, number, issuedOn, dueOn, totalMinor } = dunningCase.invoice;
  const daysLate = Math.max(0, calendarDaysBetween(dueOn, on));
  return {
    invoiceId,
    number,
    issuedOn,
    dueOn,
    billedMinor: totalMinor,
    outstandingMinor: outstandingMinor(dunningCase),
    daysLate,
  };
}
