import { addCalendarDays, calendarDaysBetween } from './calendar/business-day.ts';
import type { ContactBudget } from './policy.ts';

const DAYS_PER_WEEK = 7;

/** A date for a contact, and the sentence that says why it is not the date asked for; null when it is. */
interface BudgetedDay {
  readonly on: string;
  readonly movedBecause: string | null;
}

/**
 * The first date from `notBeforeOn` on at which a debtor may be contacted once more: fewer than `perDay` contacts on it, and fewer than `perWeek` in every seven
 * consecutive days it lies in. Contacts that are planned for later dates count as well, so a contact put before them never makes their week too full.
 *
 * @param contactsOn the dates of all contacts with the debtor, over all invoices and in any order, made or planned, without the one that is asked for
 */
export function firstDayWithinBudget(facts: {
  readonly notBeforeOn: string;
  readonly contactsOn: readonly string[];
  readonly budget: ContactBudget;
}): BudgetedDay {
  const { notBeforeOn, contactsOn, budget } = facts;
  const movedBecause = excessOn(notBeforeOn, contactsOn, budget);
  let on = notBeforeOn;
  // It ends: a week after the last contact every day is free, since a budget allows at least one.
  while (excessOn(on, contactsOn, budget) !== null) on = addCalendarDays(on, 1);
  return { on, movedBecause };
}

/** What one more contact on a date would exceed, as a sentence; null when it would exceed nothing. */
function excessOn(on: string, contactsOn: readonly string[], { perDay, perWeek }: ContactBudget): string | null {
  const sameDay = contactsOn.filter((contact) => contact === on).length;
  if (sameDay >= perDay)
    return `${contactCount(sameDay)} with the debtor on ${on}, and the budget allows ${perDay} a day`;
  const offsets = contactsOn.map((contact) => calendarDaysBetween(on, contact));
  for (let first = 1 - DAYS_PER_WEEK; first <= 0; first += 1) {
    const last = first + DAYS_PER_WEEK - 1;
    const inWeek = offsets.filter((offset) => offset >= first && offset <= last).length;
    if (inWeek < perWeek) continue;
    const week = `from ${addCalendarDays(on, first)} to ${addCalendarDays(on, last)}`;
    return `${contactCount(inWeek)} with the debtor ${week}, and the budget allows ${perWeek} in seven days`;
  }
  return null;
}

function contactCount(count: number): string {
  return count === 1 ? 'one contact' : `${count} contacts`;
}
