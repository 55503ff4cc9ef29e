import * as z from 'zod/mini';
import type { RecoveredByLevel } from '../domain/reports/recovered-by-level.ts';
import { CurrencyCodeSchema } from './currency.ts';
import { amountText } from './money-text.ts';
import { PlausibleDateSchema } from './text-field.ts';

/** The query of `GET /reports/collection`: a period, both of its dates included, and the currency of the invoices it looks at. */
export const CollectionQuerySchema = z
  .object({
    from: PlausibleDateSchema,
    to: PlausibleDateSchema,
    currency: z._default(CurrencyCodeSchema, 'EUR'),
  })
  .check(z.refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not be before from' }));

/** See {@link CollectionQuerySchema}. */
export type CollectionQuery = Readonly<z.infer<typeof CollectionQuerySchema>>;

/** How well a period collected what was owed in one currency, with one decimal; null where the figures allow no answer. What came in at each level is in minor units. */
export interface CollectionReport {
  readonly currency: string;
  readonly dsoDays: number | null;
  readonly dsoCountBackDays: number | null;
  readonly bestPossibleDsoDays: number | null;
  readonly averageDaysDelinquent: number | null;
  readonly collectionEffectivenessPercent: number | null;
  readonly promisesKeptPercent: number | null;
  readonly recoveredByLevel: RecoveredByLevel;
}

/** The answer of `GET /reports/collection`. */
export function collectionView({ from, to }: CollectionQuery, report: CollectionReport) {
  return {
    from,
    to,
    currency: report.currency,
    dsoDays: report.dsoDays,
    dsoCountBackDays: report.dsoCountBackDays,
    bestPossibleDsoDays: report.bestPossibleDsoDays,
    averageDaysDelinquent: report.averageDaysDelinquent,
    collectionEffectivenessPercent: report.collectionEffectivenessPercent,
    promisesKeptPercent: report.promisesKeptPercent,
    recoveredByLevel: recoveredView(report),
  };
}

function recoveredView({ recoveredByLevel, currency }: CollectionReport): Record<string, string> {
  return Object.fromEntries(
    Object.entries(recoveredByLevel).map(([level, amountMinor]) => [level, amountText(amountMinor, currency)]),
  );
}
