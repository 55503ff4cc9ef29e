import type { Language } from '../domain/customer.ts';
import { decimalFromMinor } from '../domain/money.ts';

const NARROW_NO_BREAK_SPACE = '\u202F';
const NO_BREAK_SPACE = '\u00A0';

// Written out because the first use of Intl.DateTimeFormat costs a cold start 10 to 22 ms.
const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/**
 * The currencies whose sign names one currency only to the readers of these languages; the others are written by their
 * ISO 4217 code.
 */
const SIGNS: Readonly<Record<string, string>> = { EUR: '€', GBP: '£' };

/**
 * An amount as it is written in a language, for emails: `1 234,50 €` in French, with the no-break spaces of its
 * typography, `€1,234.50` in English.
 *
 * The digits come from the integer alone, never from a float.
 *
 * @param amountMinor minor units of `currency`
 * @param exponent decimals of the currency (ISO 4217)
 */
export function formatAmount(
  amountMinor: number,
  { currency, exponent }: { readonly currency: string; readonly exponent: number },
  language: Language,
): string {
  const [whole = '', decimals] = decimalFromMinor(amountMinor, exponent).split('.');
  const sign = SIGNS[currency];
  if (language === 'fr') {
    const number = [grouped(whole, NARROW_NO_BREAK_SPACE), decimals].filter((part) => part !== undefined).join(',');
    return `${number}${NO_BREAK_SPACE}${sign ?? currency}`;
  }
  const number = [grouped(whole, ','), decimals].filter((part) => part !== undefined).join('.');
  return sign ? `${sign}${number}` : `${currency}${NO_BREAK_SPACE}${number}`;
}

/** A calendar date in words: `1er octobre 2026` in French, `1 October 2026` in English. */
export function formatDate(date: string, language: Language): string {
  const [year = '', month, day] = date.split('-');
  const name = MONTHS[language][Number(month) - 1] ?? '';
  const dayOfMonth = language === 'fr' && day === '01' ? '1er' : String(Number(day));
  return `${dayOfMonth} ${name} ${year}`;
}

/**
 * A calendar date in digits, day first, as both languages write it: `01/10/2026`. For text messages, where every
 * character counts.
 */
export function formatShortDate(date: string): string {
  return date.split('-').reverse().join('/');
}

/** An IBAN in its printed form, in groups of four (ISO 13616). */
export function formatIban(iban: string): string {
  return inFours(iban.replace(/\s/g, ''));
}

/** A creditor reference in its printed form, in groups of four (ISO 11649); a reference of another kind as it is. */
export function formatReference(reference: string): string {
  return /^RF\d{2}[A-Z0-9]{1,21}$/.test(reference) ? inFours(reference) : reference;
}

/** A number of days in words: `1 jour`, `12 jours`, `1 day`, `12 days`. */
export function formatDays(days: number, language: Language): string {
  // French has the singular for 0 too.
  if (language === 'fr') return `${days}${NO_BREAK_SPACE}${days < 2 ? 'jour' : 'jours'}`;
  return `${days}${NO_BREAK_SPACE}${days === 1 ? 'day' : 'days'}`;
}

function inFours(text: string): string {
  return text.replace(/(.{4})(?=.)/g, '$1 ');
}

function grouped(digits: string, separator: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, separator);
}
