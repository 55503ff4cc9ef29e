import { amountText, moneyText } from '../contracts/money-text.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import { type CaseFile, type CustomerRecord, levelReached } from '../domain/case-file.ts';
import { withConfirmation } from '../domain/confirmation.ts';
import { type DunningCase, outstandingMinor, standingAfter } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { type InstalmentPlan, runningPlan } from '../domain/instalment-plan.ts';
import { openInstalments } from '../domain/instalment-schedule.ts';
import { firmer } from '../domain/level.ts';
import { isBankDataOld } from '../domain/plan/bank-data.ts';
import { debtorCalendar } from '../domain/plan/debtor-calendar.ts';
import { nextPlanAct, type PlanAct } from '../domain/plan/instalment-plan-review.ts';
import { planMessage } from '../domain/plan-message.ts';
import type { Task } from '../domain/task.ts';
import { contactToCall } from './contact-to-call.ts';
import { type CaseEdit, commitEdit, editCase } from './edit-case.ts';
import type { ReviewDeps } from './judge-promise.ts';
import { aboutBrokenPlan } from './overtaken-call.ts';
import { placeHold } from './place-hold.ts';
import type { CaseFacts } from './plan-case.ts';
import { raiseTask } from './raise-task.ts';

/** A plan whose day has come, and the debtor's date. */
interface PlanReview {
  readonly plan: InstalmentPlan;
  readonly act: PlanAct;
  readonly today: string;
}

/**
 * Does what has become due about a plan by time alone: the debtor is told that a part will be due, or that parts did not come; or the plan ends, and the whole rest is dunned on at the level the policy says, from the next open day
 * on, so that no two messages reach the debtor in one day. Null when there is nothing to do yet.
 */
export async function reviewPlan(deps: ReviewDeps, facts: CaseFacts, at: string): Promise<CaseFile | null> {
  const { file, record } = facts;
  const { dunningCase } = file;
  const plan = runningPlan(dunningCase.instalmentPlan);
  if (!plan || dunningCase.standing !== 'instalments' || record.insolventSince !== null) return null;
  const calendar = debtorCalendar(record.customer, deps);
  const today = dateIn(at, calendar.timeZone);
  const act = nextPlanAct({ ...facts, calendar, today });
  if (!act || act.on > today) return null;
  if (act.kind !== 'remind' && isBankDataOld({ ...deps, ...facts, at })) return null;
  const review = { plan, act, today };
  return act.kind === 'break'
    ? endPlan(deps, facts, { ...review, at })
    : commitEdit(deps.ledger, file, messageAbout(dunningCase, review, at), at);
}

/** What is written to the debtor about parts of a plan, with the date on which it was, so that it is written once. */
function messageAbout(dunningCase: DunningCase, { plan, act, today }: PlanReview, at: string): CaseEdit {
  const { invoiceId, currency } = dunningCase.invoice;
  const isMissed = act.kind === 'tell';
  const parts = openInstalments(plan, dunningCase).filter(({ dueOn }) => act.dueOns.includes(dueOn));
  const drafts = parts.map(({ dueOn, restMinor }): HistoryDraft => {
    const data = { planId: plan.planId, dueOn, rest: moneyText({ amountMinor: restMinor, currency }) };
    return { type: isMissed ? 'InstalmentMissed' : 'InstalmentReminded', actor: 'relance', data };
  });
  const instalments = plan.instalments.map((instalment) => {
    if (!act.dueOns.includes(instalment.dueOn)) return instalment;
    return isMissed ? { ...instalment, missedOn: today } : { ...instalment, remindedOn: today };
  });
  const message = isMissed ? 'instalment-missed' : 'instalment-due';
  const said = planMessage(message, { plan, dueOns: act.dueOns, invoiceId, at });
  const confirmations = withConfirmation(dunningCase.confirmations, said);
  return { drafts, changes: { instalmentPlan: { ...plan, instalments }, confirmations } };
}

async function endPlan(
  deps: ReviewDeps,
  { file, record, policy }: CaseFacts,
  { plan, act, today, at }: PlanReview & { at: string },
): Promise<CaseFile> {
  const { dunningCase } = file;
  const { currency } = dunningCase.invoice;
  const { task, draft } = callAbout(deps, { dunningCase, record, plan, act, today, at });
  const { resumesFrom } = dunningCase;
  const instalmentPlan = { ...plan, state: 'broken' as const };
  const reached = firmer(levelReached(file), policy.instalmentPlans.resumesAt);
  const { hold, drafts: held } = placeHold(dunningCase.hold, { reason: 'plan-broken', since: today, until: today });
  const broken: HistoryDraft = {
    type: 'PlanBroken',
    actor: 'relance',
    data: {
      ...{ planId: plan.planId, dueOn: act.dueOns[0] },
      rest: moneyText({ amountMinor: outstandingMinor(dunningCase), currency }),
    },
  };
  const changes = {
    ...{ instalmentPlan, hold, standing: standingAfter(dunningCase, { instalmentPlan }) },
    resumesFrom: {
      level: firmer(reached, resumesFrom?.level ?? reached),
      afterStepId: resumesFrom?.afterStepId ?? null,
    },
  };
  const edit = { drafts: [broken, draft, ...held], changes, opensTasks: [task.taskId] };
  const { write, file: ended } = editCase(file, edit, at);
  await deps.ledger.commit({ cases: [write], tasks: [{ task, expectedVersion: null }] });
  return ended;
}

function callAbout(
  deps: ReviewDeps,
  {
    dunningCase,
    record,
    plan,
    act,
    today,
    at,
  }: PlanReview & { dunningCase: DunningCase; record: CustomerRecord; at: string },
): { task: Task; draft: HistoryDraft } {
  const { invoice } = dunningCase;
  const text = (amountMinor: number) => `${amountText(amountMinor, invoice.currency)} ${invoice.currency}`;
  const missed = openInstalments(plan, dunningCase).find(({ dueOn }) => act.dueOns.includes(dueOn));
  return raiseTask({
    kind: 'attention',
    invoiceIds: [invoice.invoiceId],
    customerId: invoice.customerId,
    title: `Call about a broken plan: invoice ${invoice.number}`,
    reason: `By the plan of ${plan.agreedOn} ${text(missed?.amountMinor ?? 0)} was due on ${missed?.dueOn}, and ${text(missed?.restMinor ?? 0)} of it has not come. The plan is over and the whole rest of ${text(outstandingMinor(dunningCase))} is due; the next notice follows from the next open day on.`,
    ...contactToCall(deps, record),
    owner: deps.taskOwner,
    about: aboutBrokenPlan(dunningCase, plan.planId),
    dueOn: today,
    at,
  });
}
