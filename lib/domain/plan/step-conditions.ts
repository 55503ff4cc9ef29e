import type { Customer } from '../customer.ts';
import { type DunningCase, outstandingMinor } from '../dunning-case.ts';
import type { PolicyStep } from '../policy.ts';
import type { SkipReason } from '../step-claim.ts';

/**
 * Why a step does not apply to a case, or `null` when it does.
 *
 * The amount threshold is compared with what is still owed, and does not bind a customer's first invoice, whose circuit nobody knows yet.
 * A currency without a threshold has none.
 */
export function reasonToSkip(step: PolicyStep, dunningCase: DunningCase, customer: Customer): SkipReason | null {
  const { amountAtLeast, notForProfiles, onlyForKinds } = step.conditions ?? {};
  if (onlyForKinds && !onlyForKinds.includes(customer.kind)) return 'payer-kind-excluded';
  if (customer.profile && notForProfiles?.includes(customer.profile)) return 'profile-needs-no-notice';
  const thresholdMinor = amountAtLeast?.[dunningCase.invoice.currency] ?? 0;
  if (!dunningCase.isFirstInvoice && outstandingMinor(dunningCase) < thresholdMinor) return 'amount-below-threshold';
  return null;
}
