import { dateIn } from '../domain/calendar/sending-window.ts';
import { type CaseFile, type CustomerRecord, effectiveProfile } from '../domain/case-file.ts';
import { isConfirmation } from '../domain/confirmation.ts';
import { isCollectable } from '../domain/dunning-case.ts';
import { ladderOf } from '../domain/ladder.ts';
import { isFirmer } from '../domain/level.ts';
import { timeZoneOf } from '../domain/plan/debtor-calendar.ts';
import type { PlannedStep } from '../domain/plan/plan-next-step.ts';
import { redirectedStep } from '../domain/plan/redirected-step.ts';
import type { Policy, PolicyStep } from '../domain/policy.ts';
import type { Channel, StepRef } from '../domain/step-claim.ts';
import { confirmationOf } from './confirmation-step.ts';
import { claimOf } from './edit-case.ts';
import { type CaseUnderPolicy, type PlanningDeps, planFacts } from './plan-case.ts';
import { policyOf } from './policy-book.ts';
import { approvalsInForce } from './standing-approval.ts';

/** A case that a message serves: its own step, and the policy that step is of. */
export interface Member {
  readonly file: CaseFile;
  readonly policy: Policy;
  readonly step: PolicyStep;
}

/** One message to a debtor: the member it is written for, whose step is the firmest, and all it serves, the lead first. */
export interface Message {
  readonly lead: Member;
  readonly members: readonly [Member, ...Member[]];
  /** Further cases that a confirmation speaks of, and does not serve. */
  readonly mentioned: readonly CaseFile[];
  readonly record: CustomerRecord;
}

/**
 * Invoices one message is about at most; the rest has its turn when the contact budget allows the next one. A letter has what fits on one page. What a person reports of a letter or a call
 * is one transaction of at most 100 actions: a dispute told on a call writes a case, a claim and five entries for each invoice.
 */
const MEMBERS_MAX: Readonly<Record<Channel, number>> = {
  ...{ email: 100, sms: 100 },
  ...{ call: 13, letter: 20, 'registered-letter': 20, 'hand-over': 1 },
};

/** Cases looked at to find those a message can serve. */
const CANDIDATES_MAX = 200;

/** Cases read from the ledger at a time. */
const READ_TOGETHER = 10;

/** The reference of the claim a member is served under. */
export function refOf({ file, step }: Member): StepRef {
  const { invoice, cycle } = file.dunningCase;
  return { invoiceId: invoice.invoiceId, cycle, stepId: step.stepId };
}

/** How often the step of a member was claimed so far. */
export function attemptOf({ file, step }: Member): number {
  return claimOf(file, step.stepId)?.attempt ?? 0;
}

/**
 * The message that serves a step: alone, or together with the steps of the debtor's other open invoices that fall on the same day, at the highest level among them. A formal notice goes
 * only with other formal notices that nobody has approved either, or that were approved with it, because it has effects in law for every invoice it names; a hand-over and a confirmation go alone.
 *
 * @param own the case whose step is due now
 */
export async function gatherMessage(
  deps: PlanningDeps,
  { own, record, at }: { own: Member; record: CustomerRecord; at: string },
): Promise<Message> {
  const isAlone = !own.policy.groupsInvoices || own.step.channel === 'hand-over' || isConfirmation(own.step.stepId);
  const siblings = isAlone ? [] : await findSiblings(deps, { own, record, at });
  const approvalOf = approvalsInForce([own, ...siblings]);
  const joined = siblings.filter(
    (sibling) => isFormal(own) === isFormal(sibling) && (!isFormal(own) || approvalOf(own) === approvalOf(sibling)),
  );
  const lead = joined.reduce((firmest, other) => (comesBefore(other, firmest) ? other : firmest), own);
  const others = [own, ...joined].filter((member) => member !== lead);
  // The own case must not fall out: it is the one whose time has come.
  const kept = others.toSorted(ownThenMostOverdue(own)).slice(0, MEMBERS_MAX[lead.step.channel] - 1);
  return { lead, members: [lead, ...kept], mentioned: await findMentioned(deps, own), record };
}

