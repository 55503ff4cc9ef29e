import type { AllocationTerms } from '../domain/allocate.ts';
import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import { isOwed, outstandingMinor } from '../domain/dunning-case.ts';
import type { OpenInvoice } from '../domain/matching/open-invoice.ts';
import { allocationTerms, type BookingDeps } from './allocation-terms.ts';

/** Cases read at a time. */
const READ_TOGETHER = 10;

/** Reads invoices as matching looks at them, for one payment of a value date: each case and each customer once. */
export class OpenInvoiceReader {
  readonly #deps: BookingDeps;
  readonly #valueOn: string;
  readonly #files = new Map<string, Promise<CaseFile | null>>();
  readonly #terms = new Map<string, Promise<AllocationTerms>>();
  readonly #customers = new Map<string, Promise<CustomerRecord | null>>();

  constructor(deps: BookingDeps, valueOn: string) {
    this.#deps = deps;
    this.#valueOn = valueOn;
  }

  /** The case of an invoice, or null. */
  file(invoiceId: string): Promise<CaseFile | null> {
    return known(this.#files, invoiceId, () => this.#deps.ledger.loadCaseFile(invoiceId));
  }

  /** The name of a customer; empty of one that is not known. */
  async nameOf(customerId: string): Promise<string> {
    const record = await known(this.#customers, customerId, () => this.#deps.ledger.loadCustomer(customerId));
    return record?.customer.name ?? '';
  }

  /** What these invoices can take of the money now; one that is closed takes nothing. */
  async read(invoiceIds: readonly string[]): Promise<OpenInvoice[]> {
    const found: OpenInvoice[] = [];
    for (let start = 0; start < invoiceIds.length; start += READ_TOGETHER) {
      const files = await Promise.all(invoiceIds.slice(start, start + READ_TOGETHER).map((id) => this.file(id)));
      found.push(
        ...(await Promise.all(files.filter((file) => file !== null).map((file) => this.#openInvoiceOf(file)))),
      );
    }
    return found;
  }

  /** How little may be missing of these invoices for them to be closed all the same, by the strictest of their policies, in minor units. */
  async toleranceMinor(invoiceIds: readonly string[]): Promise<number> {
    const files = await Promise.all(invoiceIds.map((id) => this.file(id)));
    const terms = await Promise.all(files.filter((file) => file !== null).map((file) => this.#termsOf(file)));
    return terms.length === 0 ? 0 : Math.min(...terms.map(({ toleranceMinor }) => toleranceMinor));
  }

  #termsOf(file: CaseFile): Promise<AllocationTerms> {
    const load = () => allocationTerms(this.#deps, file, this.#valueOn);
    return known(this.#terms, file.dunningCase.invoice.invoiceId, load);
  }

  /** What an invoice owes, with what its delay has cost where that is paid first. A discount that an earlier payment came too late for is none any more. */
  async #openInvoiceOf(file: CaseFile): Promise<OpenInvoice> {
    const { dunningCase, payments } = file;
    const { invoiceId, number, paymentReference, customerId, dueOn, currency, totalMinor } = dunningCase.invoice;
    const { earlyPaymentDiscount } = dunningCase.invoice;
    const { compensationMinor, interestMinor } = (await this.#termsOf(file)).unpaidCharges;
    const isLate = payments.some(({ valueOn }) => earlyPaymentDiscount && valueOn > earlyPaymentDiscount.until);
    return {
      ...{ invoiceId, number, paymentReference, customerId, dueOn, currency },
      ...(earlyPaymentDiscount && !isLate && { earlyPaymentDiscount }),
      discountBaseMinor: totalMinor - dunningCase.creditedMinor,
      customerName: await this.nameOf(customerId),
      outstandingMinor: isOwed(dunningCase) ? outstandingMinor(dunningCase) + compensationMinor + interestMinor : 0,
    };
  }
}

function known<Value>(read: Map<string, Promise<Value>>, id: string, load: () => Promise<Value>): Promise<Value> {
  const value = read.get(id) ?? load();
  read.set(id, value);
  return value;
}
