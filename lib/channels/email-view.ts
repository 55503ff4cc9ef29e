import type { Language } from '../domain/customer.ts';
import type { NoticeFacts, NoticeInvoice, PastContact } from '../domain/notice.ts';
import type { Channel } from '../domain/step-claim.ts';
import { type ConfirmationView, confirmationView } from './confirmation-view.ts';
import { formatAmount, formatDate, formatIban, formatList, formatPeriod } from './format.ts';
import { type InvoiceView, invoiceView } from './invoice-view.ts';
import { claimedInvoices, invoicesToPay, owedMinor, paymentPayload, promisedMinor } from './payment-demand.ts';
import { oneLine, oneLineOrNull, webAddress } from './printable.ts';

/**
 * The variables of an email, of a call script and of a letter: written out in the language of the notice, on one line each; what does not apply is `null`. Those of
 * the first invoice stand at the top, those of every invoice in `invoices`.
 */
export interface EmailView
  extends Omit<InvoiceView, 'number' | 'isDue' | 'chargeLines' | 'interestPaid'>,
    ConfirmationView {
  readonly language: Language;
  readonly isConsumer: boolean;
  readonly isPublic: boolean;
  readonly creditorName: string;
  readonly phone: string;
  readonly phoneHref: string;
  readonly replyToAddress: string;
  readonly iban: string;
  readonly bic: string;
  readonly legalNotice: string;
  readonly privacyUrl: string | null;
  readonly signatoryName: string;
  readonly signatoryTitle: string;
  readonly customerName: string;
  readonly contactName: string | null;
  readonly contactPhone: string | null;
  readonly today: string;
  readonly respondBy: string;
  /** The days granted, as they follow « dans un délai de », "within", „innerhalb von“. */
  readonly grantsDays: string;
  readonly invoiceNumber: string;
  readonly invoices: readonly InvoiceView[];
  readonly isSeveral: boolean;
  /** Whether a part of any of the invoices is contested. */
  readonly isDisputed: boolean;
  readonly count: string;
  readonly hasNotDue: boolean;
  /** Whether some are due and some are not: the latter are listed for information. */
  readonly isMixed: boolean;
  /** What is outstanding on all the invoices, due or not. */
  readonly totalOutstanding: string;
  /** What is outstanding on all the invoices, with their charges. */
  readonly totalDue: string;
  /** What is asked for now, with its charges: the invoices whose due date has come, or all when none has. */
  readonly amountToPay: string;
  /** Whether that is more than one invoice, so that the transfer quotes their numbers. */
  readonly paysSeveral: boolean;
  readonly countToPay: string;
  /** What a transfer is to be made of: the promised amount in the confirmation of a promise, else what is asked for. */
  readonly transferAmount: string;
  readonly hasPaymentQr: boolean;
  readonly pastContacts: readonly { readonly on: string; readonly channel: string }[];
  readonly hasPastContacts: boolean;
  readonly promisedOn: string | null;
  readonly promisedAmount: string | null;
}

/**
 * The variables of an email, a call script or a letter for these facts. Only web addresses are linked to: any other URL is left out.
 */
export function emailView(facts: NoticeFacts): EmailView {
  const { language, today, lastPromise } = facts;
  const invoices = claimedInvoices(facts);
  const views = invoices.map((invoice) => invoiceView(invoice, { language, today }));
  const {
    number,
    isDue: _,
    chargeLines: _lines,
    interestPaid: _paid,
    ...first
  } = invoiceView(invoices[0], { language, today });
  return {
    ...first,
    ...partyVariables(facts),
    ...sums(facts),
    ...confirmationView(facts),
    language,
    today: formatDate(today, language),
    respondBy: formatDate(facts.respondBy, language),
    grantsDays: formatPeriod(facts.grantsDays, language),
    invoiceNumber: number,
    invoices: views,
    isSeveral: views.length > 1,
    isDisputed: views.some(({ disputed }) => disputed !== null),
    count: String(views.length),
    hasNotDue: views.some(({ isDue }) => !isDue),
    isMixed: views.some(({ isDue }) => !isDue) && views.some(({ isDue }) => isDue),
    pastContacts: pastContacts(facts.pastContacts, language),
    hasPastContacts: facts.pastContacts.some(reachedDebtor),
    promisedOn: lastPromise ? formatDate(lastPromise.promisedOn, language) : null,
    promisedAmount: lastPromise?.amountMinor ? formatAmount(lastPromise.amountMinor, invoices[0], language) : null,
  };
}

