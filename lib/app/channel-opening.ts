import { dateIn, firstSendingInstant } from '../domain/calendar/sending-window.ts';
import type { Contact } from '../domain/customer.ts';
import { invariant } from '../domain/errors.ts';
import { debtorCalendar } from '../domain/plan/debtor-calendar.ts';
import { chooseRecipient } from '../domain/recipient.ts';
import type { Message } from './gather-message.ts';
import type { PlanningDeps } from './plan-case.ts';

/**
 * The first instant from `at` on at which the channel of a message is open, by the clock of whoever gets it: a message for several cases may go by another one than that its time was planned for.
 *
 * @param at a UTC instant in whole seconds
 */
export function channelOpening(deps: PlanningDeps, { lead, record }: Message, at: string): string {
  const { channel } = lead.step;
  const hours = lead.policy.sendingHours[channel];
  invariant(hours !== undefined, `policy ${lead.policy.name} has no sending hours for ${channel}`);
  const calendar = debtorCalendar(record.customer, deps, contactOf(deps, { lead, record }));
  const notBeforeOn = dateIn(at, calendar.timeZone);
  return firstSendingInstant({ notBeforeOn, notBeforeAt: at, hours, ...calendar }).at;
}

function contactOf(
  { internalDomains }: PlanningDeps,
  { lead, record }: Pick<Message, 'lead' | 'record'>,
): Contact | undefined {
  const { channel, recipientRoles: roles } = lead.step;
  const { customer, addressMarks: marks } = record;
  return chooseRecipient({ customer, marks, internalDomains, roles, channel })?.contact;
}
