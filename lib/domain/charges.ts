import * as z from 'zod/mini';
import { AmountMinorSchema, CalendarDateSchema } from './identifiers.ts';

/** Days with one base and one yearly rate, both ends included, and the interest on them; the rate is a decimal string such as `"12.15"`. */
const ChargeLineSchema = z.object({
  from: CalendarDateSchema,
  to: CalendarDateSchema,
  days: z.int().check(z.positive()),
  baseMinor: AmountMinorSchema,
  annualRatePercent: z.string(),
  amountMinor: AmountMinorSchema,
});

/**
 * What a late payment costs beside the principal, worked out to a day: late-payment interest, which is the sum of its lines less what was paid of them (`interestPaidMinor`), and the
 * recovery compensation. Amounts are minor units of the invoice's currency.
 */
export const ChargesSchema = z.object({
  interestMinor: AmountMinorSchema,
  compensationMinor: AmountMinorSchema,
  lines: z.readonly(z.array(ChargeLineSchema)),
  interestPaidMinor: z.optional(AmountMinorSchema),
});

/** See {@link ChargesSchema}. */
export type Charges = Readonly<z.infer<typeof ChargesSchema>>;

/** What is left to claim of charges of which so much was paid, the oldest interest first: lines that are paid in full are left out. Never less than nothing: a payment of an earlier value date may make less due than was paid. */
export function unpaidOf(
  { interestMinor, compensationMinor, lines }: Charges,
  paid: { readonly interestMinor: number; readonly compensationMinor: number },
): Charges {
  let paidMinor = paid.interestMinor;
  let first = 0;
  for (const { amountMinor } of lines) {
    if (amountMinor > paidMinor) break;
    paidMinor -= amountMinor;
    first += 1;
  }
  const unpaid = lines.slice(first);
  return {
    interestMinor: Math.max(0, interestMinor - paid.interestMinor),
    compensationMinor: Math.max(0, compensationMinor - paid.compensationMinor),
    lines: unpaid,
    ...(unpaid.length > 0 && paidMinor > 0 && { interestPaidMinor: paidMinor }),
  };
}
