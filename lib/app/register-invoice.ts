import { moneyText } from '../contracts/money-text.ts';
import type { CustomerRecord } from '../domain/case-file.ts';
import type { Customer } from '../domain/customer.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import { invariant } from '../domain/errors.ts';
import { canonicalJson, sealEntries } from '../domain/history.ts';
import type { Invoice } from '../domain/invoice.ts';
import { filingKeys } from '../domain/matching.ts';
import type { Policy } from '../domain/policy.ts';
import type { CaseChange, Ledger } from './ports.ts';
import { raiseTask } from './raise-task.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** An invoice to register. `customer` is null when the invoice names a known one; `bodyHash` tells a repeated request from a different one; `at` is a UTC instant. */
export interface RegisterInvoice {
  readonly invoice: Invoice;
  readonly customer: Customer | null;
  readonly bodyHash: string;
  readonly at: string;
}

/** What became of it. `unchanged`: the same body again, nothing written. `different-body`: the id is taken by another body, nothing written. */
export type Registration = 'registered' | 'unchanged' | 'different-body' | 'unknown-customer';

/**
 * Opens the case of an invoice: case, history, filing keys and customer in one transaction, so that its execution can start from the ledger alone.
 *
 * @throws ConflictError when the same customer is written by others again and again
 */
export function registerInvoice(
  deps: { ledger: Ledger; policy: Policy },
  command: RegisterInvoice,
): Promise<Registration> {
  return withFreshRead(async () => {
    const known = await deps.ledger.loadCaseFile(command.invoice.invoiceId);
    if (known) return known.dunningCase.bodyHash === command.bodyHash ? 'unchanged' : 'different-body';
    const stored = await deps.ledger.loadCustomer(command.invoice.customerId);
    const customer = command.customer ?? stored?.customer;
    if (!customer) return 'unknown-customer';
    await deps.ledger.commit(openCase(command, { customer, stored, policy: deps.policy }));
    return 'registered';
  });
}

interface Circumstances {
  readonly customer: Customer;
  readonly stored: CustomerRecord | null;
  readonly policy: Policy;
}

function openCase(command: RegisterInvoice, { customer, stored, policy }: Circumstances): CaseChange {
  const { invoice, bodyHash, at } = command;
  const asked = isReachable(customer) ? null : unreachable(invoice, at);
  const registered = { type: 'InvoiceRegistered', actor: 'billing', data: describe(invoice) } as const;
  const drafts = [registered, ...(asked ? [asked.draft] : [])];
  const entries = sealEntries(invoice.invoiceId, { seq: 0, hash: null }, at, drafts);
  const head = entries.at(-1);
  invariant(head !== undefined, `the history of ${invoice.invoiceId} starts empty`);
  const dunningCase: DunningCase = {
    invoice,
    cycle: 1,
    standing: 'open',
    paidMinor: 0,
    creditedMinor: 0,
    writtenOffMinor: 0,
    policy: { name: policy.name, version: policy.version },
    isFirstInvoice: !stored?.firstInvoiceId,
    registeredAt: at,
    bodyHash,
    version: 1,
    planRevision: 1,
    historySeq: head.seq,
    historyHash: head.hash,
  };
  return {
    ...{ expectedVersion: null, dunningCase, entries, wakes: false },
    filing: filingKeys(invoice),
    ...(asked && { tasks: [asked.task] }),
    ...customerWrite({ customer, stored, firstInvoiceId: stored?.firstInvoiceId ?? invoice.invoiceId }),
  };
}

function customerWrite(write: {
  customer: Customer;
  stored: CustomerRecord | null;
  firstInvoiceId: string;
}): Pick<CaseChange, 'customer'> {
  const { customer, stored, firstInvoiceId } = write;
  const isUnchanged =
    stored?.firstInvoiceId === firstInvoiceId && canonicalJson(stored.customer) === canonicalJson(customer);
  if (isUnchanged) return {};
  const record = { customer, firstInvoiceId, version: (stored?.version ?? 0) + 1 };
  return { customer: { record, expectedVersion: stored?.version ?? null } };
}

function isReachable(customer: Customer): boolean {
  return customer.contacts.some((contact) => contact.email || contact.phone);
}

function unreachable(invoice: Invoice, at: string): ReturnType<typeof raiseTask> {
  return raiseTask({
    kind: 'no-contact',
    invoiceId: invoice.invoiceId,
    customerId: invoice.customerId,
    title: `No way to reach the debtor of invoice ${invoice.number}`,
    reason: 'The customer has no contact with an email address or a phone number. Add one, or no notice can be sent.',
    at,
  });
}

function describe(invoice: Invoice): Record<string, unknown> {
  const { number, issuedOn, dueOn, totalMinor, currency, customerId } = invoice;
  return { number, issuedOn, dueOn, total: moneyText({ amountMinor: totalMinor, currency }), customerId };
}
