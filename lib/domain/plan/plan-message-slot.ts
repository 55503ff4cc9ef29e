import { firstSendingInstant } from '../calendar/sending-window.ts';
import { spreadMinute } from '../calendar/spread-minute.ts';
import type { Contact } from '../customer.ts';
import { invariant } from '../errors.ts';
import { debtorCalendar } from './debtor-calendar.ts';
import type { PlanFacts } from './plan-next-step.ts';

/**
 * The first instant from a date and an instant on at which a message that time alone brings about may leave: on an open day, within the hours of emails, on the clock of whoever it goes to (the debtor's own when left out), and not all cases at
 * the same minute.
 */
export function planMessageSlot(
  facts: PlanFacts,
  { notBeforeOn, notBeforeAt, contact }: { notBeforeOn: string; notBeforeAt: string; contact?: Contact | undefined },
): string {
  const { policy, file, record } = facts;
  const opening = policy.sendingHours.email;
  invariant(opening !== undefined, `policy ${policy.name} has no sending hours for email`);
  const hours = { from: spreadMinute(file.dunningCase.invoice.invoiceId, opening), to: opening.to };
  const calendar = debtorCalendar(record.customer, facts, contact);
  return firstSendingInstant({ ...calendar, notBeforeOn, notBeforeAt, hours }).at;
}
