import type { Invoice } from '../domain/invoice.ts';

/** The numbers of invoices as the title of a task names them: `invoice 2026-0042`, `invoices 2026-0042, 2026-0043`. */
export function invoiceNumbers(invoices: readonly Pick<Invoice, 'number'>[]): string {
  const numbers = invoices.map(({ number }) => number).join(', ');
  return `${invoices.length === 1 ? 'invoice' : 'invoices'} ${numbers}`;
}
