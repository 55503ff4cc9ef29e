import { type DunningCase, disputedMinor } from './dunning-case.ts';
import { invariant } from './errors.ts';
import type { Instalment, InstalmentPlan } from './instalment-plan.ts';

/** A part of a plan as it stands: `amountMinor` is what it comes to after credit notes, `paidMinor` what came for it, `restMinor` what is still to come. */
export interface ScheduledInstalment extends Instalment {
  readonly paidMinor: number;
  readonly restMinor: number;
}

/**
 * How the parts of a plan stand by what was paid and credited since it was agreed: a payment covers the earliest part first, a credit note shortens the plan from its end. The rests always add up to what
 * is owed of the invoice, so nothing that is owed is without a date. (A payment from before the plan that was taken back leaves the parts less covered; what the last cannot hold any more is dunned after it.)
 */
export function instalmentSchedule(
  { instalments, paidBeforeMinor, creditedBeforeMinor }: InstalmentPlan,
  { paidMinor, creditedMinor }: Pick<DunningCase, 'paidMinor' | 'creditedMinor'>,
): ScheduledInstalment[] {
  let creditLeft = Math.max(0, creditedMinor - creditedBeforeMinor);
  const amounts = instalments
    .toReversed()
    .map(({ amountMinor }) => {
      const credited = Math.min(creditLeft, amountMinor);
      creditLeft -= credited;
      return amountMinor - credited;
    })
    .toReversed();
  let paidLeft = Math.max(0, paidMinor - paidBeforeMinor);
  return instalments.map((instalment, index) => {
    const amountMinor = amounts[index] ?? 0;
    const paid = Math.min(paidLeft, amountMinor);
    paidLeft -= paid;
    return { ...instalment, amountMinor, paidMinor: paid, restMinor: amountMinor - paid };
  });
}

/** The parts of a plan as they are asked for: what is contested of the invoice is not while that is open, and shortens the plan from its end as a credit note does. */
export function askedInstalments(plan: InstalmentPlan, dunningCase: DunningCase): ScheduledInstalment[] {
  const creditedMinor = dunningCase.creditedMinor + disputedMinor(dunningCase);
  return instalmentSchedule(plan, { paidMinor: dunningCase.paidMinor, creditedMinor });
}

/** The parts of a plan that are not covered yet and not contested, earliest first. */
export function openInstalments(plan: InstalmentPlan, dunningCase: DunningCase): ScheduledInstalment[] {
  return askedInstalments(plan, dunningCase).filter(({ restMinor }) => restMinor > 0);
}

/**
 * A sum in so many equal parts; the last takes the cents.
 *
 * @throws invariant failure when there are more parts than minor units, or none
 */
export function equalParts(totalMinor: number, count: number): number[] {
  invariant(count >= 1 && count <= totalMinor, `${totalMinor} cannot be paid in ${count} parts`);
  const partMinor = Math.floor(totalMinor / count);
  return Array.from({ length: count }, (_, index) =>
    index === count - 1 ? totalMinor - partMinor * (count - 1) : partMinor,
  );
}
