import { addBusinessDays } from '../domain/calendar/business-day.ts';
import { type HolidayTable, regionOf } from '../domain/calendar/holiday-table.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { Customer } from '../domain/customer.ts';
import { timeZoneOf } from '../domain/plan/plan-next-step.ts';
import { respondByOn } from '../domain/plan/respond-by.ts';
import type { PolicyStep } from '../domain/policy.ts';
import type { FailureReason } from '../domain/step-claim.ts';
import type { ClaimTransition } from './claim-notice.ts';
import type { TaskWording } from './raise-task.ts';

const ADVICE: Readonly<Record<FailureReason, string>> = {
  'refused-by-provider':
    'The provider refused the message for good. See the history of the case, then reach the debtor another way.',
  'outcome-unknown':
    'Nobody knows whether the message left. Look at the provider, then decide whether to send it by hand.',
  'template-refused': 'The template does not fit the facts of this case. Nothing was sent. Have the template mended.',
};

/** A notice that failed for good: the step is over, and a person is asked. `detail` is added to the advice. */
export function failNotice(
  step: PolicyStep,
  { at, failureReason, detail }: { at: string; failureReason: FailureReason; detail?: string },
): ClaimTransition {
  const title = `Notice ${step.stepId} by ${step.channel} was not served`;
  const reason = detail ? `${ADVICE[failureReason]} (${detail})` : ADVICE[failureReason];
  return { state: 'failed', failureReason, at, task: { kind: 'attention', title, reason } };
}

/** A notice that can reach nobody: the step is passed over, and a person is asked for a contact. */
export function skipUnreachable(step: PolicyStep, at: string): ClaimTransition {
  const title = `Nobody to send notice ${step.stepId} to by ${step.channel}`;
  const address = step.channel === 'email' ? 'an email address' : 'a phone number';
  const reason = `No contact of the customer has ${address} and one of the roles ${step.recipientRoles.join(', ')}.`;
  return { state: 'skipped', skipReason: 'no-usable-contact', at, task: { kind: 'no-contact', title, reason } };
}

/** Open days after the date to answer by on which a person decides: what was paid that day has arrived by then. */
const DECISION_BUSINESS_DAYS = 2;

/** The decision that a notice announces, for a person, once the time it grants has passed without payment or answer. */
export function askForDecision(
  step: PolicyStep,
  customer: Customer,
  { at, creditorTimeZone, holidays }: { at: string; creditorTimeZone: string; holidays: HolidayTable },
): TaskWording {
  const calendar = { region: regionOf(customer), holidays };
  const respondBy = respondByOn(dateIn(at, timeZoneOf(customer, creditorTimeZone)), step, calendar);
  return {
    kind: 'attention',
    title: `Decide what follows notice ${step.stepId}`,
    reason: `It asks for payment or an answer by ${respondBy} and says that management will then decide. If the case is still open: a formal notice, a lawyer, an agency, an arrangement, or a write-off.`,
    dueOn: addBusinessDays(respondBy, DECISION_BUSINESS_DAYS, calendar),
  };
}