/** The other cases that were spoken of in the conversation a confirmation repeats, those that are still open. */
async function findMentioned(deps: PlanningDeps, own: Member): Promise<CaseFile[]> {
  const { invoice } = own.file.dunningCase;
  const ids = confirmationOf(own)?.invoiceIds.filter((invoiceId) => invoiceId !== invoice.invoiceId) ?? [];
  const files = await Promise.all(ids.map((id) => deps.ledger.loadCaseFile(id)));
  return files.filter((file) => file !== null).filter(({ dunningCase }) => isCollectable(dunningCase));
}

async function findSiblings(
  deps: PlanningDeps,
  { own, record, at }: { own: Member; record: CustomerRecord; at: string },
): Promise<Member[]> {
  const { invoiceId, customerId } = own.file.dunningCase.invoice;
  const openIds = await deps.ledger.listOpenCaseIds(customerId);
  const candidates = nearest(openIds, invoiceId).slice(0, CANDIDATES_MAX);
  const today = dateIn(at, timeZoneOf(record.customer, deps.creditorTimeZone));
  const bankDataOn = await deps.ledger.loadBankDataOn();
  const found: Member[] = [];
  for (let start = 0; start < candidates.length; start += READ_TOGETHER) {
    const ids = candidates.slice(start, start + READ_TOGETHER);
    const members = await Promise.all(
      ids.map((id) => memberDue(deps, { invoiceId: id, record, bankDataOn, today, at })),
    );
    found.push(...members.filter((member) => member !== null));
  }
  return found;
}

/** The ids of a list but one, those nearest to it first: invoices that fell due about the same time are at the same step. */
function nearest(ids: readonly string[], own: string): string[] {
  const place = ids.indexOf(own);
  const others = ids.map((id, index) => ({ id, distance: Math.abs(index - place) })).filter(({ id }) => id !== own);
  return others.toSorted((one, other) => one.distance - other.distance).map(({ id }) => id);
}

/** A sibling whose next step falls on this day, or null when it is settled, held, in a person's hands, on its way or not due. */
async function memberDue(
  deps: PlanningDeps,
  {
    invoiceId,
    today,
    at,
    ...debtor
  }: { invoiceId: string; record: CustomerRecord; bankDataOn: string | null; today: string; at: string },
): Promise<Member | null> {
  const file = await deps.ledger.loadCaseFile(invoiceId);
  if (!file || !isCollectable(file.dunningCase)) return null;
  const facts = { file, ...debtor, policy: await policyOf(deps.policies, file) };
  const plan = planFacts(deps, facts, at);
  if (plan.standing !== 'open' || !plan.next || plan.next.awaitsStatement) return null;
  const claim = claimOf(file, plan.next.stepId);
  const isTaken = claim?.state === 'reserved';
  const zone = timeZoneOf(debtor.record.customer, deps.creditorTimeZone);
  const isToday = dateIn(plan.next.at, zone) <= today;
  if (isTaken || !isToday || isConfirmation(plan.next.stepId)) return null;
  const step = stepOf(facts, plan.next);
  return step.channel === 'hand-over' || !facts.policy.groupsInvoices ? null : { file, policy: facts.policy, step };
}

/** The step of the case's ladder that was planned, by the channel it is to take: another one once an address did not work. */
export function stepOf(facts: CaseUnderPolicy, { stepId }: Pick<PlannedStep, 'stepId'>): PolicyStep {
  const { name, version } = facts.policy;
  const step = findStep(facts, stepId);
  if (!step) throw new Error(`invariant: ${stepId} is no step of ${name} version ${version}`);
  return step;
}

/** As {@link stepOf}; null of a step that the case's ladder does not have any more: its policy or its debtor's profile changed. */
export function findStep({ file, policy, record }: CaseUnderPolicy, stepId: string): PolicyStep | null {
  const step = ladderOf(policy, effectiveProfile(record)).find((candidate) => candidate.stepId === stepId);
  return step ? redirectedStep(step, claimOf(file, stepId)) : null;
}

function isFormal({ step }: Member): boolean {
  return step.isFormalNotice === true;
}

/** Whether a member's step is firmer: of a higher level, or later in the same one. */
function comesBefore(one: Member, other: Member): boolean {
  if (one.step.level !== other.step.level) return isFirmer(one.step.level, other.step.level);
  return one.step.offsetDays > other.step.offsetDays;
}

function ownThenMostOverdue(own: Member): (one: Member, other: Member) => number {
  const rank = (member: Member) => (member === own ? '' : member.file.dunningCase.invoice.dueOn);
  return (one, other) => (rank(one) < rank(other) ? -1 : 1);
}
