import type { NoticeFacts } from '../../domain/notice.ts';
import { type EmailView, emailView } from '../email-view.ts';
import type { InvoiceView } from '../invoice-view.ts';
import type { EmailTemplates } from '../notice-templates.ts';
import { writeEmail } from '../render-email.ts';
import type { SourceFault } from './source-error.ts';
import type { LanguageSources } from './template-sources.ts';
import { chargesToConsumer, holes } from './wording-faults.ts';

type EmailParts = LanguageSources['emails'][string];

/** An email template: its name and the files of its parts. */
interface EmailSource {
  readonly name: string;
  readonly parts: EmailParts;
}

/**
 * What a debtor needs to pay, to answer, and to know who writes. What does not apply (`null`) is not asked for.
 */
const NEEDED = [
  ...(['creditorName', 'phone', 'replyToAddress', 'customerName', 'iban', 'bic'] as const),
  ...(['interest', 'compensation', 'legalNotice', 'privacyUrl'] as const),
];

/** What a debtor needs to recognise each invoice. */
const NEEDED_OF_INVOICE = [
  ...(['number', 'issuedOn', 'dueOn', 'outstanding', 'paid', 'credited', 'purchaseOrder', 'documentUrl'] as const),
  ...(['interest', 'compensation', 'interestPaid'] as const),
];

/**
 * What is wrong with the email that these facts make: it leaves out what a debtor needs to recognise every invoice, to
 * pay and to answer, or its subject is more than one line, or it asks nothing.
 */
export function emailFaults(
  templates: EmailTemplates,
  { name, parts }: EmailSource,
  facts: NoticeFacts,
): SourceFault[] {
  const view = emailView(facts);
  const { subject, html, text } = writeEmail(templates, name, facts);
  const faults: SourceFault[] = [
    ...missing(parts['subject.hbs'].file, subject, { invoiceNumber: view.invoiceNumber }),
    ...missing(parts.mjml.file, html, neededOf(view)),
    ...missing(parts['text.hbs'].file, text, neededOf(view)),
    ...holes(parts['subject.hbs'].file, subject),
    ...holes(parts.mjml.file, html),
    ...holes(parts['text.hbs'].file, text),
  ];
  if (view.isConsumer) {
    faults.push(...chargesToConsumer(parts.mjml.file, html), ...chargesToConsumer(parts['text.hbs'].file, text));
  }
  if (/\n/.test(subject)) {
    faults.push({ file: parts['subject.hbs'].file, problem: 'is more than one line', cure: 'write one line' });
  }
  if (!text.includes('?')) {
    const cure = 'ask for the date of payment or the reason against it';
    faults.push({ file: parts['text.hbs'].file, problem: 'asks no question', cure });
  }
  return faults;
}

function neededOf(view: EmailView): Record<string, string | null> {
  const needed: Record<string, string | null> = {};
  for (const variable of NEEDED) needed[variable] = view[variable];
  // One transfer for several invoices quotes their numbers, which are listed.
  if (!view.paysSeveral)
    Object.assign(needed, { reference: view.reference, unbrokenReference: view.unbrokenReference });
  for (const [index, invoice] of view.invoices.entries()) Object.assign(needed, neededOfInvoice(invoice, index));
  return needed;
}

function neededOfInvoice(invoice: InvoiceView, index: number): Record<string, string | null> {
  const entries = NEEDED_OF_INVOICE.map((variable) => [`invoices.${index}.${variable}`, invoice[variable]] as const);
  const lines = invoice.chargeLines.flatMap(({ amount, base, days, from, to, rate }, line) =>
    Object.entries({ amount, base, days, from, to, rate }).map(
      ([variable, value]) => [`invoices.${index}.chargeLines.${line}.${variable}`, value] as const,
    ),
  );
  return Object.fromEntries([...entries, ...lines]);
}

function missing(file: string, message: string, needed: Readonly<Record<string, string | null>>): SourceFault[] {
  return Object.entries(needed)
    .filter(([, value]) => value !== null && !message.includes(value))
    .map(([variable]) => ({ file, problem: `does not say {{${variable.split('.').at(-1)}}}`, cure: 'add it' }));
}
