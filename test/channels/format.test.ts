import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAmount,
  formatDate,
  formatDays,
  formatIban,
  formatList,
  formatPeriod,
  formatRate,
  formatReference,
  formatShortDate,
} from '../../lib/channels/format.ts';
import { decimalFromMinor } from '../../lib/domain/money.ts';

const NARROW = '\u202F';
const WIDE = '\u00A0';

describe('an amount', () => {
  it.each([
    {
      minor: 120_000,
      currency: 'EUR',
      exponent: 2,
      fr: `1${NARROW}200,00${WIDE}€`,
      en: '€1,200.00',
      de: `1.200,00${WIDE}€`,
    },
    { minor: 5, currency: 'EUR', exponent: 2, fr: `0,05${WIDE}€`, en: '€0.05', de: `0,05${WIDE}€` },
    { minor: 99_999, currency: 'GBP', exponent: 2, fr: `999,99${WIDE}£`, en: '£999.99', de: `999,99${WIDE}£` },
    {
      minor: 1_234_567,
      currency: 'JPY',
      exponent: 0,
      fr: `1${NARROW}234${NARROW}567${WIDE}JPY`,
      en: `JPY${WIDE}1,234,567`,
      de: `1.234.567${WIDE}JPY`,
    },
    {
      minor: 1_700_500,
      currency: 'TND',
      exponent: 3,
      fr: `1${NARROW}700,500${WIDE}TND`,
      en: `TND${WIDE}1,700.500`,
      de: `1.700,500${WIDE}TND`,
    },
    { minor: 100, currency: 'USD', exponent: 2, fr: `1,00${WIDE}USD`, en: `USD${WIDE}1.00`, de: `1,00${WIDE}USD` },
  ])('of $minor $currency is "$fr", "$en" and "$de"', ({ minor, currency, exponent, fr, en, de }) => {
    expect(formatAmount(minor, { currency, exponent }, 'fr')).toBe(fr);
    expect(formatAmount(minor, { currency, exponent }, 'en')).toBe(en);
    expect(formatAmount(minor, { currency, exponent }, 'de')).toBe(de);
  });

  it('is written as Intl writes it, for every number of cents', () => {
    const french = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });
    const german = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' });
    const english = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });
    fc.assert(
      fc.property(fc.maxSafeNat(), (minor) => {
        // Intl reads a decimal string exactly; a number would already be a rounded float.
        const decimal = decimalFromMinor(minor, 2) as `${number}`;
        expect(formatAmount(minor, { currency: 'EUR', exponent: 2 }, 'fr')).toBe(french.format(decimal));
        expect(formatAmount(minor, { currency: 'EUR', exponent: 2 }, 'en')).toBe(english.format(decimal));
        expect(formatAmount(minor, { currency: 'EUR', exponent: 2 }, 'de')).toBe(german.format(decimal));
      }),
    );
  });
});

describe('a date', () => {
  it.each([
    { date: '2026-10-31', fr: '31 octobre 2026', en: '31 October 2026', de: '31. Oktober 2026' },
    { date: '2026-08-05', fr: '5 août 2026', en: '5 August 2026', de: '5. August 2026' },
    { date: '2027-02-01', fr: '1er février 2027', en: '1 February 2027', de: '1. Februar 2027' },
  ])('of $date is "$fr", "$en" and "$de"', ({ date, fr, en, de }) => {
    expect(formatDate(date, 'fr')).toBe(fr);
    expect(formatDate(date, 'en')).toBe(en);
    expect(formatDate(date, 'de')).toBe(de);
  });

  it.each(Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}-15`))(
    'has the month of %s as Intl names it',
    (date) => {
      const options = { dateStyle: 'long', timeZone: 'UTC' } as const;
      expect(formatDate(date, 'fr')).toBe(new Intl.DateTimeFormat('fr-FR', options).format(new Date(date)));
      expect(formatDate(date, 'en')).toBe(new Intl.DateTimeFormat('en-GB', options).format(new Date(date)));
      expect(formatDate(date, 'de')).toBe(new Intl.DateTimeFormat('de-DE', options).format(new Date(date)));
    },
  );

  it('is short in a text message', () => {
    expect(formatShortDate('2026-10-31', 'fr')).toBe('31/10/2026');
    expect(formatShortDate('2026-10-31', 'en')).toBe('31/10/2026');
    expect(formatShortDate('2026-10-31', 'de')).toBe('31.10.2026');
  });
});

describe('the small print', () => {
  it('groups an IBAN in fours', () => {
    expect(formatIban('FR7630006000011234567890189')).toBe('FR76 3000 6000 0112 3456 7890 189');
    expect(formatIban('BE72 0000 0000 1616')).toBe('BE72 0000 0000 1616');
  });

  it('groups a creditor reference in fours and leaves other references as they are', () => {
    expect(formatReference('RF18539007547034')).toBe('RF18 5390 0754 7034');
    expect(formatReference('RF18ABCD')).toBe('RF18 ABCD');
    expect(formatReference('RFA-2026-0042')).toBe('RFA-2026-0042');
    expect(formatReference('000000123456')).toBe('000000123456');
  });

  it.each([
    { days: 1, fr: `1${WIDE}jour`, en: `1${WIDE}day`, de: `1${WIDE}Tag` },
    { days: 2, fr: `2${WIDE}jours`, en: `2${WIDE}days`, de: `2${WIDE}Tage` },
    { days: 0, fr: `0${WIDE}jour`, en: `0${WIDE}days`, de: `0${WIDE}Tage` },
  ])('counts $days days', ({ days, fr, en, de }) => {
    expect(formatDays(days, 'fr')).toBe(fr);
    expect(formatDays(days, 'en')).toBe(en);
    expect(formatDays(days, 'de')).toBe(de);
  });

  it('puts the days that are granted into the German dative', () => {
    expect(formatPeriod(8, 'de')).toBe(`8${WIDE}Tagen`);
    expect(formatPeriod(1, 'de')).toBe(`1${WIDE}Tag`);
    expect(formatPeriod(8, 'fr')).toBe(`8${WIDE}jours`);
    expect(formatPeriod(15, 'en')).toBe(`15${WIDE}days`);
  });

  it('writes a rate as the language does', () => {
    expect(formatRate('12.40', 'fr')).toBe(`12,40${WIDE}%`);
    expect(formatRate('12.40', 'en')).toBe('12.40%');
    expect(formatRate('12.40', 'de')).toBe(`12,40${WIDE}%`);
  });

  it('enumerates', () => {
    expect(formatList(['a'], 'fr')).toBe('a');
    expect(formatList(['a', 'b'], 'fr')).toBe('a et b');
    expect(formatList(['a', 'b', 'c'], 'en')).toBe('a, b and c');
    expect(formatList(['a', 'b'], 'de')).toBe('a und b');
  });
});
