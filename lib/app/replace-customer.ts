import type { Customer } from '../domain/customer.ts';
import type { Ledger } from './ports.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** Creates or replaces a customer; notices read the customer when they are written, so the next one goes to the new contacts. */
export function replaceCustomer(deps: { ledger: Ledger }, customer: Customer): Promise<'created' | 'replaced'> {
  return withFreshRead(async () => {
    const stored = await deps.ledger.loadCustomer(customer.customerId);
    const record = { customer, firstInvoiceId: stored?.firstInvoiceId ?? null, version: (stored?.version ?? 0) + 1 };
    await deps.ledger.saveCustomer(record, stored?.version ?? null);
    return stored ? 'replaced' : 'created';
  });
}
