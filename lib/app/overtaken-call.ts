import type { DunningCase } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { Task } from '../domain/task.ts';
import { taskIdOf } from './raise-task.ts';

/** What a debtor says that takes the place of whatever they had not kept. */
const SPOKEN: readonly HistoryDraft['type'][] = ['PromiseMade', 'PlanAgreed', 'DisputeOpened'];

/** Whether a debtor has spoken anew, by what a change tells: they promised, agreed to a plan, or contest something. */
export function hasSpoken(told: readonly Pick<HistoryDraft, 'type'>[]): boolean {
  return told.some(({ type }) => SPOKEN.includes(type));
}

/** What the call about a broken plan is about: its place in the task's id. */
export function aboutBrokenPlan({ cycle }: Pick<DunningCase, 'cycle'>, planId: string): string {
  return `${cycle}/plan/${planId}`;
}

/** Whether a task is a call about what the debtor of a case did not keep: it quotes a promise or a plan, and is pointless once they have spoken anew. */
export function isCallAboutBroken(dunningCase: DunningCase, { taskId, kind }: Task): boolean {
  const { invoice, instalmentPlan } = dunningCase;
  if (kind === 'promise-broken') return true;
  if (instalmentPlan?.state !== 'broken') return false;
  const about = aboutBrokenPlan(dunningCase, instalmentPlan.planId);
  return taskId === taskIdOf({ kind: 'attention', subjectId: invoice.invoiceId, about });
}
