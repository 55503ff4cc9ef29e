import { moneyText } from '../contracts/money-text.ts';
import type { CustomerRecord } from '../domain/case-file.ts';
import type { Customer } from '../domain/customer.ts';
import { invariant } from '../domain/errors.ts';
import { canonicalJson, sealEntries } from '../domain/history.ts';
import type { Invoice } from '../domain/invoice.ts';
import { filingKeys } from '../domain/matching.ts';
import { newCase } from '../domain/new-case.ts';
import type { Policy } from '../domain/policy.ts';
import { nameFilings } from './find-payers.ts';
import { defaultPolicyName, type PolicyBook } from './policy-book.ts';
import type { Ledger, LedgerChange } from './ports.ts';
import { raiseTask } from './raise-task.ts';
import { changeTold, customerWrite } from './replace-customer.ts';
import { tellOpenCases } from './tell-open-cases.ts';
import type { Touch } from './touch-open-cases.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** An invoice to register. `customer` is null when the invoice names a known one; `bodyHash` tells a repeated request from a different one; `at` is a UTC instant. */
export interface RegisterInvoice {
  readonly invoice: Invoice;
  readonly customer: Customer | null;
  readonly bodyHash: string;
  readonly at: string;
}

/**
 * What became of it. `unchanged`: the same body again, nothing written. `different-body`: the id is taken by another body, nothing written. `unknown-policy`: the customer names one there is
 * none of, nothing written.
 */
export type Registration = 'registered' | 'unchanged' | 'different-body' | 'unknown-customer' | 'unknown-policy';

/** What registering needs: the ledger, and the policies a case can be pinned to. */
interface RegistrationDeps {
  readonly ledger: Ledger;
  readonly policies: PolicyBook;
  readonly taskOwner: string;
}

/**
 * Opens the case of an invoice: case, history, filing keys and customer in one transaction, so that its execution can start from the ledger alone. A customer that comes with it and
 * is not as it was known has the other open cases planned again, by the same request again when the first could not.
 *
 * @throws ConflictError when the same customer is written by others again and again
 */
export async function registerInvoice(deps: RegistrationDeps, command: RegisterInvoice): Promise<Registration> {
  const { registration, touch } = await withFreshRead(() => register(deps, command));
  if (touch) await tellOpenCases(deps.ledger, { ...touch, exceptIds: [command.invoice.invoiceId] });
  return registration;
}

async function register(
  deps: RegistrationDeps,
  command: RegisterInvoice,
): Promise<{ registration: Registration; touch: Touch | null }> {
  const nothing = (registration: Registration) => ({ registration, touch: null });
  const known = await deps.ledger.loadCaseFile(command.invoice.invoiceId);
  if (known && known.dunningCase.bodyHash !== command.bodyHash) return nothing('different-body');
  const stored = await deps.ledger.loadCustomer(command.invoice.customerId);
  const told = (customer: Customer) => stored && changeTold(deps.policies, { stored, customer, at: command.at });
  // What the billing system sent since is not undone: only what is stored is told again.
  if (known) return { registration: 'unchanged', touch: stored && told(stored.customer) };
  const customer = command.customer ?? stored?.customer;
  if (!customer) return nothing('unknown-customer');
  const policy = await deps.policies.newest(customer.policy ?? defaultPolicyName(customer.kind));
  if (!policy) return nothing('unknown-policy');
  await deps.ledger.commit(openCase(deps, command, { customer, stored, policy }));
  return { registration: 'registered', touch: told(customer) };
}

interface Circumstances {
  readonly customer: Customer;
  readonly stored: CustomerRecord | null;
  readonly policy: Policy;
}

function openCase(
  deps: RegistrationDeps,
  { invoice, bodyHash, at }: RegisterInvoice,
  { customer, stored, policy }: Circumstances,
): LedgerChange {
  const asked = isReachable(customer) ? null : unreachable(deps, invoice, at);
  const registered = { type: 'InvoiceRegistered', actor: 'billing', data: describe(invoice) } as const;
  const drafts = [registered, ...(asked ? [asked.draft] : [])];
  const entries = sealEntries(invoice.invoiceId, { seq: 0, hash: null }, at, drafts);
  const openTaskIds = asked ? [asked.task.taskId] : [];
  const head = entries.at(-1);
  invariant(head !== undefined, `the history of ${invoice.invoiceId} starts empty`);
  const dunningCase = newCase({
    ...{ invoice, policy, openTaskIds, registeredAt: at, bodyHash },
    isFirstInvoice: !stored?.firstInvoiceId,
    ...{ historySeq: head.seq, historyHash: head.hash },
  });
  const write = customerWrite(stored, customer);
  const record = { ...write.record, firstInvoiceId: stored?.firstInvoiceId ?? invoice.invoiceId };
  return {
    cases: [{ ...{ expectedVersion: null, dunningCase, entries, wakes: false }, filing: filingKeys(invoice) }],
    ...(asked && { tasks: [{ task: asked.task, expectedVersion: null }] }),
    ...(isChanged(stored, record) && { customer: { ...write, record }, filings: nameFilings(customer) }),
  };
}

function isChanged(stored: CustomerRecord | null, record: CustomerRecord): boolean {
  const { version: _, ...after } = record;
  if (!stored) return true;
  const { version: __, ...before } = stored;
  return canonicalJson(before) !== canonicalJson(after);
}

function isReachable(customer: Customer): boolean {
  return customer.contacts.some((contact) => contact.email || contact.phone);
}

function unreachable({ taskOwner }: RegistrationDeps, invoice: Invoice, at: string): ReturnType<typeof raiseTask> {
  return raiseTask({
    kind: 'no-contact',
    owner: taskOwner,
    invoiceIds: [invoice.invoiceId],
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
