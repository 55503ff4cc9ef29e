import type { Customer } from '../domain/customer.ts';

/**
 * A debtor as finance knows them. `profile` is the one their ladder follows, `profileReasons` are the sentences that say why; `insolventSince` is the day proceedings were
 * opened. `marks` say which kinds of their addresses do not work, and not which address: it stands in `customer`. `averageDaysLate` is null as long as they closed no invoice.
 */
export interface CustomerFacts {
  readonly customer: Customer;
  readonly profile: string | null;
  readonly profileReasons: readonly string[];
  readonly insolventSince?: string | null;
  readonly marks: readonly { readonly channel: string; readonly mark: string }[];
  readonly payer: { readonly closedInvoices: number; readonly averageDaysLate: number | null };
}

/** The answer of `GET /customers/{customerId}`. `customer` is what `PUT` takes. */
export function customerView({ customer, profile, profileReasons, insolventSince, marks, payer }: CustomerFacts) {
  return {
    customer,
    profile,
    profileReasons,
    insolventSince: insolventSince ?? null,
    marks: marks.map(({ channel, mark }) => ({ channel, mark })),
    payer: { closedInvoices: payer.closedInvoices, averageDaysLate: payer.averageDaysLate },
  };
}
