import { ContractError } from '../domain/errors.ts';
import type { NoticeFacts } from '../domain/notice.ts';
import { formatShortDate } from './format.ts';
import { gsm7Septets, toGsm7, truncatedToSeptets } from './gsm7.ts';
import { isDue } from './invoice-view.ts';
import { invoicesToPay } from './payment-demand.ts';

/** The longest creditor's name in a text message; a longer one is cut after its last whole word. */
const SMS_CREDITOR_NAME_SEPTETS_MAX = 30;

/** The longest invoice number in a text message; of a longer one the end is kept, which tells invoices apart best. */
const SMS_INVOICE_NUMBER_SEPTETS_MAX = 20;

/** The longest telephone number in a text message: E.164 has 15 digits and a plus. */
const SMS_PHONE_CHARACTERS_MAX = 16;

/**
 * The variables of an SMS template, in the alphabet of text messages and never longer than the limits above. Amounts
 * are not among them.
 */
export interface SmsView {
  readonly isConsumer: boolean;
  /** Whether something was paid or credited already, on any of the invoices it speaks of. */
  readonly isReduced: boolean;
  /** Whether it speaks of more than one invoice: those whose due date has come, or all when none has. */
  readonly isSeveral: boolean;
  readonly isDue: boolean;
  readonly count: string;
  readonly creditorName: string;
  readonly phone: string;
  readonly invoiceNumber: string;
  readonly dueOn: string;
}

/**
 * The variables of a text message for these facts.
 *
 * @throws ContractError when the creditor's telephone number is too long: a number cut short would be a wrong number
 */
export function smsView(facts: NoticeFacts): SmsView {
  const { customer, creditor, language, today } = facts;
  const [first] = facts.invoices;
  const invoices = invoicesToPay(facts);
  const phone = creditor.phone.replace(/[\s().-]/g, '');
  if (phone.length > SMS_PHONE_CHARACTERS_MAX) {
    throw new ContractError(
      `the creditor's phone "${phone}" is longer than ${SMS_PHONE_CHARACTERS_MAX} characters: ` +
        'configure it in E.164, such as +33123456789',
    );
  }
  return {
    isConsumer: customer.kind === 'consumer',
    isReduced: invoices.some(({ outstandingMinor, totalMinor }) => outstandingMinor !== totalMinor),
    isSeveral: invoices.length > 1,
    isDue: isDue(first, today),
    count: String(invoices.length),
    creditorName: shortName(toGsm7(creditor.name).trim()),
    phone: toGsm7(phone),
    invoiceNumber: endOf(toGsm7(first.number).trim()),
    dueOn: formatShortDate(first.dueOn, language),
  };
}

function shortName(name: string): string {
  const cut = truncatedToSeptets(name, SMS_CREDITOR_NAME_SEPTETS_MAX);
  if (cut === name) return name;
  const endsWithWord = name[cut.length] === ' ';
  const lastSpace = cut.lastIndexOf(' ');
  return endsWithWord || lastSpace < SMS_CREDITOR_NAME_SEPTETS_MAX / 2 ? cut : cut.slice(0, lastSpace);
}

function endOf(number: string): string {
  if (septets(number) <= SMS_INVOICE_NUMBER_SEPTETS_MAX) return number;
  let kept = number;
  while (septets(kept) > SMS_INVOICE_NUMBER_SEPTETS_MAX - 2) kept = kept.slice(1);
  return `..${kept}`;
}

function septets(text: string): number {
  return gsm7Septets(text) ?? text.length;
}
