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
 * What a late payment costs beside the principal, worked out to a day: late-payment interest, which is the sum of its lines, and the recovery compensation. Amounts are
 * minor units of the invoice's currency.
 */
export const ChargesSchema = z.object({
  interestMinor: AmountMinorSchema,
  compensationMinor: AmountMinorSchema,
  lines: z.readonly(z.array(ChargeLineSchema)),
});

/** See {@link ChargesSchema}. */
export type Charges = Readonly<z.infer<typeof ChargesSchema>>;
