import { timeZoneOfCountry } from '../calendar/country-time-zone.ts';
import { type HolidayTable, regionOf, territoryOf } from '../calendar/holiday-table.ts';
import type { Contact, Customer } from '../customer.ts';

/** The calendar that binds the notices to a debtor: the region's holidays, and the clock there. */
export interface DebtorCalendar {
  readonly region: string;
  readonly timeZone: string;
  readonly holidays: HolidayTable;
}

/** The zone whose hours bind the notices to a customer: their own, else that of where they are, else the creditor's. */
export function timeZoneOf(
  customer: Pick<Customer, 'timeZone' | 'country' | 'address'>,
  creditorTimeZone: string,
): string {
  return customer.timeZone ?? timeZoneOfCountry(territoryOf(customer)) ?? creditorTimeZone;
}

/** The calendar of a customer, on the clock of the contact who is written to when they keep another one. */
export function debtorCalendar(
  customer: Pick<Customer, 'timeZone' | 'country' | 'address'>,
  { creditorTimeZone, holidays }: { readonly creditorTimeZone: string; readonly holidays: HolidayTable },
  contact?: Pick<Contact, 'timeZone'>,
): DebtorCalendar {
  const timeZone = contact?.timeZone ?? timeZoneOf(customer, creditorTimeZone);
  return { region: regionOf(customer), timeZone, holidays };
}
