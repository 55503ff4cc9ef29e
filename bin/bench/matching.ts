import { matchPayment } from '../../lib/domain/matching/match-payment.ts';
import type { IncomingPayment, MatchCandidates, OpenInvoice } from '../../lib/domain/matching/open-invoice.ts';
import { nameKeys } from '../../lib/domain/matching/payer-keys.ts';
import { filingKeys, lookupKeys } from '../../lib/domain/matching.ts';
import { type BankMonth, generateMonth, type MonthSize } from './bank-month.ts';
import type { TruePayment } from './month-payments.ts';

/** How well and how fast a month of payments finds its invoices; seconds and memory are of this machine and this run. */
export interface MatchingRun {
  readonly payments: number;
  readonly invoices: number;
  readonly matchedPercent: number;
  /** Payments whose money went to an invoice it was not for, or in part. */
  readonly wrong: readonly TruePayment[];
  readonly paymentsPerSecond: number;
  readonly heapMegabytes: number;
  /** By what was noisy: matched, of how many. */
  readonly byNoise: Readonly<Record<string, readonly [number, number]>>;
}

/** The month that the issue asks for. */
const A_MONTH: MonthSize = { payments: 10_000, invoices: 20_000, debtors: 3000, seed: 4 };

/** Customers under one name key at most; see find-payers.ts. */
const NAMESAKES_MAX = 20;

/** Matches every payment of a generated month by the rules alone against what is open at that moment, and compares with the truth. What the books add is tested in test/app/month-of-payments.test.ts. */
export function measureMatching(size: MonthSize = A_MONTH): MatchingRun {
  const month = generateMonth(size);
  const open = new OpenItems(month);
  const heapBefore = process.memoryUsage().heapUsed;
  let heapMax = heapBefore;
  const wrong: TruePayment[] = [];
  const byNoise: Record<string, [number, number]> = {};
  let seconds = 0;
  for (const one of month.payments) {
    const startedAt = performance.now();
    const match = matchPayment({ payment: one.payment, candidates: open.candidatesFor(one.payment) });
    seconds += (performance.now() - startedAt) / 1000;
    const allocations = match.kind === 'matched' ? match.allocations : [];
    const isRight = allocations.every(({ invoiceId, amountMinor }) =>
      one.truth.some((part) => part.invoiceId === invoiceId && part.amountMinor === amountMinor),
    );
    if (!isRight) wrong.push(one);
    const isMatched = isRight && match.kind === 'matched' && allocations.length === one.truth.length;
    const [right, all] = byNoise[one.noise] ?? [0, 0];
    byNoise[one.noise] = [right + (isMatched ? 1 : 0), all + 1];
    open.apply(one.truth, allocations);
    if (right % 50 === 0) heapMax = Math.max(heapMax, process.memoryUsage().heapUsed);
  }
  const matched = Object.values(byNoise).reduce((sum, [count]) => sum + count, 0);
  return {
    ...{ payments: month.payments.length, invoices: month.invoices.length, wrong, byNoise },
    matchedPercent: (100 * matched) / month.payments.length,
    paymentsPerSecond: Math.round(month.payments.length / seconds),
    heapMegabytes: Math.round((heapMax - heapBefore) / 1e6),
  };
}

/** The open items of a month, indexed as the ledger files them. */
class OpenItems {
  readonly #invoices = new Map<string, OpenInvoice>();
  readonly #byReference = new Map<string, string[]>();
  readonly #byNumber = new Map<string, string[]>();
  readonly #byCustomer = new Map<string, string[]>();
  readonly #byName = new Map<string, string[]>();
  readonly #accounts: BankMonth['accounts'];

  constructor({ invoices, accounts }: BankMonth) {
    this.#accounts = accounts;
    const file = (index: Map<string, string[]>, key: string | null, id: string) => {
      if (key !== null) index.set(key, [...(index.get(key) ?? []), id]);
    };
    for (const invoice of invoices) {
      const { invoiceId, customerId, customerName } = invoice;
      this.#invoices.set(invoiceId, invoice);
      file(this.#byReference, filingKeys(invoice).paymentReference, invoiceId);
      file(this.#byNumber, filingKeys(invoice).invoiceNumber, invoiceId);
      file(this.#byCustomer, customerId, invoiceId);
      const isFirst = !this.#byCustomer.get(customerId)?.slice(1).length;
      if (isFirst) for (const key of nameKeys(customerName)) file(this.#byName, key, customerId);
    }
  }

  candidatesFor({
    remittance,
    endToEndId,
    structuredReference,
    debtorIban,
    debtorName,
  }: IncomingPayment): MatchCandidates {
    const keys = lookupKeys([structuredReference, remittance, endToEndId]);
    const ofCustomers = (customerIds: readonly string[]) =>
      this.#load(customerIds.flatMap((customerId) => this.#byCustomer.get(customerId) ?? []));
    return {
      byReference: this.#load(keys.flatMap((key) => this.#byReference.get(key) ?? [])),
      byNumber: this.#load(keys.flatMap((key) => this.#byNumber.get(key) ?? [])),
      byIban: ofCustomers(this.#accounts.get(debtorIban ?? '') ?? []),
      byName: ofCustomers(this.#namesakesOf(debtorName ?? '')),
    };
  }

  /** Takes what was really paid off what is open: a person has placed what was not matched. */
  apply(
    truth: TruePayment['truth'],
    allocations: readonly { readonly invoiceId: string; readonly forgivenMinor: number }[],
  ): void {
    for (const { invoiceId, amountMinor } of truth) {
      const invoice = this.#invoices.get(invoiceId);
      const forgivenMinor = allocations.find((one) => one.invoiceId === invoiceId)?.forgivenMinor ?? 0;
      if (!invoice) continue;
      const outstandingMinor = Math.max(0, invoice.outstandingMinor - amountMinor - forgivenMinor);
      this.#invoices.set(invoiceId, { ...invoice, outstandingMinor });
    }
  }

  #namesakesOf(name: string): string[] {
    const found = nameKeys(name).map((key) => this.#byName.get(key) ?? []);
    return [...new Set(found.filter(({ length }) => length <= NAMESAKES_MAX).flat())];
  }

  #load(invoiceIds: readonly string[]): OpenInvoice[] {
    return invoiceIds.flatMap((invoiceId) => this.#invoices.get(invoiceId) ?? []);
  }
}
