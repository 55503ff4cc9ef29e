import { addCalendarDays, nextBusinessDay } from './calendar/business-day.ts';
import type { HolidayTable } from './calendar/holiday-table.ts';
import { firstDayWithinBudget } from './contact-budget.ts';
import { invariant } from './errors.ts';
import type { ContactBudget, Policy, SendingHours } from './policy.ts';

/** A call to be tried: which attempt it is, counted from 1, the date, and the part of that day. */
interface CallAttempt {
  readonly attempt: number;
  readonly dueOn: string;
  readonly window: SendingHours;
}

/**
 * When a call that nobody answered is tried again: on another open day, in the next window of the policy, and later while the contact budget of the debtor is full. The
 * first attempt belongs to the first window; after the last window comes the first again.
 *
 * @param attempt the attempt nobody answered, counted from 1
 * @param lastOn the date it was made on
 * @param contactsOn the dates of all contacts with the debtor, made or planned; an unanswered call counts if it is among them
 * @returns the next attempt, or null when the policy allows no more
 */
export function nextCallAttempt(facts: {
  readonly policy: Pick<Policy, 'callWindows' | 'callAttempts'>;
  readonly attempt: number;
  readonly lastOn: string;
  readonly contactsOn: readonly string[];
  readonly budget: ContactBudget;
  readonly region: string;
  readonly holidays: HolidayTable;
}): CallAttempt | null {
  const { policy, attempt, lastOn, contactsOn, budget, region, holidays } = facts;
  invariant(Number.isSafeInteger(attempt) && attempt >= 1, `call attempts are counted from 1, got ${attempt}`);
  if (attempt >= policy.callAttempts) return null;
  const window = policy.callWindows[attempt % policy.callWindows.length];
  invariant(window !== undefined, 'the policy has no call window');
  let dueOn = nextBusinessDay(addCalendarDays(lastOn, 1), region, holidays);
  for (;;) {
    const { on } = firstDayWithinBudget({ notBeforeOn: dueOn, contactsOn, budget });
    // The budget may move the call to a closed day, and the next open day may have no room either.
    dueOn = nextBusinessDay(on, region, holidays);
    if (dueOn === on) return { attempt: attempt + 1, dueOn, window };
  }
}
