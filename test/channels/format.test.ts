import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAmount,
  formatDate,
  formatDays,
  formatIban,
  formatReference,
  formatShortDate,
} from '../../lib/channels/format.ts';
import { decimalFromMinor } from '../../lib/domain/money.ts';

const NARROW = '\u202F';
const WIDE = '\u00A0';

describe('an amount', () => {
  it.each([
    { minor: 120_000, currency: 'EUR', exponent: 2, fr: `1${NARROW}200,00${WIDE}€`, en: '€1,200.00' },
    { minor: 5, currency: 'EUR', exponent: 2, fr: `0,05${WIDE}€`, en: '€0.05' },
    { minor: 99_999, currency: 'GBP', exponent: 2, fr: `999,99${WIDE}£`, en: '£999.99' },
    {
      minor: 1_234_567,
      currency: 'JPY',
      exponent: 0,
      fr: `1${NARROW}234${NARROW}567${WIDE}JPY`,
      en: `JPY${WIDE}1,234,567`,
    },
    { minor: 1_700_500, currency: 'TND', exponent: 3, fr: `1${NARROW}700,500${WIDE}TND`, en: `TND${WIDE}1,700.500` },
    { minor: 100, currency: 'USD', exponent: 2, fr: `1,00${WIDE}USD`, en: `USD${WIDE}1.00` },
  ])('of $minor $currency is "$fr" and "$en"', ({ minor, currency, exponent, fr, en }) => {
    expect(formatAmount(minor, { currency, exponent }, 'fr')).toBe(fr);
    expect(formatAmount(minor, { currency, exponent }, 'en')).toBe(en);
  });

  it('is written as Intl writes it, for every number of cents', () => {
    const french = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });
    const english = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });
    fc.assert(
      fc.property(fc.maxSafeNat(), (minor) => {
        // Intl reads a decimal string exactly; a number would already be a rounded float.
        const decimal = decimalFromMinor(minor, 2) as `${number}`;
        expect(formatAmount(minor, { currency: 'EUR', exponent: 2 }, 'fr')).toBe(french.format(decimal));
        expect(formatAmount(minor, { currency: 'EUR', exponent: 2 }, 'en')).toBe(english.format(decimal));
      }),
    );
  });
});

describe('a date', () => {
  it.each([
    { date: '2026-10-31', fr: '31 octobre 2026', en: '31 October 2026' },
    { date: '2026-08-05', fr: '5 août 2026', en: '5 August 2026' },
    { date: '2027-02-01', fr: '1er février 2027', en: '1 February 2027' },
  ])('of $date is "$fr" and "$en"', ({ date, fr, en }) => {
    expect(formatDate(date, 'fr')).toBe(fr);
    expect(formatDate(date, 'en')).toBe(en);
  });

  it.each(Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}-15`))(
    'has the month of %s as Intl names it',
    (date) => {
      const options = { dateStyle: 'long', timeZone: 'UTC' } as const;
      expect(formatDate(date, 'fr')).toBe(new Intl.DateTimeFormat('fr-FR', options).format(new Date(date)));
      expect(formatDate(date, 'en')).toBe(new Intl.DateTimeFormat('en-GB', options).format(new Date(date)));
    },
  );

  it('is short in a text message', () => {
    expect(formatShortDate('2026-10-31')).toBe('31/10/2026');
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
    { days: 1, fr: `1${WIDE}jour`, en: `1${WIDE}day` },
    { days: 2, fr: `2${WIDE}jours`, en: `2${WIDE}days` },
    { days: 0, fr: `0${WIDE}jour`, en: `0${WIDE}days` },
  ])('counts $days days', ({ days, fr, en }) => {
    expect(formatDays(days, 'fr')).toBe(fr);
    expect(formatDays(days, 'en')).toBe(en);
  });
});
