import type { CustomerRecord } from '../domain/case-file.ts';
import { canonicalJson } from '../domain/history.ts';
import type { Ledger } from './ports.ts';
import { type Touch, touchOpenCases } from './touch-open-cases.ts';
import { withFreshRead } from './with-fresh-read.ts';

/**
 * Tells the open cases of a customer that changed, and takes the mark off that says they are still to be told. Whoever is interrupted in between leaves the mark, and the same request again
 * tells them all.
 */
export async function tellOpenCases(ledger: Ledger, touch: Touch): Promise<void> {
  const told = await ledger.loadCustomer(touch.customerId);
  await touchOpenCases(ledger, touch);
  await withFreshRead(async () => {
    const record = await ledger.loadCustomer(touch.customerId);
    // Changed again meanwhile: whoever did so tells the cases, and takes the mark off.
    if (!told || !record?.isTellingPending || !isAsTold(told, record)) return;
    const { isTellingPending, ...rest } = record;
    const customer = { record: { ...rest, version: record.version + 1 }, expectedVersion: record.version };
    await ledger.commit({ cases: [], customer });
  });
}

function isAsTold(told: CustomerRecord, now: CustomerRecord): boolean {
  return told.insolventSince === now.insolventSince && canonicalJson(told.customer) === canonicalJson(now.customer);
}