function partyVariables({ creditor, customer, contactName, contactPhone }: NoticeFacts) {
  return {
    isConsumer: customer.kind === 'consumer',
    isPublic: customer.kind === 'public',
    creditorName: oneLine(creditor.name),
    phone: oneLine(creditor.phone),
    phoneHref: creditor.phone.replace(/[^+\d]/g, ''),
    replyToAddress: oneLine(creditor.replyToAddress),
    iban: formatIban(creditor.iban),
    bic: oneLine(creditor.bic),
    legalNotice: oneLine(creditor.legalNotice),
    privacyUrl: webAddress(creditor.privacyUrl),
    signatoryName: oneLine(creditor.signatory.name),
    signatoryTitle: oneLine(creditor.signatory.title),
    customerName: oneLine(customer.name),
    contactName: oneLineOrNull(contactName),
    contactPhone: oneLineOrNull(contactPhone),
  };
}

function sums(facts: NoticeFacts) {
  const invoices = claimedInvoices(facts);
  const toPay = invoicesToPay(facts);
  const sum = (chosen: readonly NoticeInvoice[], minorOf: (invoice: NoticeInvoice) => number) =>
    summed(chosen, minorOf, facts.language);
  const interest = sum(invoices, ({ charges }) => charges?.interestMinor ?? 0);
  const compensation = sum(invoices, ({ charges }) => charges?.compensationMinor ?? 0);
  const promised = promisedMinor(facts);
  const amountToPay = sum(toPay, owedMinor) ?? '';
  return {
    totalOutstanding: sum(invoices, ({ outstandingMinor }) => outstandingMinor) ?? '',
    totalDue: sum(invoices, owedMinor) ?? '',
    amountToPay,
    transferAmount: promised === null ? amountToPay : formatAmount(promised, invoices[0], facts.language),
    paysSeveral: toPay.length > 1,
    countToPay: String(toPay.length),
    hasPaymentQr: paymentPayload(facts) !== null,
    hasCharges: interest !== null || compensation !== null,
    interest,
    compensation,
  };
}

/** The sum per currency, in the order they appear, as one enumeration; null when there is nothing to add up. */
function summed(
  invoices: readonly NoticeInvoice[],
  minorOf: (invoice: NoticeInvoice) => number,
  language: Language,
): string | null {
  const byCurrency = Map.groupBy(invoices, ({ currency }) => currency);
  const amounts = [...byCurrency.values()].flatMap((ofCurrency) => {
    const [first] = ofCurrency;
    const sumMinor = ofCurrency.reduce((sum, invoice) => sum + minorOf(invoice), 0);
    return first === undefined || sumMinor === 0 ? [] : [formatAmount(sumMinor, first, language)];
  });
  return amounts.length > 0 ? formatList(amounts, language) : null;
}

function pastContacts(contacts: readonly PastContact[], language: Language): EmailView['pastContacts'] {
  return contacts
    .filter(reachedDebtor)
    .map(({ on, channel }) => ({ on: formatDate(on, language), channel: CHANNEL_WORDS[language][channel] }));
}

/** Whether a contact was one with the debtor: a hand-over is a decision inside the house. */
function reachedDebtor({ channel }: PastContact): boolean {
  return channel !== 'hand-over';
}

const CHANNEL_WORDS: Readonly<Record<Language, Readonly<Record<Channel, string>>>> = {
  fr: {
    email: 'courriel',
    sms: 'SMS',
    call: 'appel téléphonique',
    letter: 'courrier',
    'registered-letter': 'lettre recommandée',
    'hand-over': 'transmission du dossier',
  },
  en: {
    email: 'email',
    sms: 'text message',
    call: 'telephone call',
    letter: 'letter',
    'registered-letter': 'registered letter',
    'hand-over': 'referral',
  },
  de: {
    email: 'E-Mail',
    sms: 'SMS',
    call: 'Anruf',
    letter: 'Brief',
    'registered-letter': 'Einschreiben',
    'hand-over': 'Übergabe',
  },
};
