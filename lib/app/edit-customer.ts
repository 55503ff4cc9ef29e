import type { CustomerRecord } from '../domain/case-file.ts';
import type { CustomerWrite } from './ports.ts';

/** What changes in the record of a debtor, over the version that was read. */
export function editCustomer(record: CustomerRecord, changes: Partial<Omit<CustomerRecord, 'version'>>): CustomerWrite {
  return { record: { ...record, ...changes, version: record.version + 1 }, expectedVersion: record.version };
}
