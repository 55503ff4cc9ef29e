import { exponentOf } from '../contracts/currency.ts';
import { calendarDaysBetween } from '../domain/calendar/business-day.ts';
import { type HolidayTable, regionOf } from '../domain/calendar/holiday-table.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { type Customer, languageOf } from '../domain/customer.ts';
import { outstandingMinor } from '../domain/dunning-case.ts';
import { ContractError } from '../domain/errors.ts';
import type { NoticeFacts } from '../domain/notice.ts';
import { timeZoneOf } from '../domain/plan/plan-next-step.ts';
import { respondByOn } from '../domain/plan/respond-by.ts';
import type { PolicyStep } from '../domain/policy.ts';
import type { Recipient } from '../domain/recipient.ts';

/** The creditor as a notice presents it. */
export type Creditor = NoticeFacts['creditor'];

/** What a notice is made of; `at` is the UTC instant it is written. */
export interface NoticeOccasion {
  readonly file: CaseFile;
  readonly customer: Customer;
  readonly step: PolicyStep;
  readonly recipient: Recipient;
  readonly creditor: Creditor;
  readonly creditorTimeZone: string;
  readonly holidays: HolidayTable;
  readonly at: string;
}

/** The facts a notice states, taken from the ledger at the moment of writing: what is owed now, how late it is today, and by when to answer. */
export function composeNotice(occasion: NoticeOccasion): NoticeFacts {
  const { file, customer, step, recipient, creditor, creditorTimeZone, holidays, at } = occasion;
  const { invoice, paidMinor } = file.dunningCase;
  const { number, issuedOn, dueOn, currency, totalMinor, paymentReference, purchaseOrder, documentUrl } = invoice;
  const exponent = exponentOf(currency);
  if (exponent === null) throw new ContractError(`invoice ${invoice.invoiceId} has unknown currency ${currency}`);
  const today = dateIn(at, timeZoneOf(customer, creditorTimeZone));
  return {
    language: languageOf(customer, recipient.contact),
    creditor,
    customer: { name: customer.name, kind: customer.kind },
    // What a shared mailbox is called is nobody's name to be greeted by.
    contactName: recipient.contact.role === 'generic' ? null : (recipient.contact.name ?? null),
    invoice: {
      ...{ number, issuedOn, dueOn, currency, exponent, totalMinor, paidMinor },
      outstandingMinor: outstandingMinor(file.dunningCase),
      ...(paymentReference && { paymentReference }),
      ...(purchaseOrder && { purchaseOrder }),
      ...(documentUrl && { documentUrl }),
    },
    stepId: step.stepId,
    level: step.level,
    today,
    daysLate: Math.max(0, calendarDaysBetween(dueOn, today)),
    respondBy: respondByOn(today, step, { region: regionOf(customer), holidays }),
  };
}
