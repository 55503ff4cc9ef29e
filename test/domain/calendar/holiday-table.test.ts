import { describe, expect, it } from 'vitest';
import { addCalendarDays } from '../../../lib/domain/calendar/business-day.ts';
import { ALSACE_MOSELLE, isPublicHoliday, regionOf } from '../../../lib/domain/calendar/holiday-table.ts';
import { HOLIDAYS } from '../../../lib/generated/holidays.ts';
import { easterSunday } from './easter.ts';

const YEARS = Array.from({ length: 17 }, (_, index) => 2024 + index);

/** The eleven days of C. trav. L3133-1. */
function legalDaysOfFrance(year: number): string[] {
  const easter = easterSunday(year);
  const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
  return [...fixed.map((day) => `${year}-${day}`), ...[1, 39, 50].map((days) => addCalendarDays(easter, days))];
}

function daysInTable(region: string, year: number): string[] {
  const days = Array.from({ length: 366 }, (_, index) => addCalendarDays(`${year}-01-01`, index));
  return days.filter((day) => day.startsWith(String(year)) && isPublicHoliday(day, region, HOLIDAYS));
}

function inOrder(days: readonly string[]): string[] {
  return [...new Set(days)].sort();
}

describe('the public holidays of France', () => {
  it.each(YEARS)('are the eleven legal days in %i', (year) => {
    expect(daysInTable('FR', year)).toEqual(inOrder(legalDaysOfFrance(year)));
  });

  it.each([
    { year: 2024, days: ['2024-04-01', '2024-05-09', '2024-05-20'] },
    { year: 2025, days: ['2025-04-21', '2025-05-29', '2025-06-09'] },
    { year: 2026, days: ['2026-04-06', '2026-05-14', '2026-05-25'] },
    { year: 2027, days: ['2027-03-29', '2027-05-06', '2027-05-17'] },
  ])('put Easter Monday, Ascension and Whit Monday of $year on the published dates', ({ year, days }) => {
    expect(daysInTable('FR', year)).toEqual(expect.arrayContaining(days));
  });

  it.each(YEARS)('add Good Friday and 26 December in Alsace and Moselle in %i', (year) => {
    const more = [addCalendarDays(easterSunday(year), -2), `${year}-12-26`];
    expect(daysInTable(ALSACE_MOSELLE, year)).toEqual(inOrder([...legalDaysOfFrance(year), ...more]));
  });

  // Good Friday is a holiday by custom in Guadeloupe and Martinique.
  it.each([
    { region: 'YT', abolition: '04-27', byCustom: [] },
    { region: 'MQ', abolition: '05-22', byCustom: [-2] },
    { region: 'GP', abolition: '05-27', byCustom: [-2] },
    { region: 'MF', abolition: '05-27', byCustom: [] },
    { region: 'GF', abolition: '06-10', byCustom: [] },
    { region: 'BL', abolition: '10-09', byCustom: [] },
    { region: 'RE', abolition: '12-20', byCustom: [] },
  ])('add the abolition of slavery in $region on $abolition', ({ region, abolition, byCustom }) => {
    for (const year of YEARS) {
      const more = [`${year}-${abolition}`, ...byCustom.map((days) => addCalendarDays(easterSunday(year), days))];
      expect(daysInTable(region, year)).toEqual(inOrder([...legalDaysOfFrance(year), ...more]));
    }
  });
});

