import type { CaseWrite, CustomerFiling } from '../app/ports.ts';
import { receiptMarks } from '../domain/matching/receipt-fingerprint.ts';
import type { FiledInvoices } from '../domain/matching.ts';
import type { CashReceipt } from '../domain/payment.ts';

/** What the ledger in memory files so that money can find it: invoices under what a payer may write, customers under who pays, receipts under what tells them apart. */
export class MemoryFiling {
  readonly #invoices = new Map<string, { byReference: string[]; byNumber: string[] }>();
  readonly #customers = new Map<string, Set<string>>();
  readonly #receipts = new Map<string, Set<string>>();

  /** The invoices under any of these keys. */
  invoicesUnder(keys: readonly string[]): FiledInvoices[] {
    return keys.flatMap((key) => {
      const filed = this.#invoices.get(key);
      return filed ? [structuredClone({ key, ...filed })] : [];
    });
  }

  /** The customers under a key, in the order of their ids. */
  customersUnder(key: string): string[] {
    return [...(this.#customers.get(key) ?? [])].toSorted();
  }

  /** The receipts with a fingerprint, in the order of their ids. */
  receiptsLike(fingerprint: string): string[] {
    return [...(this.#receipts.get(fingerprint) ?? [])].toSorted();
  }

  /** Files a receipt under its marks. */
  addReceipt(receipt: CashReceipt): void {
    const { transactionId, source } = receipt;
    for (const mark of source ? receiptMarks(receipt) : [])
      this.#receipts.set(mark, (this.#receipts.get(mark) ?? new Set()).add(transactionId));
  }

  /** Files a customer. */
  addCustomer({ key, customerId }: CustomerFiling): void {
    this.#customers.set(key, (this.#customers.get(key) ?? new Set()).add(customerId));
  }

  /** Files the invoice of a case. */
  addInvoice({ filing, dunningCase }: Pick<CaseWrite, 'filing' | 'dunningCase'>): void {
    const add = (key: string | null | undefined, attribute: 'byReference' | 'byNumber') => {
      if (!key) return;
      const filed = this.#invoices.get(key) ?? { byReference: [], byNumber: [] };
      filed[attribute] = [...new Set([...filed[attribute], dunningCase.invoice.invoiceId])];
      this.#invoices.set(key, filed);
    };
    add(filing?.paymentReference, 'byReference');
    add(filing?.invoiceNumber, 'byNumber');
  }
}
