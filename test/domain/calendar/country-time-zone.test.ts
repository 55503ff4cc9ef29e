import { expect, it } from 'vitest';
import { timeZoneOfCountry } from '../../../lib/domain/calendar/country-time-zone.ts';
import { dateIn } from '../../../lib/domain/calendar/sending-window.ts';
import { timeZoneOf } from '../../../lib/domain/plan/debtor-calendar.ts';
import { HOLIDAYS } from '../../../lib/generated/holidays.ts';

it('knows a zone that exists for every country with holidays', () => {
  const countries = Object.keys(HOLIDAYS.regions).filter((region) => region.length === 2);
  const zones = countries.map((country) => [country, timeZoneOfCountry(country)] as const);
  expect(zones.filter(([, zone]) => zone === null)).toEqual([]);
  for (const [, zone] of zones) expect(dateIn('2026-01-05T12:00:00Z', zone!)).toMatch(/^2026-01-0[56]$/);
});

it.each([
  [{ country: 'US' }, 'America/New_York'],
  [
    { country: 'FR', address: { line1: '1 rue', postalCode: '97400', city: 'Saint-Denis', country: 'FR' } },
    'Indian/Reunion',
  ],
  [
    { country: 'FR', address: { line1: '1 quai', postalCode: '67000', city: 'Strasbourg', country: 'FR' } },
    'Europe/Paris',
  ],
  [{ country: 'US', timeZone: 'America/Los_Angeles' }, 'America/Los_Angeles'],
  [{ country: 'AQ' }, 'Europe/Paris'],
])('writes to %j by the clock of %s', (customer, zone) => {
  expect(timeZoneOf(customer, 'Europe/Paris')).toBe(zone);
});
