import { addBusinessDays } from '../calendar/business-day.ts';
import { dateIn } from '../calendar/sending-window.ts';
import type { PlanFacts, PlannedStep } from './plan-next-step.ts';

/**
 * What the bank's statements say of a step that tells somebody they have not paid: whether they are too old for that today, the sentence for it, and, of one whose time has come, the UTC instant to look again from.
 */
export interface BankData {
  readonly isOld: boolean;
  readonly lookAgainAt: string | null;
  readonly why: string;
}

/** What the age of the bank's statements is worked out from. */
type BankFacts = Pick<PlanFacts, 'bankDataOn' | 'policy' | 'creditorCountry' | 'creditorTimeZone' | 'holidays' | 'at'>;

/** Minutes after which a step that waits for a statement is looked at again: banks deliver in the morning, and nobody is woken by it. */
const LOOK_AGAIN_MINUTES = 120;

/** Plans count in whole seconds: what is due within one is due. */
const SECOND = 1000;

/**
 * What the bank's statements say of a step. One that lies in the future stays there, since the statement may have come by then. Null where it does not matter: before due and inside the house nobody is accused, and an
 * installation that never read a statement hears of its money otherwise.
 */
export function bankDataFor(step: Pick<PlannedStep, 'level' | 'channel' | 'at'>, facts: PlanFacts): BankData | null {
  const { bankDataOn, policy, at } = facts;
  const { bankDataWithinDays: days } = policy;
  const accuses = step.level !== 'preventive' && step.channel !== 'hand-over';
  if (bankDataOn === null || days === undefined || !accuses) return null;
  if (!isBankDataOld(facts)) return { isOld: false, lookAgainAt: null, why: `bank data of ${bankDataOn}` };
  const isNow = Date.parse(step.at) < Date.parse(at) + SECOND;
  return { isOld: true, lookAgainAt: isNow ? lookAgainAt(at) : null, why: waitsForStatement(bankDataOn, days) };
}

/** Whether the bank's statements are older today than the policy allows, in open days of the creditor; never when it allows any, or none was ever read. */
export function isBankDataOld(facts: BankFacts): boolean {
  const { bankDataOn, policy, creditorCountry: region, creditorTimeZone, holidays, at } = facts;
  const { bankDataWithinDays: days } = policy;
  if (bankDataOn === null || days === undefined) return false;
  return dateIn(at, creditorTimeZone) >= addBusinessDays(bankDataOn, days + 1, { region, holidays });
}

/** The UTC instant at which what waits for a statement is looked at again. */
export function lookAgainAt(at: string): string {
  return new Date(Date.parse(at) + LOOK_AGAIN_MINUTES * 60_000).toISOString();
}

/** The sentence for what waits for a statement. */
export function waitsForStatement(bankDataOn: string | null, days: number | undefined): string {
  return `bank data of ${bankDataOn} is older than ${days} open ${days === 1 ? 'day' : 'days'}: waits for a statement`;
}
