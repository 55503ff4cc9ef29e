import type { DeliveryReport } from '../contracts/delivery-event.ts';
import type { AddressMark } from '../domain/case-file.ts';
import { ContractError } from '../domain/errors.ts';
import { editCase } from './edit-case.ts';
import { editCustomer } from './edit-customer.ts';
import type { Ledger } from './ports.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** Marks the addresses a report says do not work, or whose owners complained, so that nothing goes there any more; what is marked already is not written again. */
export function markAddresses(ledger: Ledger, { invoiceId, event, recipients, at }: DeliveryReport): Promise<void> {
  const mark: AddressMark = event === 'complaint' ? 'complained' : 'bounced';
  return withFreshRead(async () => {
    const file = await ledger.loadCaseFile(invoiceId);
    if (!file) throw new ContractError(`case ${invoiceId} is gone`);
    const record = await ledger.loadCustomer(file.dunningCase.invoice.customerId);
    const addresses = recipients.filter((address) => record && record.addressMarks[address] === undefined);
    if (!record || addresses.length === 0) return;
    const marks = Object.fromEntries(addresses.map((address) => [address, mark]));
    const addressMarks = { ...record.addressMarks, ...marks };
    const draft = { type: 'ContactMarked', actor: 'ses', data: { mark, addresses: addresses.length } } as const;
    const { write } = editCase(file, { drafts: [draft] }, at);
    await ledger.commit({ cases: [write], customer: editCustomer(record, { addressMarks }) });
  });
}
