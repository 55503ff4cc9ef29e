import type { Language } from '../domain/customer.ts';
import { decimalFromMinor } from '../domain/money.ts';

const NARROW_NO_BREAK_SPACE = '\u202F';
const NO_BREAK_SPACE = '\u00A0';

// Written out because the first use of Intl.DateTimeFormat costs a cold start 10 to 22 ms.
const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
};

/** How each language groups thousands and sets off decimals. */
const SEPARATORS: Readonly<Record<Language, { readonly thousands: string; readonly decimals: string }>> = {
  fr: { thousands: NARROW_NO_BREAK_SPACE, decimals: ',' },
  en: { thousands: ',', decimals: '.' },
  de: { thousands: '.', decimals: ',' },
};

const DAYS: Readonly<Record<Language, { readonly one: string; readonly several: string }>> = {
  fr: { one: 'jour', several: 'jours' },
  en: { one: 'day', several: 'days' },
  de: { one: 'Tag', several: 'Tage' },
};

const AND: Readonly<Record<Language, string>> = { fr: 'et', en: 'and', de: 'und' };

/**
 * The currencies whose sign names one currency only to the readers of these languages; the others are written by their
 * ISO 4217 code.
 */
const SIGNS: Readonly<Record<string, string>> = { EUR: '€', GBP: '£' };

/**
 * An amount as it is written in a language, for emails: `1 234,50 €` in French, with the no-break spaces of its
 * typography, `€1,234.50` in English, `1.234,50 €` in German.
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
  const number = formatDecimal(decimalFromMinor(amountMinor, exponent), language);
  const sign = SIGNS[currency];
  if (language !== 'en') return `${number}${NO_BREAK_SPACE}${sign ?? currency}`;
  return sign ? `${sign}${number}` : `${currency}${NO_BREAK_SPACE}${number}`;
}

/** A rate in per cent, from its decimal string: `12,40 %` in French and German, `12.40%` in English. */
export function formatRate(percent: string, language: Language): string {
  const number = formatDecimal(percent, language);
  return language === 'en' ? `${number}%` : `${number}${NO_BREAK_SPACE}%`;
}

/** A calendar date in words: `1er octobre 2026` in French, `1 October 2026` in English, `1. Oktober 2026` in German. */
export function formatDate(date: string, language: Language): string {
  const [year = '', month, day] = date.split('-');
  const name = MONTHS[language][Number(month) - 1] ?? '';
  return `${dayOfMonth(Number(day), language)} ${name} ${year}`;
}

/**
 * A calendar date in digits, day first, as each language writes it: `01/10/2026`, in German `01.10.2026`. For text
 * messages, where every character counts.
 */
export function formatShortDate(date: string, language: Language): string {
  return date
    .split('-')
    .reverse()
    .join(language === 'de' ? '.' : '/');
}

/** An IBAN in its printed form, in groups of four (ISO 13616). */
export function formatIban(iban: string): string {
  return inFours(iban.replace(/\s/g, ''));
}

/** A creditor reference in its printed form, in groups of four (ISO 11649); a reference of another kind as it is. */
export function formatReference(reference: string): string {
  return isCreditorReference(reference) ? inFours(reference) : reference;
}

/** Whether a reference has the shape of a creditor reference (ISO 11649). */
export function isCreditorReference(reference: string): boolean {
  return /^RF\d{2}[A-Z0-9]{1,21}$/.test(reference);
}

/** A number of days in words: `1 jour`, `12 jours`, `1 day`, `12 days`, `1 Tag`, `12 Tage`. */
export function formatDays(days: number, language: Language): string {
  const { one, several } = DAYS[language];
  // French has the singular for 0 too.
  const isOne = days === 1 || (language === 'fr' && days === 0);
  return `${days}${NO_BREAK_SPACE}${isOne ? one : several}`;
}

/**
 * A number of days as a time that is granted, such as it follows « dans un délai de », "within" and „innerhalb von“: German
 * has it in the dative, `8 Tagen`.
 */
export function formatPeriod(days: number, language: Language): string {
  const words = formatDays(days, language);
  return language === 'de' && days !== 1 ? `${words}n` : words;
}

/** Several texts as one enumeration: `a, b et c`, `a, b and c`, `a, b und c`. */
export function formatList(texts: readonly string[], language: Language): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} ${AND[language]} ${last}`;
}

function formatDecimal(decimal: string, language: Language): string {
  const { thousands, decimals } = SEPARATORS[language];
  const [whole = '', fraction] = decimal.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return fraction === undefined ? digits : `${digits}${decimals}${fraction}`;
}

function dayOfMonth(day: number, language: Language): string {
  if (language === 'de') return `${day}.`;
  return language === 'fr' && day === 1 ? '1er' : String(day);
}

function inFours(text: string): string {
  return text.replace(/(.{4})(?=.)/g, '$1 ');
}
