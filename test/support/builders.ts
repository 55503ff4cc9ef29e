import type { ReceivedCash } from '../../lib/app/pay-into.ts';
import type { RegisterInvoice } from '../../lib/app/register-invoice.ts';
import type { Customer } from '../../lib/domain/customer.ts';
import type { Invoice } from '../../lib/domain/invoice.ts';

/** A French business with one email address and one phone number. */
export function aCustomer(fields: Partial<Customer> = {}): Customer {
  return {
    customerId: 'C-100',
    name: 'Boulangerie Martin SARL',
    kind: 'business',
    country: 'FR',
    language: 'fr',
    timeZone: 'Europe/Paris',
    contacts: [
      { role: 'accounts-payable', name: 'Anne Martin', email: 'compta@martin.example', phone: '+33612345678' },
    ],
    ...fields,
  };
}

/** {@link aCustomer} with a postal address and a contact of every role a step of the standard policy asks for. */
export function aReachableCustomer(fields: Partial<Customer> = {}): Customer {
  return aCustomer({
    address: { line1: '3 rue des Lices', postalCode: '35000', city: 'Rennes', country: 'FR' },
    contacts: [
      { role: 'accounts-payable', name: 'Anne Martin', email: 'compta@martin.example', phone: '+33612345678' },
      { role: 'approver', name: 'Luc Roy', email: 'luc@martin.example', phone: '+33612345679' },
      { role: 'finance-director', name: 'Eva Blin', email: 'eva@martin.example', phone: '+33612345680' },
      { role: 'managing-director', name: 'Jean Martin', email: 'jean@martin.example', phone: '+33612345681' },
      { role: 'generic', email: 'contact@martin.example' },
    ],
    salesRep: { name: 'Paul Renard', email: 'paul@vendeur.example' },
    ...fields,
  });
}

/** An invoice of 1 200.00 € due on Friday 30 January 2026. */
export function anInvoice(fields: Partial<Invoice> = {}): Invoice {
  return {
    invoiceId: 'INV-2026-0042',
    number: '2026-0042',
    issuedOn: '2025-12-31',
    dueOn: '2026-01-30',
    totalMinor: 120_000,
    currency: 'EUR',
    paymentReference: 'RF18539007547034',
    customerId: 'C-100',
    ...fields,
  };
}

/** The registration of {@link anInvoice} for {@link aCustomer} on Monday 5 January 2026. */
export function aRegistration(fields: Partial<RegisterInvoice> = {}): RegisterInvoice {
  return { invoice: anInvoice(), customer: aCustomer(), bodyHash: 'hash-1', at: '2026-01-05T08:00:00Z', ...fields };
}

/** A bank credit of 1 200.00 € that names {@link anInvoice} by its number. */
export function aCredit(fields: Partial<ReceivedCash> = {}): ReceivedCash {
  return {
    transactionId: 'BK-9001',
    kind: 'credit',
    amountMinor: 120_000,
    currency: 'EUR',
    bookedOn: '2026-02-02',
    valueOn: '2026-02-02',
    remittance: 'FACTURE 2026-0042',
    receivedAt: '2026-02-02T10:00:00Z',
    ...fields,
  };
}