describe('the holiday table', () => {
  it.each([
    { region: 'BE', day: '2026-07-21', name: 'national day of Belgium' },
    { region: 'LU', day: '2026-06-23', name: 'national day of Luxembourg' },
    { region: 'CH', day: '2026-08-01', name: 'national day of Switzerland' },
    { region: 'DE', day: '2026-10-03', name: 'German unity' },
    { region: 'AT', day: '2026-10-26', name: 'national day of Austria' },
    { region: 'IT', day: '2026-04-25', name: 'liberation of Italy' },
    { region: 'ES', day: '2026-10-12', name: 'national day of Spain' },
    { region: 'PT', day: '2026-06-10', name: 'day of Portugal' },
    { region: 'NL', day: '2026-04-27', name: "King's day" },
    { region: 'GB', day: '2026-08-31', name: 'summer bank holiday of England' },
    { region: 'IE', day: '2026-03-17', name: "Saint Patrick's day" },
    { region: 'US', day: '2026-11-26', name: 'Thanksgiving' },
    { region: 'CA', day: '2026-07-01', name: 'Canada day' },
    { region: 'PL', day: '2026-05-03', name: 'constitution of Poland' },
    { region: 'SE', day: '2026-06-06', name: 'national day of Sweden' },
    { region: 'DK', day: '2026-12-26', name: 'second day of Christmas' },
    { region: 'FI', day: '2026-12-06', name: 'independence of Finland' },
    { region: 'NO', day: '2026-05-17', name: 'constitution of Norway' },
    { region: 'CZ', day: '2026-09-28', name: 'Czech statehood' },
    { region: 'TN', day: '2026-03-20', name: 'independence of Tunisia' },
    { region: 'MA', day: '2026-11-18', name: 'independence of Morocco' },
    { region: 'JP', day: '2026-02-11', name: 'foundation of Japan' },
  ])('knows the $name', ({ region, day }) => {
    expect(isPublicHoliday(day, region, HOLIDAYS)).toBe(true);
  });

  it('moves a British holiday that falls on a Saturday to the Monday', () => {
    expect(isPublicHoliday('2026-12-28', 'GB', HOLIDAYS)).toBe(true);
  });

  it('dates the end of Ramadan by the day itself, not by the sunset it begins at', () => {
    expect(daysInTable('MA', 2026)).toContain('2026-03-20');
    expect(daysInTable('MA', 2026)).not.toContain('2026-03-19');
  });

  it('has no holidays for a country it does not know', () => {
    expect(isPublicHoliday('2026-01-01', 'XX', HOLIDAYS)).toBe(false);
    expect(isPublicHoliday('2026-01-01', 'constructor', HOLIDAYS)).toBe(false);
  });

  it.each(['2023-12-25', '2041-01-01'])('has no holidays in a year it does not cover (%s)', (day) => {
    expect(isPublicHoliday(day, 'FR', HOLIDAYS)).toBe(false);
  });

  it('covers 2024 to 2040 for every region', () => {
    expect(HOLIDAYS.firstYear).toBe(2024);
    for (const { byYear } of Object.values(HOLIDAYS.regions)) expect(byYear).toHaveLength(17);
  });

  it('stays small enough for every function to carry', () => {
    expect(JSON.stringify(HOLIDAYS).length).toBeLessThan(50_000);
  });
});

describe('the region of a debtor', () => {
  it.each([
    { postalCode: '35000', region: 'FR' },
    { postalCode: '57000', region: ALSACE_MOSELLE },
    { postalCode: '67 100', region: ALSACE_MOSELLE },
    { postalCode: 'F-68000', region: ALSACE_MOSELLE },
    { postalCode: '97110', region: 'GP' },
    { postalCode: '97133', region: 'BL' },
    { postalCode: '97150', region: 'MF' },
    { postalCode: '97200', region: 'MQ' },
    { postalCode: '97300', region: 'GF' },
    { postalCode: '97400', region: 'RE' },
    { postalCode: '97500', region: 'PM' },
    { postalCode: '97600', region: 'YT' },
    { postalCode: '98800', region: 'NC' },
    { postalCode: '20000', region: 'FR' },
    { postalCode: '5700', region: 'FR' },
    { postalCode: '', region: 'FR' },
  ])('is $region for the French postcode "$postalCode"', ({ postalCode, region }) => {
    expect(regionOf({ country: 'FR', address: { postalCode, country: 'FR' } })).toBe(region);
  });

  it('is the country without an address', () => {
    expect(regionOf({ country: 'BE' })).toBe('BE');
  });

  it('is the territory when the address names it', () => {
    expect(regionOf({ country: 'FR', address: { postalCode: '97400', country: 'RE' } })).toBe('RE');
  });

  it('is where the address is, not where the company is registered', () => {
    expect(regionOf({ country: 'DE', address: { postalCode: '67000', country: 'FR' } })).toBe(ALSACE_MOSELLE);
    expect(regionOf({ country: 'FR', address: { postalCode: '67000', country: 'DE' } })).toBe('DE');
  });
});
