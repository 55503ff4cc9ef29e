import type { PlanAnswer, PlanRequest } from '../contracts/workflow.ts';
import type { HolidayTable } from '../domain/calendar/holiday-table.ts';
import type { CaseFile } from '../domain/case-file.ts';
import type { Customer } from '../domain/customer.ts';
import { isCollectable } from '../domain/dunning-case.ts';
import { ContractError } from '../domain/errors.ts';
import { type Plan, planNextStep, type SkippedStep } from '../domain/plan/plan-next-step.ts';
import type { Policy } from '../domain/policy.ts';
import { type ClaimMove, moveClaims } from './claim-notice.ts';
import { handOverAt, nextWorkflowStep } from './next-workflow-step.ts';
import type { Ledger } from './ports.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** What planning needs beside the ledger: the policies, the calendar and the two settings of the creditor. */
export interface PlanningDeps {
  readonly ledger: Ledger;
  readonly policies: readonly Policy[];
  readonly holidays: HolidayTable;
  readonly creditorTimeZone: string;
  readonly sendTimeoutMinutes: number;
}

/**
 * Rounds of planning after which an execution hands over. A round adds some 25 history events, and an execution may hold 25 000 (AWS quota).
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const ROUNDS_MAX = 500;

/**
 * Answers state "Plan": where the case stands, the revision it was planned with, and the next step. Steps that will never be sent are recorded with their
 * reason in the same breath, so that a finance person can read why.
 *
 * @throws ContractError when the case, its customer or its policy is missing
 */
export function planCase(deps: PlanningDeps, request: PlanRequest): Promise<PlanAnswer> {
  return withFreshRead(async () => {
    const file = await deps.ledger.loadCaseFile(request.invoiceId);
    if (!file) throw new ContractError(`no case for invoice ${request.invoiceId}`);
    const { planRevision, cycle } = file.dunningCase;
    if (cycle !== request.cycle)
      throw new ContractError(`case ${request.invoiceId} is in cycle ${cycle}, not ${request.cycle}`);
    const plan = planFile(deps, { file, customer: await loadDebtor(deps.ledger, file), at: request.at });
    if (plan.standing === 'settled') return { standing: 'settled', planRevision, step: null };
    await recordSkipped(deps.ledger, { file, skipped: plan.skipped, at: request.at });
    const isOver = request.round >= ROUNDS_MAX || Date.parse(request.at) >= handOverAt(request.startedAt);
    if (isOver) return { standing: 'continue', planRevision, step: null };
    return { standing: 'open', planRevision, step: nextWorkflowStep(plan.next, plan.reached, request.startedAt) };
  });
}

/** Plans a case from what was read. Nothing is written: the same function answers the workflow and the person who asks what comes next. */
export function planFile(
  { policies, holidays, creditorTimeZone, sendTimeoutMinutes }: PlanningDeps,
  { file, customer, at }: { file: CaseFile; customer: Customer; at: string },
): Plan {
  // Money that is in ends a case whatever has become of its policy.
  if (!isCollectable(file.dunningCase)) return { standing: 'settled' };
  const policy = policyOf(policies, file);
  return planNextStep({ file, customer, policy, holidays, creditorTimeZone, sendTimeoutMinutes, at });
}

/** The customer a case is about. Throws ContractError when the ledger does not hold them. */
export async function loadDebtor(ledger: Ledger, { dunningCase }: CaseFile): Promise<Customer> {
  const { invoiceId, customerId } = dunningCase.invoice;
  const record = await ledger.loadCustomer(customerId);
  if (record) return record.customer;
  throw new ContractError(`case ${invoiceId} names unknown customer ${customerId}`);
}

/** The version of the policy a case is pinned to. */
export function policyOf(policies: readonly Policy[], { dunningCase }: CaseFile): Policy {
  const { name, version } = dunningCase.policy;
  const policy = policies.find((candidate) => candidate.name === name && candidate.version === version);
  if (!policy) throw new ContractError(`policy ${name} version ${version} is not known`);
  return policy;
}

/** Records each step that will never be sent, once, with its reason. */
export async function recordSkipped(
  ledger: Ledger,
  { file, skipped, at }: { file: CaseFile; skipped: readonly SkippedStep[]; at: string },
): Promise<void> {
  if (skipped.length === 0) return;
  const moves = skipped.map(
    ({ step, reason }): ClaimMove => ({ step, transition: { state: 'skipped', skipReason: reason, at } }),
  );
  await moveClaims(ledger, { file, moves, at });
}
