import type { PlanAnswer, PlanRequest } from '../contracts/workflow.ts';
import type { HolidayTable } from '../domain/calendar/holiday-table.ts';
import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import { isClosedStanding, isOwed } from '../domain/dunning-case.ts';
import { ContractError } from '../domain/errors.ts';
import { type Plan, planNextStep, type SkippedStep } from '../domain/plan/plan-next-step.ts';
import type { Policy } from '../domain/policy.ts';
import type { ChargesDeps } from './charges.ts';
import { type ClaimMove, commitEdit } from './edit-case.ts';
import { handOverAt, workflowStepOf } from './next-workflow-step.ts';
import { type PolicyBook, policyOf } from './policy-book.ts';
import type { Ledger } from './ports.ts';
import { withFreshRead } from './with-fresh-read.ts';
import { withdrawPassedCalls } from './withdraw-passed-calls.ts';

/** What planning needs beside the ledger: the policies, the calendar, what charges are worked out from, and the settings of the creditor: `internalDomains` are its own, which are never dunned. */
export interface PlanningDeps extends ChargesDeps {
  readonly ledger: Ledger;
  readonly policies: PolicyBook;
  readonly holidays: HolidayTable;
  readonly creditorTimeZone: string;
  readonly internalDomains: readonly string[];
  readonly sendTimeoutMinutes: number;
}

/** A case with its debtor, under the policy it is pinned to. */
export interface CaseUnderPolicy {
  readonly file: CaseFile;
  readonly record: CustomerRecord;
  readonly policy: Policy;
}

/** What a case is planned from, as the ledger holds it at one moment; `bankDataOn` is the last day of which the bank's statements told all. */
export interface CaseFacts extends CaseUnderPolicy {
  readonly bankDataOn: string | null;
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
    const { planRevision, cycle, standing } = file.dunningCase;
    // A cycle ends when the case is settled; that it was opened again since is the business of the next one's execution.
    if (cycle > request.cycle) return { standing: 'settled', planRevision, step: null };
    if (cycle < request.cycle)
      throw new ContractError(`case ${request.invoiceId} is in cycle ${cycle}, not ${request.cycle}`);
    // What ends a case ends it whatever has become of its policy.
    if (isClosedStanding(standing)) return { standing, planRevision, step: null };
    if (!isOwed(file.dunningCase)) return { standing: 'settled', planRevision, step: null };
    const facts = await withdrawPassedCalls(deps.ledger, await loadFacts(deps, file), request.at);
    const plan = planFacts(deps, facts, request.at);
    if (plan.standing === 'open') {
      await recordSkipped(deps.ledger, { file: facts.file, skipped: plan.skipped, at: request.at });
    } else if (plan.standing !== 'waiting') return { standing: plan.standing, planRevision, step: null };
    const isOver = request.round >= ROUNDS_MAX || Date.parse(request.at) >= handOverAt(request.startedAt);
    if (isOver) return { standing: 'continue', planRevision, step: null };
    return { standing: 'open', planRevision, step: workflowStepOf(plan, request.startedAt) };
  });
}

/** Plans a case from what was read. Nothing is written: the same function answers the workflow and the person who asks what comes next. */
export function planFacts(
  { holidays, creditorTimeZone, creditorCountry, internalDomains, sendTimeoutMinutes }: PlanningDeps,
  facts: CaseFacts,
  at: string,
): Plan {
  return planNextStep({
    ...facts,
    holidays,
    creditorTimeZone,
    creditorCountry,
    internalDomains,
    sendTimeoutMinutes,
    at,
  });
}

/** The customer and the policy of a case that was read, and how far the bank has told. Throws ContractError when the ledger does not hold them. */
export async function loadFacts(deps: Pick<PlanningDeps, 'ledger' | 'policies'>, file: CaseFile): Promise<CaseFacts> {
  const [record, policy, bankDataOn] = await Promise.all([
    loadDebtor(deps.ledger, file),
    policyOf(deps.policies, file),
    deps.ledger.loadBankDataOn(),
  ]);
  return { file, record, policy, bankDataOn };
}

/** The customer a case is about. Throws ContractError when the ledger does not hold them. */
export async function loadDebtor(
  ledger: Pick<Ledger, 'loadCustomer'>,
  { dunningCase }: CaseFile,
): Promise<CustomerRecord> {
  const { invoiceId, customerId } = dunningCase.invoice;
  const record = await ledger.loadCustomer(customerId);
  if (record) return record;
  throw new ContractError(`case ${invoiceId} names unknown customer ${customerId}`);
}

/** Records each step that will never be sent, once, with its reason. */
export async function recordSkipped(
  ledger: Ledger,
  { file, skipped, at }: { file: CaseFile; skipped: readonly SkippedStep[]; at: string },
): Promise<void> {
  if (skipped.length === 0) return;
  const moves = skipped.map(
    ({ step, reason }): ClaimMove => ({ step, transition: { state: 'skipped', skipReason: reason } }),
  );
  await commitEdit(ledger, file, { moves }, at);
}
