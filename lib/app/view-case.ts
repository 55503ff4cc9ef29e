import { type CaseFile, type CustomerRecord, effectiveProfile, levelReached } from '../domain/case-file.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import { isCollectable } from '../domain/dunning-case.ts';
import { type Hold, holdInForce } from '../domain/hold.ts';
import type { Level } from '../domain/level.ts';
import type { PlannedStep } from '../domain/plan/plan-next-step.ts';
import { loadDebtor, type PlanningDeps, planFacts } from './plan-case.ts';
import { policyOf } from './policy-book.ts';

/** A case as a finance person asks for it: the facts, the level reached, the payer profile and why, and what comes next and why. */
export interface CaseOverview {
  readonly dunningCase: DunningCase;
  readonly level: Level;
  readonly hold: Hold | null;
  readonly profile: string | null;
  readonly profileReasons: readonly string[];
  readonly nextStep: PlannedStep | null;
  /** The part of its execution to look at. */
  readonly executionPart: number;
}

/** Reads a case and works out what comes next at this instant, exactly as the workflow would. Null when the invoice is not registered. Writes nothing. */
export async function viewCase(deps: PlanningDeps, invoiceId: string, at: string): Promise<CaseOverview | null> {
  const file = await deps.ledger.loadCaseFile(invoiceId);
  return file ? overviewOf(deps, { file, record: await loadDebtor(deps.ledger, file), at }) : null;
}

/** The overview of a case that was read with its debtor. */
export async function overviewOf(
  deps: PlanningDeps,
  { file, record, at }: { file: CaseFile; record: CustomerRecord; at: string },
): Promise<CaseOverview> {
  const { dunningCase } = file;
  const profile = effectiveProfile(record);
  const isDerived = profile !== null && record.customer.profile === undefined;
  return {
    dunningCase,
    level: levelReached(file),
    hold: holdInForce(dunningCase.hold, record.insolventSince),
    profile,
    profileReasons: isDerived ? (record.derivedProfile?.reasons ?? []) : [],
    nextStep: await nextStepOf(deps, { file, record, at }),
    executionPart: file.executionPart ?? 1,
  };
}

async function nextStepOf(
  deps: PlanningDeps,
  { file, record, at }: { file: CaseFile; record: CustomerRecord; at: string },
): Promise<PlannedStep | null> {
  if (!isCollectable(file.dunningCase)) return null;
  const plan = planFacts(deps, { file, record, policy: await policyOf(deps.policies, file) }, at);
  return plan.standing === 'open' ? (plan.next ?? plan.awaited) : null;
}
