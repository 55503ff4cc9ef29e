import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import { ALSACE_MOSELLE, type HolidayTable, type RegionHolidays } from '../../lib/domain/calendar/holiday-table.ts';
import { readIfPresent } from './generated-file.ts';

const FIRST_YEAR = 2024;
const LAST_YEAR = 2040;

const EUROPE =
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MT NL NO PL PT RO SE SI SK'.split(' ');
const FRENCH_OVERSEAS = 'BL GF GP MF MQ NC PF PM RE WF YT'.split(' ');
const ELSEWHERE = 'AU BR CA CI HK JP MA MX NZ SG SN TN US ZA'.split(' ');

/**
 * Regions that the library knows under another key. The United Kingdom has no list of its own that holds in England:
 * the summer bank holiday is missing.
 */
const SOURCES: Readonly<Record<string, { country: string; state: string }>> = {
  [ALSACE_MOSELLE]: { country: 'FR', state: '67' },
  GB: { country: 'GB', state: 'ENG' },
};

type HolidaysConstructor = typeof Holidays;

/**
 * The text of lib/generated/holidays.ts: national public holidays from the library `date-holidays`. By its LICENSE file
 * the data are CC BY-SA 3.0, as they rest on Wikipedia articles named there; its package.json says CC-BY-3.0.
 *
 * Working it out takes seconds, so the file begins with a fingerprint of what it depends on.
 *
 * @param path the file as it was generated before; it is returned as it is when its fingerprint still holds
 */
export async function holidaysModule(path: string): Promise<string> {
  const header = `// Written by bin/generate.ts from date-holidays (data CC BY-SA 3.0). Inputs ${fingerprint()}\n`;
  const before = readIfPresent(path);
  if (before?.startsWith(header)) return before;
  const table = await holidayTable();
  return (
    `${header}import type { HolidayTable } from '../domain/calendar/holiday-table.ts';\n\n` +
    `/** Public holidays by region, ${FIRST_YEAR} to ${LAST_YEAR}. */\n` +
    `export const HOLIDAYS: HolidayTable = ${JSON.stringify(table, null, 1)};\n`
  );
}

async function holidayTable(): Promise<HolidayTable> {
  const { default: Library } = await import('date-holidays');
  const regions = [...EUROPE, ALSACE_MOSELLE, ...FRENCH_OVERSEAS, ...ELSEWHERE].sort();
  return {
    firstYear: FIRST_YEAR,
    regions: Object.fromEntries(regions.map((region) => [region, holidaysOf(region, Library)])),
  };
}

function holidaysOf(region: string, Library: HolidaysConstructor): RegionHolidays {
  const { country, state } = SOURCES[region] ?? { country: region, state: undefined };
  const calendar = state ? new Library(country, state) : new Library(country);
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) =>
    daysOfYear(calendar.getHolidays(FIRST_YEAR + index), FIRST_YEAR + index),
  );
  const [first] = years;
  if (!first || years.some((days) => days.size === 0)) throw new Error(`date-holidays knows no holidays of ${region}`);
  const everyYear = [...first].filter((day) => years.every((days) => days.has(day)));
  const byYear = years.map((days) =>
    [...days]
      .filter((day) => !everyYear.includes(day))
      .sort()
      .join(' '),
  );
  return { everyYear: everyYear.sort().join(' '), byYear };
}

/**
 * The public holidays of a year as `MM-DD`. Days are those of the calendar there, even where a feast begins at sunset
 * before; an afternoon counts whole.
 */
function daysOfYear(found: ReturnType<Holidays['getHolidays']>, year: number): Set<string> {
  const days = new Set<string>();
  for (const { type, date, start, end } of found) {
    if (type !== 'public') continue;
    const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
    for (let offset = 0; offset < length; offset += 1) {
      const day = new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + offset * 86_400_000).toISOString();
      if (day.startsWith(String(year))) days.add(day.slice(5, 10));
    }
  }
  return days;
}

function fingerprint(): string {
  const library = createRequire(import.meta.url).resolve('date-holidays/package.json');
  const hash = createHash('sha256')
    .update(readFileSync(library))
    .update(readFileSync(import.meta.filename));
  return hash.digest('hex').slice(0, 16);
}
