import { addBusinessDays } from '../calendar/business-day.ts';
import { dayStart } from '../calendar/day-start.ts';
import { levelReached } from '../case-file.ts';
import { openPromise } from '../promise.ts';
import { isBankDataOld, lookAgainAt, waitsForStatement } from './bank-data.ts';
import { type DebtorCalendar, debtorCalendar } from './debtor-calendar.ts';
import type { PlanFacts } from './plan-next-step.ts';
import { openDayAfter } from './respond-by.ts';
import type { WaitingPlan } from './waiting-case.ts';

/** Open days after the promised date on which notices still wait, so that the money can arrive (bank value). PROPOSAL. */
const BANK_VALUE_BUSINESS_DAYS = 2;

/** The last day on which money that was promised for a date, or is collected on it, may still arrive. */
export function promiseAwaitedUntil(promisedOn: string, calendar: DebtorCalendar): string {
  return addBusinessDays(promisedOn, BANK_VALUE_BUSINESS_DAYS, calendar);
}

/** The open day on which it is decided whether a promise was kept. */
export function promiseReviewOn(promisedOn: string, calendar: DebtorCalendar): string {
  return openDayAfter(promiseAwaitedUntil(promisedOn, calendar), calendar);
}

/**
 * How a case waits for money that was promised, or null when it does not: up to the day its promise is judged, by the debtor's calendar. Insolvency overtakes a promise. While the bank's statements are too old to say that nothing came, it goes on waiting, and while a person has to place money that may be what is owed.
 */
export function promisePlan(facts: PlanFacts): WaitingPlan | null {
  const { file, record, policy, bankDataOn, at } = facts;
  const { standing, promises, hold } = file.dunningCase;
  const promise = openPromise(promises);
  if (standing !== 'promised' || !promise || record.insolventSince !== null) return null;
  const waiting = { standing: 'waiting', lane: 'promise', reached: levelReached(file) } as const;
  if (hold?.reason === 'unplaced-payment') return { ...waiting, review: null };
  const calendar = debtorCalendar(record.customer, facts);
  const reviewOn = promiseReviewOn(promise.promisedOn, calendar);
  const startsAt = dayStart(reviewOn, calendar.timeZone);
  const isDue = Date.parse(startsAt) <= Date.parse(at);
  const isKeptOpen = isDue && isBankDataOld(facts);
  const waits = isKeptOpen ? `; ${waitsForStatement(bankDataOn, policy.bankDataWithinDays)}` : '';
  const dueAt = isDue ? at : startsAt;
  return {
    ...waiting,
    review: {
      ...{ stepId: 'review', level: waiting.reached, channel: 'review' },
      at: isKeptOpen ? lookAgainAt(at) : dueAt,
      why: `promised by ${promise.promisedOn}; looked at on ${reviewOn}, when the money can be there${waits}`,
    },
  };
}
