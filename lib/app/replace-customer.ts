import { type CustomerRecord, newCustomerRecord } from '../domain/case-file.ts';
import type { Customer } from '../domain/customer.ts';
import { canonicalJson, type HistoryDraft } from '../domain/history.ts';
import { isSameAddress, postalAddressMarked } from '../domain/recipient.ts';
import { nameFilings } from './find-payers.ts';
import type { PolicyBook } from './policy-book.ts';
import type { CustomerWrite, Ledger } from './ports.ts';
import { repinned } from './repin-policy.ts';
import { tellOpenCases } from './tell-open-cases.ts';
import type { Touch } from './touch-open-cases.ts';
import { withFreshRead } from './with-fresh-read.ts';

/**
 * Creates or replaces a customer. Notices read the customer when they are written, so the next one goes to the new contacts; the open cases are planned again, because hours, profile and
 * who can be reached may have changed. The same request again tells them all when the first could not.
 *
 * @returns `unknown-policy` when the customer names a policy that there is none of: nothing was written
 */
export async function replaceCustomer(
  deps: { ledger: Ledger; policies: PolicyBook },
  { customer, at }: { customer: Customer; at: string },
): Promise<'created' | 'replaced' | 'unknown-policy'> {
  if (customer.policy && !(await deps.policies.newest(customer.policy))) return 'unknown-policy';
  const stored = await withFreshRead(async () => {
    const known = await deps.ledger.loadCustomer(customer.customerId);
    await deps.ledger.commit({
      cases: [],
      customer: customerWrite(known, customer),
      filings: nameFilings(customer),
    });
    return known;
  });
  const touch = stored && changeTold(deps.policies, { stored, customer, at });
  if (touch) await tellOpenCases(deps.ledger, touch);
  return stored ? 'replaced' : 'created';
}

/**
 * The write of a customer over what was read; what the ledger knows beside the wire fields stays, but for marks of addresses that are gone. One that changed is marked until its open cases
 * were told.
 */
export function customerWrite(stored: CustomerRecord | null, customer: Customer): CustomerWrite {
  if (!stored) return { record: newCustomerRecord(customer), expectedVersion: null };
  const contacts = customer.contacts.flatMap(({ email, phone }) => [email, phone]).filter((one) => one !== undefined);
  const addresses = [...contacts, postalAddressMarked(customer)];
  const isKnown = (marked: string) => addresses.some((address) => isSameAddress(address, marked));
  const marks = Object.entries(stored.addressMarks).filter(([address]) => isKnown(address));
  const record = {
    ...stored,
    customer,
    addressMarks: Object.fromEntries(marks),
    ...(changedFields(stored.customer, customer).length > 0 && { isTellingPending: true }),
    version: stored.version + 1,
  };
  return { record, expectedVersion: stored.version };
}

/**
 * How the open cases of a customer learn that it changed, or was not told of before: the fields by name and none of their contents. Letters that lie ready for another address are taken
 * back, and a case whose policy is not for such a customer goes on under another. Null when there is nothing to tell.
 */
export function changeTold(
  policies: PolicyBook,
  { stored, customer, at }: { stored: CustomerRecord; customer: Customer; at: string },
): Touch | null {
  const changed = changedFields(stored.customer, customer);
  if (changed.length === 0 && !stored.isTellingPending) return null;
  const draft: HistoryDraft = { type: 'CustomerChanged', actor: 'billing', data: { changed } };
  const isElsewhere = postalAddressMarked(stored.customer) !== postalAddressMarked(customer);
  // What was not told of before may have been the address.
  const withdrawsLetters = isElsewhere || stored.isTellingPending === true;
  const { customerId } = customer;
  return { customerId, draft, at, consequence: (file) => repinned(policies, { file, customer, withdrawsLetters }) };
}

function changedFields(before: Customer, after: Customer): (keyof Customer)[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Customer)[];
  return fields.filter((field) => canonicalJson(before[field]) !== canonicalJson(after[field])).sort();
}
