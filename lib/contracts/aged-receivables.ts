import * as z from 'zod/mini';
import { amountText } from './money-text.ts';
import { PlausibleDateSchema } from './text-field.ts';

/** The query of `GET /reports/aged-receivables`: of today unless it names another day. */
export const AgedReceivablesQuerySchema = z.object({ on: z.optional(PlausibleDateSchema) });

/** Minor units by days past due. */
type AgedAmounts = Readonly<Record<'current' | '1-30' | '31-60' | '61-90' | 'over-90', number>>;

/** What was owed on a calendar date by days past due, by currency and customer; minor units. */
export interface AgedReceivables {
  readonly on: string;
  readonly currencies: readonly {
    readonly currency: string;
    readonly buckets: AgedAmounts;
    readonly totalMinor: number;
    readonly customers: readonly {
      readonly customerId: string;
      readonly name: string;
      readonly buckets: AgedAmounts;
      readonly totalMinor: number;
    }[];
  }[];
}

/** The answer of `GET /reports/aged-receivables`. */
export function agedReceivablesView({ on, currencies }: AgedReceivables) {
  return {
    on,
    currencies: currencies.map(({ currency, customers, ...owed }) => ({
      currency,
      ...agedView(owed, currency),
      customers: customers.map(({ customerId, name, ...own }) => ({ customerId, name, ...agedView(own, currency) })),
    })),
  };
}

function agedView({ buckets, totalMinor }: { buckets: AgedAmounts; totalMinor: number }, currency: string) {
  const text = (amountMinor: number) => amountText(amountMinor, currency);
  return {
    buckets: {
      current: text(buckets.current),
      '1-30': text(buckets['1-30']),
      '31-60': text(buckets['31-60']),
      '61-90': text(buckets['61-90']),
      'over-90': text(buckets['over-90']),
    },
    total: text(totalMinor),
  };
}
