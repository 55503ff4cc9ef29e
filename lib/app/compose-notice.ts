import { exponentOf } from '../contracts/currency.ts';
import { calendarDaysBetween } from '../domain/calendar/business-day.ts';
import type { HolidayTable } from '../domain/calendar/holiday-table.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { type Confirmation, isConfirmation } from '../domain/confirmation.ts';
import { languageOf } from '../domain/customer.ts';
import {
  type DunningCase,
  disputedMinor,
  isDisputed,
  outstandingMinor,
  undisputedMinor,
} from '../domain/dunning-case.ts';
import { ContractError } from '../domain/errors.ts';
import type { ConfirmedOutcome, NoticeFacts, NoticeInvoice, PastContact } from '../domain/notice.ts';
import { type DebtorCalendar, debtorCalendar } from '../domain/plan/debtor-calendar.ts';
import { respondByOn } from '../domain/plan/respond-by.ts';
import { askedMinor, instalmentsNamed } from '../domain/plan-message.ts';
import { postalAddressOf, type Recipient } from '../domain/recipient.ts';
import type { MessageCharges } from './charges.ts';
import type { Message } from './gather-message.ts';

/** The creditor as a notice presents it, with the country its own addresses are in. */
export type Creditor = NoticeFacts['creditor'] & { readonly country: string };

/** When a message is written, and to whom: `at` is a UTC instant. */
interface WritingMoment {
  readonly message: Message;
  readonly recipient: Recipient;
  readonly creditorTimeZone: string;
  readonly holidays: HolidayTable;
  readonly at: string;
}

/** What a message is made of. `confirmation` is what it confirms, null of a notice; `charges` are what it claims beside the principal, as of its own date. */
export interface NoticeOccasion extends WritingMoment {
  readonly confirmation: Confirmation | null;
  readonly creditor: Creditor;
  readonly charges: MessageCharges;
}

/** The date of a message: the day it is where its recipient is. */
export function noticeDateOf(moment: WritingMoment): string {
  return dateIn(moment.at, calendarOf(moment).timeZone);
}

function calendarOf({ message, recipient, ...zones }: WritingMoment): DebtorCalendar {
  return debtorCalendar(message.record.customer, zones, recipient.contact);
}

/** The facts a message states, taken from the ledger at the moment of writing: what is owed now, how late it is today, and by when to answer. */
export function composeNotice(occasion: NoticeOccasion): NoticeFacts {
  const { message, recipient, creditor, confirmation, charges } = occasion;
  const { lead, record } = message;
  const { customer } = record;
  const calendar = calendarOf(occasion);
  const today = noticeDateOf(occasion);
  const [first, ...members] = message.members;
  const others = [...members.map(({ file }) => file), ...message.mentioned];
  const { country, ...presented } = creditor;
  const stated = (file: CaseFile) => noticeInvoice(file, { today, charges });
  return {
    language: languageOf(customer, recipient.contact),
    creditor: presented,
    customer: { name: customer.name, kind: customer.kind, address: postalAddressOf(customer, country) },
    // What a shared mailbox is called is nobody's name to be greeted by.
    contactName: recipient.contact.role === 'generic' ? null : (recipient.contact.name ?? null),
    contactPhone: recipient.contact.phone ?? null,
    invoices: [stated(first.file), ...mostOverdueFirst(others.map(stated))],
    stepId: lead.step.stepId,
    level: lead.step.level,
    today,
    respondBy: respondByOn(today, lead.step, calendar),
    grantsDays: lead.step.grantsDays,
    pastContacts: pastContacts(lead.file, calendar.timeZone),
    lastPromise: lastPromised(lead.file),
    confirms: confirmation && confirmedOutcome(confirmation, lead.file),
    instalments: confirmation ? instalmentsNamed(lead.file.dunningCase, confirmation) : [],
  };
}

/** What was promised last about the invoice of a notice, whatever has become of it. */
function lastPromised({ dunningCase }: CaseFile): NoticeFacts['lastPromise'] {
  const promise = dunningCase.promises.at(-1);
  return promise ? { promisedOn: promise.promisedOn, amountMinor: promise.amountMinor } : null;
}

/**
 * What is owed on one invoice, as a notice states it on a date, and what of it is contested and not asked for. Of an invoice that is contested as a whole there are no notices; the confirmation of that
 * states what is owed.
 */
function noticeInvoice(
  { dunningCase }: CaseFile,
  { today, charges }: { today: string; charges: MessageCharges },
): NoticeInvoice {
  const { invoice, paidMinor } = dunningCase;
  const { invoiceId, number, issuedOn, dueOn, currency, totalMinor } = invoice;
  const { paymentReference, purchaseOrder, documentUrl } = invoice;
  const exponent = exponentOf(currency);
  if (exponent === null) throw new ContractError(`invoice ${invoiceId} has unknown currency ${currency}`);
  return {
    ...{ invoiceId, number, issuedOn, dueOn, currency, exponent, totalMinor, paidMinor },
    daysLate: Math.max(0, calendarDaysBetween(dueOn, today)),
    ...claimedOf(dunningCase),
    ...(paymentReference && { paymentReference }),
    ...(purchaseOrder && { purchaseOrder }),
    ...(documentUrl && { documentUrl }),
    charges: charges.get(invoiceId)?.charges ?? null,
  };
}

function claimedOf(dunningCase: DunningCase): Pick<NoticeInvoice, 'outstandingMinor' | 'disputedMinor'> {
  if (isDisputed(dunningCase)) return { outstandingMinor: outstandingMinor(dunningCase), disputedMinor: 0 };
  return { outstandingMinor: undisputedMinor(dunningCase), disputedMinor: disputedMinor(dunningCase) };
}

function mostOverdueFirst(invoices: readonly NoticeInvoice[]): NoticeInvoice[] {
  return invoices.toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
}

/** The contacts a firmer notice recalls: what left or was made about this invoice so far. */
function pastContacts(file: CaseFile, timeZone: string): PastContact[] {
  return file.claims
    .filter(({ state, stepId }) => state === 'sent' && !isConfirmation(stepId))
    .map(({ postedOn, at, channel }) => ({ on: postedOn ?? dateIn(at, timeZone), channel }))
    .toSorted((one, other) => (one.on < other.on ? -1 : 1));
}

function confirmedOutcome(confirmation: Confirmation, { dunningCase }: CaseFile): ConfirmedOutcome {
  const { result, agreedOn, promisedOn, amountMinor, category } = confirmation;
  return {
    result,
    on: agreedOn,
    promisedOn: promisedOn ?? null,
    amountMinor: confirmation.plan ? askedMinor(dunningCase, confirmation) : (amountMinor ?? null),
    category: category ?? null,
  };
}
