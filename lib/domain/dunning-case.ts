import * as z from 'zod/mini';
import { BlockSchema } from './block.ts';
import { ConfirmationSchema } from './confirmation.ts';
import { contestedMinor, DisputeSchema } from './dispute.ts';
import { invariant } from './errors.ts';
import { HoldSchema } from './hold.ts';
import { AmountMinorSchema, CalendarDateSchema, InstantSchema } from './identifiers.ts';
import { InstalmentPlanSchema, runningPlan } from './instalment-plan.ts';
import { InvoiceSchema } from './invoice.ts';
import { openPromise, PromiseToPaySchema } from './promise.ts';
import { RemarkSchema } from './remark.ts';
import { ResumptionSchema } from './resumption.ts';

/** The standings in which nothing of a case is worked on any more: it is paid or credited, it should never have been billed, it is given up, or others collect it. Only `settled` is ever left: when the payment is taken back. */
const CLOSED_STANDINGS = ['settled', 'cancelled', 'written-off', 'handed-over'] as const;

/** See {@link CLOSED_STANDINGS}. */
export type ClosedStanding = (typeof CLOSED_STANDINGS)[number];

/** What may stand in the way of dunning, or end it. */
export const STANDINGS = ['open', 'promised', 'disputed', 'instalments', 'blocked', ...CLOSED_STANDINGS] as const;

/**
 * The snapshot of a case: the invoice, its balance and its standing. One per invoice.
 *
 * `version` rises with every write. `planRevision` rises only with facts from outside that can change the plan (payments…), never with what the workflow
 * itself does. `historySeq` and `historyHash` are the head of the hash chain of its history. `openTaskIds` are the tasks a person still has about it; `hold` is why its notices
 * wait; `block` keeps everything back while the standing is `blocked`, `blockAtClosing` did when the case was closed; `promises` are those that were ever made, of which the standing `promised` awaits the open one; `disputes` are those that were ever raised, of which the standing `disputed` awaits those about
 * all that is owed; the standing `instalments` goes by the running `instalmentPlan`; `resumesFrom` is where the ladder goes on; `confirmations` are written confirmations that are to leave; `lastAnsweredOn` is when the debtor last said something about
 * it. `paidMinor` is what was paid of the invoice itself, `paidInterestMinor` and `paidCompensationMinor` what was paid of the cost of its delay, where that comes first.
 * `grantedDiscountMinor` of what was credited is the discount for paying early, `toleratedMinor` of what was written off a rest too small to chase: both hang on what was paid.
 * `remarks` are the reasons people gave for what they did to it, `handedOverTo` who collects it now.
 */
export const DunningCaseSchema = z.object({
  invoice: InvoiceSchema,
  cycle: z.int().check(z.positive()),
  standing: z.enum(STANDINGS),
  paidMinor: AmountMinorSchema,
  paidInterestMinor: z._default(AmountMinorSchema, 0),
  paidCompensationMinor: z._default(AmountMinorSchema, 0),
  creditedMinor: AmountMinorSchema,
  writtenOffMinor: AmountMinorSchema,
  grantedDiscountMinor: z._default(AmountMinorSchema, 0),
  toleratedMinor: z._default(AmountMinorSchema, 0),
  policy: z.object({ name: z.string(), version: z.int() }),
  isFirstInvoice: z.boolean(),
  openTaskIds: z.array(z.string()),
  hold: z.nullable(HoldSchema),
  block: z._default(z.nullable(BlockSchema), null),
  blockAtClosing: z._default(z.nullable(BlockSchema), null),
  confirmations: z.array(ConfirmationSchema),
  promises: z._default(z.array(PromiseToPaySchema), []),
  disputes: z._default(z.array(DisputeSchema), []),
  instalmentPlan: z._default(z.nullable(InstalmentPlanSchema), null),
  resumesFrom: z._default(z.nullable(ResumptionSchema), null),
  lastAnsweredOn: z.nullable(CalendarDateSchema),
  remarks: z.optional(z.array(RemarkSchema)),
  handedOverTo: z.optional(z.string()),
  registeredAt: InstantSchema,
  bodyHash: z.string(),
  version: z.int().check(z.positive()),
  planRevision: z.int().check(z.positive()),
  historySeq: z.int().check(z.positive()),
  historyHash: z.string(),
});

