import { addBusinessDays, addCalendarDays, isBusinessDay } from '../calendar/business-day.ts';
import type { PolicyStep } from '../policy.ts';
import type { DebtorCalendar } from './debtor-calendar.ts';

/** The date a step is foreseen on: its offset from the due date, in calendar days or in the debtor's open days. */
export function foreseenOn(
  dueOn: string,
  { offsetDays, offsetCounts }: Pick<PolicyStep, 'offsetDays' | 'offsetCounts'>,
  { region, holidays }: Pick<DebtorCalendar, 'region' | 'holidays'>,
): string {
  if (offsetCounts !== 'business') return addCalendarDays(dueOn, offsetDays);
  if (offsetDays >= 0) return addBusinessDays(dueOn, offsetDays, { region, holidays });
  let on = dueOn;
  for (let left = -offsetDays; left > 0; ) {
    on = addCalendarDays(on, -1);
    if (isBusinessDay(on, region, holidays)) left -= 1;
  }
  return on;
}

/** The offset in words: `10 days before the due date`. */
export function offsetInWords({ offsetDays, offsetCounts }: Pick<PolicyStep, 'offsetDays' | 'offsetCounts'>): string {
  const days = Math.abs(offsetDays);
  const kind = offsetCounts === 'business' ? 'open day' : 'day';
  return `${days} ${kind}${days === 1 ? '' : 's'} ${offsetDays < 0 ? 'before' : 'after'} the due date`;
}
