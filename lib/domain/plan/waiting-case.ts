import type { Block } from '../block.ts';
import { addCalendarDays } from '../calendar/business-day.ts';
import { dayStart } from '../calendar/day-start.ts';
import { levelReached } from '../case-file.ts';
import type { Level } from '../level.ts';
import type { PlanFacts } from './plan-next-step.ts';

/** When a case that waits is looked at again, because time alone changes how it stands. `at` is a UTC instant. */
export interface PlannedReview {
  readonly stepId: 'review';
  readonly level: Level;
  readonly channel: 'review';
  readonly at: string;
  readonly why: string;
}

/** A case whose notices all wait, in the lane that says why; `review` is null while only a person can end the waiting. */
export interface WaitingPlan {
  readonly standing: 'waiting';
  readonly lane: 'block' | 'dispute' | 'instalment' | 'promise';
  readonly review: PlannedReview | null;
  readonly reached: Level;
}

/** How a case waits that is kept back as a whole, or null when it is not. A block is looked at again on the day after it ends, by the creditor's calendar. */
export function waitingPlan({ file, creditorTimeZone, at }: PlanFacts): WaitingPlan | null {
  const { standing, block } = file.dunningCase;
  if (standing !== 'blocked') return null;
  const waiting = { standing: 'waiting', lane: 'block', reached: levelReached(file) } as const;
  const until = block?.until ?? null;
  if (until === null) return { ...waiting, review: null };
  const endsAt = dayStart(addCalendarDays(until, 1), creditorTimeZone);
  const review: PlannedReview = {
    ...{ stepId: 'review', level: waiting.reached, channel: 'review' },
    at: Date.parse(endsAt) > Date.parse(at) ? endsAt : at,
    why: `${reasonOf(block)} through ${until}; looked at again on the day after`,
  };
  return { ...waiting, review };
}

function reasonOf(block: Block | null): string {
  return block?.cause === 'direct-debit' ? `direct debit of ${block.collectedOn} in flight` : 'blocked';
}