/** A case; see {@link DunningCaseSchema}. */
export type DunningCase = z.infer<typeof DunningCaseSchema>;

/** Whether a case of this standing is still somebody's work, be it on hold or not. */
export function isOpenStanding(standing: DunningCase['standing']): boolean {
  return !isClosedStanding(standing);
}

/** Whether nothing of a case of this standing is worked on any more. */
export function isClosedStanding(standing: string): standing is ClosedStanding {
  return CLOSED_STANDINGS.some((closed) => closed === standing);
}

/**
 * What is still owed on the invoice itself, in minor units: billed − paid − credited − written off.
 *
 * @throws invariant failure when more was allocated than billed: an over-payment must stay unapplied cash
 */
export function outstandingMinor(dunningCase: DunningCase): number {
  const { invoice, paidMinor, creditedMinor, writtenOffMinor } = dunningCase;
  const rest = invoice.totalMinor - paidMinor - creditedMinor - writtenOffMinor;
  invariant(rest >= 0, `case ${invoice.invoiceId} has ${rest} outstanding`);
  return rest;
}

/** All the money that came for a case, whatever it paid: the invoice itself, or what its delay cost. */
export function receivedMinor({
  paidMinor,
  paidInterestMinor,
  paidCompensationMinor,
}: Pick<DunningCase, 'paidMinor' | 'paidInterestMinor' | 'paidCompensationMinor'>): number {
  return paidMinor + paidInterestMinor + paidCompensationMinor;
}

/** What is contested of what is owed, in minor units: it is not asked for while the dispute is open. */
export function disputedMinor(dunningCase: DunningCase): number {
  return contestedMinor(dunningCase.disputes, outstandingMinor(dunningCase));
}

/** What is owed and not contested, in minor units: what a notice asks for. */
export function undisputedMinor(dunningCase: DunningCase): number {
  return outstandingMinor(dunningCase) - disputedMinor(dunningCase);
}

/** Whether all that is owed is contested, at once or because the rest was paid: then nothing is asked for until that is settled. */
export function isDisputed(dunningCase: DunningCase): boolean {
  const owedMinor = outstandingMinor(dunningCase);
  return owedMinor > 0 && contestedMinor(dunningCase.disputes, owedMinor) === owedMinor;
}

/** Whether money is still awaited: the case is open, be it blocked or not, and something is owed. */
export function isOwed(dunningCase: DunningCase): boolean {
  return isOpenStanding(dunningCase.standing) && outstandingMinor(dunningCase) > 0;
}

/** The standings in which a message may go out: what is promised, disputed or paid in instalments gets at most what belongs to that, and the plan sees to it. */
const COLLECTABLE: readonly DunningCase['standing'][] = ['open', 'promised', 'disputed', 'instalments'];

/** Whether a message may go out at all: the case is open, nobody blocked it, and something is owed. */
export function isCollectable(dunningCase: DunningCase): boolean {
  return COLLECTABLE.includes(dunningCase.standing) && outstandingMinor(dunningCase) > 0;
}

/**
 * How a case stands that nobody blocks: what is contested as a whole, or has nothing left that is not, waits for the dispute, else what is paid in instalments goes by its plan, else what was promised is awaited.
 */
export function standingUnblocked(dunningCase: DunningCase): 'open' | 'promised' | 'disputed' | 'instalments' {
  if (isDisputed(dunningCase)) return 'disputed';
  if (runningPlan(dunningCase.instalmentPlan)) return 'instalments';
  return openPromise(dunningCase.promises) ? 'promised' : 'open';
}

/** How an open case stands after a change of what keeps it back: a block stands on whatever else happens. */
export function standingAfter(dunningCase: DunningCase, changes: Partial<DunningCase>): DunningCase['standing'] {
  return dunningCase.standing === 'blocked' ? 'blocked' : standingUnblocked({ ...dunningCase, ...changes });
}
