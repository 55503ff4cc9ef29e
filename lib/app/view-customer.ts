import type { CustomerFacts } from '../contracts/customer-view.ts';
import { effectiveProfile } from '../domain/case-file.ts';
import { payerFigures } from '../domain/payer-figures.ts';
import type { Ledger } from './ports.ts';

/** A debtor as finance knows them: who they are, how they pay, and which of their addresses do not work. Null when unknown. */
export async function viewCustomer(ledger: Ledger, customerId: string): Promise<CustomerFacts | null> {
  const record = await ledger.loadCustomer(customerId);
  if (!record) return null;
  const { customer, derivedProfile, insolventSince, addressMarks, closedInvoices } = record;
  const profile = effectiveProfile(record);
  const isDerived = profile !== null && customer.profile === undefined;
  const { averageDaysLate } = payerFigures(closedInvoices);
  return {
    customer,
    profile,
    profileReasons: isDerived ? (derivedProfile?.reasons ?? []) : [],
    insolventSince,
    marks: Object.entries(addressMarks).map(([address, mark]) => ({
      channel: address.includes('@') ? 'email' : 'phone',
      mark,
    })),
    payer: { closedInvoices: closedInvoices.length, averageDaysLate },
  };
}
