import { moneyText } from '../contracts/money-text.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { runningPlan } from '../domain/instalment-plan.ts';
import type { CaseEdit } from './edit-case.ts';

/** What the closing of a case does to the plan by which it was being paid: kept when its money is in; a case that closes otherwise says itself how, and its plan is over. */
export function planClosed(
  { instalmentPlan, invoice, paidMinor: paidBefore }: DunningCase,
  { changes }: CaseEdit,
  isPaid: boolean,
): Required<Pick<CaseEdit, 'drafts'>> & Pick<CaseEdit, 'changes'> {
  const plan = runningPlan(instalmentPlan);
  if (!plan) return { drafts: [] };
  if (!isPaid || changes?.standing !== 'settled') {
    return { drafts: [], changes: { instalmentPlan: { ...plan, state: 'ended' } } };
  }
  const paidMinor = (changes.paidMinor ?? paidBefore) - plan.paidBeforeMinor;
  const paid = moneyText({ amountMinor: paidMinor, currency: invoice.currency });
  const kept: HistoryDraft = { type: 'PlanKept', actor: 'relance', data: { planId: plan.planId, paid } };
  return { drafts: [kept], changes: { instalmentPlan: { ...plan, state: 'kept' } } };
}
