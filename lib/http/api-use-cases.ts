import type { CaseFacts } from '../contracts/case-view.ts';
import type { HistoryPage } from '../contracts/history-view.ts';
import type { UnappliedCashPage } from '../contracts/unapplied-cash-view.ts';
import type { Customer } from '../domain/customer.ts';
import type { Invoice } from '../domain/invoice.ts';

/**
 * Which slice of a list: at most `limit` items (1–200) after `cursor`, which is what the slice before answered, or null
 * for the first.
 */
export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
}

/**
 * What the API asks of the application. `at` is the UTC instant the gateway took the request.
 *
 * Each may throw `Dunning.Unavailable` or `Dunning.Conflict`, which the caller is told to try again; anything else
 * thrown is a defect. `bad-cursor` says that a cursor was not one this list gave out.
 */
export interface ApiUseCases {
  registerInvoice(command: {
    invoice: Invoice;
    customer: Customer | null;
    bodyHash: string;
    at: string;
  }): Promise<'registered' | 'unchanged' | 'different-body' | 'unknown-customer'>;
  replaceCustomer(command: { customer: Customer; at: string }): Promise<'created' | 'replaced'>;
  viewCase(invoiceId: string, at: string): Promise<CaseFacts | null>;
  viewHistory(invoiceId: string, page: PageRequest): Promise<HistoryPage | 'bad-cursor' | null>;
  listUnappliedCash(page: PageRequest): Promise<UnappliedCashPage | 'bad-cursor'>;
}
