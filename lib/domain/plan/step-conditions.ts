import { type CustomerRecord, effectiveProfile } from '../case-file.ts';
import { type DunningCase, undisputedMinor } from '../dunning-case.ts';
import { wasLastInvoiceLate } from '../payer-history.ts';
import type { PolicyStep } from '../policy.ts';
import type { SkipReason } from '../step-claim.ts';

/**
 * Why a step does not apply to a case, or `null` when it does.
 *
 * The amount threshold is compared with what is still owed and not contested. It does not bind what the step names beside it, such as a customer's first invoice, whose circuit nobody knows yet.
 * A currency without a threshold has none.
 */
export function reasonToSkip(step: PolicyStep, dunningCase: DunningCase, record: CustomerRecord): SkipReason | null {
  const { amountAtLeast, notForProfiles, onlyForKinds } = step.conditions ?? {};
  const profile = effectiveProfile(record);
  if (onlyForKinds && !onlyForKinds.includes(record.customer.kind)) return 'payer-kind-excluded';
  if (step.isDropped || (profile && notForProfiles?.includes(profile))) return 'profile-needs-no-notice';
  const thresholdMinor = amountAtLeast?.[dunningCase.invoice.currency] ?? 0;
  const isSmall = undisputedMinor(dunningCase) < thresholdMinor;
  return isSmall && !isRegardlessOfAmount(step, dunningCase, record) ? 'amount-below-threshold' : null;
}

function isRegardlessOfAmount(step: PolicyStep, { isFirstInvoice }: DunningCase, record: CustomerRecord): boolean {
  const { firstInvoice, lastInvoiceLate, profiles } = step.conditions?.regardlessOfAmount ?? {};
  const profile = effectiveProfile(record);
  return (
    (firstInvoice === true && isFirstInvoice) ||
    (lastInvoiceLate === true && wasLastInvoiceLate(record.closedInvoices)) ||
    (profile !== null && profiles?.includes(profile) === true)
  );
}
