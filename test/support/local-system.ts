import { LocalClient } from '../../lib/local/client/local-client.ts';
import { synthesize } from '../../lib/local/synthesize.ts';
import { type LocalSystem, startLocalSystem } from '../../lib/local/system.ts';

/** A local system of one test file with somebody to talk to it, and what went wrong inside. */
export interface TestSystem {
  readonly client: LocalClient;
  readonly system: LocalSystem;
  readonly faults: unknown[];
  close(): Promise<void>;
}

/** Boots the real stack on free ports; the template is synthesized once for all files. Monday 5 January 2026, 09:00 in Paris, unless said otherwise. */
export async function startTestSystem(startAt = '2026-01-05T08:00:00Z'): Promise<TestSystem> {
  const cloudAssemblyFolder = await synthesize({ projectFolder: process.cwd() });
  const faults: unknown[] = [];
  const onError = (error: unknown) => faults.push(error);
  const system = await startLocalSystem({ cloudAssemblyFolder, port: 0, awsPort: 0, startAt, onError });
  return { client: new LocalClient(system.apiUrl), system, faults, close: () => system.close() };
}

/** The body of an invoice: 1 200.00 € due on Friday 30 January 2026, of a French bakery with an email address and a phone number. */
export function invoiceBody(invoiceId: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    invoiceId,
    number: invoiceId,
    issuedOn: '2025-12-31',
    dueOn: '2026-01-30',
    total: { amount: '1200.00', currency: 'EUR' },
    customer: customerBody(`C-${invoiceId}`),
    ...fields,
  };
}

/** The body of a customer. */
export function customerBody(customerId: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    customerId,
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

/** The body of a customer who can be reached in every way: people of all roles, phones, a postal address, a sales representative. */
export function wholeCustomerBody(customerId: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const domain = `${customerId.toLowerCase()}.example`;
  const address = { line1: '3 rue des Lices', postalCode: '35000', city: 'Rennes', country: 'FR' };
  const contacts = [
    { role: 'accounts-payable', name: 'Anne Martin', email: `compta@${domain}`, phone: '+33612345601' },
    { role: 'approver', name: 'Luc Morel', email: `achats@${domain}`, phone: '+33612345602' },
    { role: 'finance-director', name: 'Claire Petit', email: `daf@${domain}`, phone: '+33612345603' },
    { role: 'managing-director', name: 'Jean Martin', email: `direction@${domain}`, phone: '+33612345604' },
    { role: 'generic', email: `contact@${domain}` },
  ];
  return customerBody(customerId, { address, contacts, salesRep: { email: 'paul@vendeur.example' }, ...fields });
}

/** The body of a bank credit that names an invoice by its number. */
export function creditBody(
  transactionId: string,
  invoiceNumber: string,
  amount = '1200.00',
  currency = 'EUR',
): Record<string, unknown> {
  return {
    transactionId,
    kind: 'credit',
    amount: { amount, currency },
    bookedOn: '2026-02-02',
    valueOn: '2026-02-02',
    remittance: `FACTURE ${invoiceNumber}`,
  };
}
