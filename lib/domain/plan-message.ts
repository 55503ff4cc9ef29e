import type { Confirmation } from './confirmation.ts';
import type { DunningCase } from './dunning-case.ts';
import { type InstalmentPlan, runningPlan } from './instalment-plan.ts';
import { askedInstalments, instalmentSchedule } from './instalment-schedule.ts';
import type { NoticeInstalment } from './notice.ts';

/** What is written to a debtor about a plan, and the email template of each: what was agreed, that a part will be due, that one did not come. */
const TEMPLATES = {
  'plan-agreed': 'plan-agreement',
  'instalment-due': 'instalment-reminder',
  'instalment-missed': 'instalment-default-notice',
} as const;

/** See {@link TEMPLATES}. */
export type PlanMessage = keyof typeof TEMPLATES;

/** Such a message about a plan, or about those of its parts that are due on these dates, to be written to the debtor as a confirmation is. */
export function planMessage(
  message: PlanMessage,
  {
    plan: { planId, agreedOn },
    dueOns,
    invoiceId,
    at,
  }: { plan: InstalmentPlan; dueOns: readonly string[]; invoiceId: string; at: string },
): Omit<Confirmation, 'confirmationId'> {
  return {
    ...{ template: TEMPLATES[message], invoiceIds: [invoiceId], result: message, agreedOn, requestedAt: at },
    plan: { planId, dueOns: [...dueOns] },
  };
}

/** Which message about a plan a confirmation is, or null when it is none. */
export function planMessageOf({ result, plan }: Confirmation): PlanMessage | null {
  return plan && Object.hasOwn(TEMPLATES, result) ? (result as PlanMessage) : null;
}

/**
 * Whether a message about a plan has nothing to say any more: the plan does not run, every part it speaks of is covered, it announces a day that has passed, or something else keeps the case back meanwhile.
 * So nobody is written to about money that is in.
 *
 * @param today the debtor's date
 */
export function isPlanMessageMoot(dunningCase: DunningCase, confirmation: Confirmation, today: string): boolean {
  const message = planMessageOf(confirmation);
  if (!message) return false;
  const plan = planOf(dunningCase, confirmation);
  if (!plan || dunningCase.standing !== 'instalments') return true;
  if (message === 'plan-agreed') return false;
  // Held until a person lifts it: it is told then, unless it is covered by that time.
  if (dunningCase.hold?.until === null) return true;
  const open = partsNamed(dunningCase, confirmation).filter(({ restMinor }) => restMinor > 0);
  return open.length === 0 || (message === 'instalment-due' && open.every(({ dueOn }) => dueOn < today));
}

/** The parts a message about a plan names: all that was agreed, or, of those it is about, what is still to come. None of any other message. */
export function instalmentsNamed(dunningCase: DunningCase, confirmation: Confirmation): NoticeInstalment[] {
  const parts = partsNamed(dunningCase, confirmation);
  if (planMessageOf(confirmation) === 'plan-agreed') {
    return parts.map(({ dueOn, amountMinor }) => ({ dueOn, amountMinor }));
  }
  return parts
    .filter(({ restMinor }) => restMinor > 0)
    .map(({ dueOn, restMinor }) => ({ dueOn, amountMinor: restMinor }));
}

/** What is to be transferred by a message about a plan: of an agreement the part that comes first, else all that it asks for. */
export function askedMinor(dunningCase: DunningCase, confirmation: Confirmation): number {
  const rests = partsNamed(dunningCase, confirmation).flatMap(({ restMinor }) => (restMinor > 0 ? restMinor : []));
  const asked = planMessageOf(confirmation) === 'plan-agreed' ? rests.slice(0, 1) : rests;
  return asked.reduce((sum, restMinor) => sum + restMinor, 0);
}

function partsNamed(dunningCase: DunningCase, confirmation: Confirmation) {
  const plan = planOf(dunningCase, confirmation);
  if (!plan) return [];
  const { dueOns = [] } = confirmation.plan ?? {};
  const isAgreement = planMessageOf(confirmation) === 'plan-agreed';
  const parts = isAgreement ? instalmentSchedule(plan, dunningCase) : askedInstalments(plan, dunningCase);
  return parts.filter(({ dueOn }) => dueOns.includes(dueOn));
}

function planOf({ instalmentPlan }: DunningCase, confirmation: Confirmation): InstalmentPlan | null {
  const plan = runningPlan(instalmentPlan);
  return plan && plan.planId === confirmation.plan?.planId ? plan : null;
}
