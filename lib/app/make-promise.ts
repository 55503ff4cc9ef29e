import { moneyText } from '../contracts/money-text.ts';
import { addCalendarDays } from '../domain/calendar/business-day.ts';
import type { Happening } from '../domain/case-change.ts';
import { type DunningCase, isDisputed, receivedMinor, standingAfter } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { runningPlan } from '../domain/instalment-plan.ts';
import type { DebtorCalendar } from '../domain/plan/debtor-calendar.ts';
import { promiseAwaitedUntil } from '../domain/plan/promise-review.ts';
import { PROMISES_MAX, type PromiseToPay } from '../domain/promise.ts';
import { placeHold } from './place-hold.ts';
import { promiseOvertaken } from './promise-ending.ts';

/** Days ahead a promise may lie at most: what is promised for later is no promise but a plan to be agreed, or a slip of the year. PROPOSAL. */
const PROMISE_DAYS_MAX = 180;

/** A promise about one invoice as it was told: `today` is the debtor's date, `amountMinor` null when all that is owed was promised. */
export interface PromiseTold {
  readonly promisedOn: string;
  readonly amountMinor: number | null;
  readonly today: string;
  readonly calendar: DebtorCalendar;
  readonly actor: string;
  readonly at: string;
}

/** What a promise does to a case: its history, and what changes. */
export interface PromiseMade {
  readonly drafts: readonly HistoryDraft[];
  readonly changes: NonNullable<Happening['changes']>;
}

/** The sentence that refuses one more promise, or null when it is taken: what is contested is not asked for, what is paid by a plan needs none, and a third is worth nothing. */
export function promiseRefusal(dunningCase: DunningCase): string | null {
  const { invoice, promises, instalmentPlan } = dunningCase;
  if (isDisputed(dunningCase)) {
    return `All that invoice ${invoice.invoiceId} owes is contested: resolve the dispute before a promise is taken.`;
  }
  const plan = runningPlan(instalmentPlan);
  if (plan) {
    return `Invoice ${invoice.invoiceId} is paid by the plan agreed on ${plan.agreedOn}: no promise is taken beside it; agree another plan instead.`;
  }
  if (promises.length < PROMISES_MAX) return null;
  return `Invoice ${invoice.invoiceId} was promised ${PROMISES_MAX} times already, the last time by ${promises.at(-1)?.promisedOn}: no further promise is taken; ask for the money or a plan.`;
}

/** The dates a promise may name, for a caller who checks a field: from today up to half a year ahead. */
export function promiseDates(today: string): { from: string; to: string } {
  return { from: today, to: addCalendarDays(today, PROMISE_DAYS_MAX) };
}

/**
 * Takes a promise to pay: the dunning of the invoice waits until the money can be there. One that is still open is overtaken by it and judged by what came so far. Whether it may be taken is for
 * {@link promiseRefusal} to say.
 */
export function makePromise(dunningCase: DunningCase, told: PromiseTold): PromiseMade {
  const { promisedOn, amountMinor, today, calendar, actor, at } = told;
  const { promises, invoice } = dunningCase;
  const paidMinor = receivedMinor(dunningCase);
  const promiseId = String(promises.length + 1);
  const made: PromiseToPay = { promiseId, promisedOn, amountMinor, paidBeforeMinor: paidMinor, state: 'open', at };
  const overtaken = promiseOvertaken(dunningCase);
  const known = dunningCase.hold?.reason === 'promise' ? null : dunningCase.hold;
  const until = promiseAwaitedUntil(promisedOn, calendar);
  const { hold, drafts: held } = placeHold(known, { reason: 'promise', since: today, until });
  const amount = amountMinor === null ? {} : { amount: moneyText({ amountMinor, currency: invoice.currency }) };
  const madeDraft: HistoryDraft = { type: 'PromiseMade', actor, data: { promiseId, promisedOn, ...amount } };
  const all = [...(overtaken.changes.promises ?? promises), made];
  return {
    drafts: [...overtaken.drafts, madeDraft, ...held],
    changes: {
      standing: standingAfter(dunningCase, { promises: all }),
      promises: all,
      lastAnsweredOn: today,
      hold,
    },
  };
}
