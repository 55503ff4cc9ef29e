import type { CustomerFacts } from '../contracts/customer-view.ts';
import { effectiveProfile, profileReasons } from '../domain/case-file.ts';
import { payerFigures } from '../domain/payer-figures.ts';
import type { Ledger } from './ports.ts';

/** A debtor as finance knows them: who they are, how they pay, and which of their addresses do not work. Null when unknown. */
export async function viewCustomer(ledger: Ledger, customerId: string): Promise<CustomerFacts | null> {
  const record = await ledger.loadCustomer(customerId);
  if (!record) return null;
  const { customer, insolventSince, addressMarks, closedInvoices } = record;
  const { averageDaysLate } = payerFigures(closedInvoices);
  return {
    customer,
    profile: effectiveProfile(record),
    profileReasons: profileReasons(record),
    insolventSince,
    marks: Object.entries(addressMarks).map(([address, mark]) => ({ channel: channelOf(address), mark })),
    payer: { closedInvoices: closedInvoices.length, averageDaysLate },
  };
}

/** What an address that is marked is for: phone numbers are in international form, and what is neither is where letters go. */
function channelOf(address: string): 'email' | 'phone' | 'letter' {
  if (address.includes('@')) return 'email';
  return address.startsWith('+') ? 'phone' : 'letter';
}
