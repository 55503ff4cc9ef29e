import * as z from 'zod/mini';
import { AmountMinorSchema, CalendarDateSchema, IdSchema, InstantSchema } from './identifiers.ts';

/** What a debtor may contest of an invoice. */
export const DISPUTE_CATEGORIES = [
  'price',
  'quantity',
  'quality',
  'delivery',
  'duplicate',
  'already-paid',
  'not-ordered',
  'contract',
  'other',
] as const;

/** How a dispute ends: founded (`upheld`), unfounded (`rejected`), or by an offer both sides took (`settled`). */
export const DISPUTE_RESOLUTIONS = ['upheld', 'rejected', 'settled'] as const;

/** What becomes of a dispute: `open`, then one of {@link DISPUTE_RESOLUTIONS}. */
const DISPUTE_STATES = ['open', ...DISPUTE_RESOLUTIONS] as const;

/**
 * What a debtor contests of an invoice: so much of it, or all (`amountMinor` null). `wasAskedBefore`: they raised it only after they had been asked before the due date whether anything
 * stood in the way, which makes it less credible. `ownerEmail` is who settles it (null: whoever owns the tasks). On `reviewOn` the owner is reminded, once
 * (`remindedOn`); one that ages is escalated, again and again (`escalatedOn`: the last time). `creditedMinor` is what was credited for it, `isUndecided` says that it ended because its invoice was paid and nobody decided on it, `taskIds` is the work that was asked for about it, the last at the end. `at` is the instant it was recorded.
 *
 * @see "La relance préventive", relanceclient.fr: a debtor who could speak before the due date contests less credibly afterwards
 */
export const DisputeSchema = z.object({
  disputeId: IdSchema,
  category: z.enum(DISPUTE_CATEGORIES),
  amountMinor: z.nullable(AmountMinorSchema),
  openedOn: CalendarDateSchema,
  wasAskedBefore: z.boolean(),
  ownerEmail: z.nullable(z.string()),
  reviewOn: CalendarDateSchema,
  remindedOn: z.nullable(CalendarDateSchema),
  escalatedOn: z.nullable(CalendarDateSchema),
  state: z.enum(DISPUTE_STATES),
  resolvedOn: z.nullable(CalendarDateSchema),
  creditedMinor: z.nullable(AmountMinorSchema),
  isUndecided: z.optional(z.boolean()),
  taskIds: z._default(z.array(z.string()), []),
  at: InstantSchema,
});

/** See {@link DisputeSchema}. */
export type Dispute = z.infer<typeof DisputeSchema>;

/** See {@link DISPUTE_RESOLUTIONS}. */
export type DisputeResolution = (typeof DISPUTE_RESOLUTIONS)[number];

/** The disputes that nobody has settled yet. */
export function openDisputes(disputes: readonly Dispute[]): Dispute[] {
  return disputes.filter(({ state }) => state === 'open');
}

/** What is contested of an invoice that owes so much, in minor units: all of it, or as many parts as are open, and never more than is owed. */
export function contestedMinor(disputes: readonly Dispute[], owedMinor: number): number {
  const contested = openDisputes(disputes).reduce((sum, { amountMinor }) => sum + (amountMinor ?? owedMinor), 0);
  return Math.min(contested, owedMinor);
}

/** The open dispute that contests the whole of an invoice and so keeps all of its notices back, or null. */
export function wholeDispute(disputes: readonly Dispute[]): Dispute | null {
  return disputes.find(({ state, amountMinor }) => state === 'open' && amountMinor === null) ?? null;
}
