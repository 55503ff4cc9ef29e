import { amountText } from './money-text.ts';
import { type UnappliedCash, unappliedCashItemView } from './unapplied-cash-view.ts';

/** An invoice of which something is owed, in minor units of its currency; `daysLate` is 0 up to the due date. */
interface OpenItem {
  readonly invoiceId: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly billedMinor: number;
  readonly outstandingMinor: number;
  readonly daysLate: number;
}

/** What a customer owes on a calendar date, by currency, and what they paid that no invoice has taken. */
export interface CustomerStatement {
  readonly customerId: string;
  readonly on: string;
  readonly currencies: readonly {
    readonly currency: string;
    readonly items: readonly OpenItem[];
    readonly totalMinor: number;
  }[];
  readonly unapplied: readonly UnappliedCash[];
}

/** The answer of `GET /customers/{customerId}/statement`. */
export function customerStatementView({ customerId, on, currencies, unapplied }: CustomerStatement) {
  return {
    customerId,
    on,
    currencies: currencies.map(({ currency, items, totalMinor }) => ({
      currency,
      items: items.map((item) => openItemView(item, currency)),
      total: amountText(totalMinor, currency),
    })),
    unapplied: unapplied.map(unappliedCashItemView),
  };
}

function openItemView({ billedMinor, outstandingMinor, daysLate, ...item }: OpenItem, currency: string) {
  const { invoiceId, number, issuedOn, dueOn } = item;
  const [billed, outstanding] = [billedMinor, outstandingMinor].map((minor) => amountText(minor, currency));
  return { invoiceId, number, issuedOn, dueOn, billed, outstanding, daysLate };
}
