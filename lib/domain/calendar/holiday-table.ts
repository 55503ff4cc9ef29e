/**
 * The public holidays of one region, as `MM-DD` separated by spaces: those of every year, and those of each year from
 * `firstYear` on.
 */
export interface RegionHolidays {
  readonly everyYear: string;
  readonly byYear: readonly string[];
}

/**
 * Public holidays by region, written at build time to lib/generated/holidays.ts so that no function carries the library
 * they come from.
 *
 * A region is an ISO 3166-1 country code, {@link ALSACE_MOSELLE}, or the code of a French overseas territory.
 */
export interface HolidayTable {
  readonly firstYear: number;
  readonly regions: Readonly<Record<string, RegionHolidays>>;
}

/** The region of Bas-Rhin, Haut-Rhin and Moselle: France with Good Friday and 26 December (C. trav. L3134-13). */
export const ALSACE_MOSELLE = 'FR-ALSACE-MOSELLE';

/**
 * Whether a date is a public holiday of a region.
 *
 * A region that is not in the table has none: only its week-ends are closed. So it is for a year outside the table; a
 * plan is worked out again with every deployment and every fact, long before a notice is that far away.
 *
 * @param date calendar date `YYYY-MM-DD`
 */
export function isPublicHoliday(date: string, region: string, holidays: HolidayTable): boolean {
  const days = Object.hasOwn(holidays.regions, region) ? holidays.regions[region] : undefined;
  const ofYear = days?.byYear[Number(date.slice(0, 4)) - holidays.firstYear];
  if (days === undefined || ofYear === undefined) return false;
  const monthAndDay = date.slice(5);
  return days.everyYear.includes(monthAndDay) || ofYear.includes(monthAndDay);
}

/**
 * The region whose holidays bind a debtor: that of the postal address, else the country they are registered in.
 *
 * French addresses are told apart by their postcode: 57, 67, 68 are Alsace-Moselle; 971 to 988 are overseas, of which
 * 97133 is Saint-Barthélemy and 97150 Saint-Martin. An address whose country is already the territory (`RE`) needs no
 * postcode.
 *
 * @returns a region code, which the table may not know: then only week-ends are closed
 */
export function regionOf(debtor: {
  readonly country: string;
  readonly address?: { readonly postalCode: string; readonly country: string } | undefined;
}): string {
  const { country, address } = debtor;
  if (!address) return country;
  if (address.country !== 'FR') return address.country;
  const digits = address.postalCode.replace(/\D/g, '');
  if (digits.length !== 5) return 'FR';
  if (ALSACE_MOSELLE_DEPARTMENTS.includes(digits.slice(0, 2))) return ALSACE_MOSELLE;
  return OVERSEAS_BY_POSTCODE[digits] ?? OVERSEAS_BY_PREFIX[digits.slice(0, 3)] ?? 'FR';
}

/** The country or overseas territory a debtor is in, by ISO 3166-1: {@link regionOf} without the regions inside France. */
export function territoryOf(debtor: Parameters<typeof regionOf>[0]): string {
  const region = regionOf(debtor);
  return region === ALSACE_MOSELLE ? 'FR' : region;
}

const ALSACE_MOSELLE_DEPARTMENTS = ['57', '67', '68'];

/** Territories that kept a postcode of Guadeloupe. */
const OVERSEAS_BY_POSTCODE: Readonly<Record<string, string>> = { '97133': 'BL', '97150': 'MF' };

const OVERSEAS_BY_PREFIX: Readonly<Record<string, string>> = {
  '971': 'GP',
  '972': 'MQ',
  '973': 'GF',
  '974': 'RE',
  '975': 'PM',
  '976': 'YT',
  '977': 'BL',
  '978': 'MF',
  '986': 'WF',
  '987': 'PF',
  '988': 'NC',
};
