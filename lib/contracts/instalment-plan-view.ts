import type { DunningCase } from '../domain/dunning-case.ts';
import { instalmentSchedule, type ScheduledInstalment } from '../domain/instalment-schedule.ts';
import { moneyText } from './money-text.ts';

/**
 * The last plan of a case on the wire, null when there never was one: each part with what it comes to after credit notes, and what came for it.
 *
 * @param today the debtor's date
 */
export function instalmentPlanView(dunningCase: DunningCase, today: string) {
  const { instalmentPlan, invoice } = dunningCase;
  if (!instalmentPlan) return null;
  const { currency } = invoice;
  const { planId, agreedOn, state, isForced } = instalmentPlan;
  const instalments = instalmentSchedule(instalmentPlan, dunningCase).map((instalment) => ({
    dueOn: instalment.dueOn,
    amount: moneyText({ amountMinor: instalment.amountMinor, currency }),
    state: stateOf(instalment, today),
    paid: moneyText({ amountMinor: instalment.paidMinor, currency }),
  }));
  return { planId, agreedOn, state, isForced, instalments };
}

/** How a part stands: nothing is to come of it, the debtor was told that it did not come, a part of it came, its day has come, or not yet. */
function stateOf({ restMinor, missedOn, paidMinor, dueOn }: ScheduledInstalment, today: string) {
  if (restMinor === 0) return 'paid';
  if (missedOn !== null) return 'missed';
  if (paidMinor > 0) return 'partly-paid';
  return dueOn <= today ? 'due' : 'upcoming';
}
