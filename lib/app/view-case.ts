import type { CaseFile } from '../domain/case-file.ts';
import { levelReached } from '../domain/case-file.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import type { Level } from '../domain/level.ts';
import type { PlannedStep } from '../domain/plan/plan-next-step.ts';
import { loadDebtor, type PlanningDeps, planFile } from './plan-case.ts';

/** A case as a finance person asks for it: the facts, the level reached, and what comes next and why. */
export interface CaseOverview {
  readonly dunningCase: DunningCase;
  readonly level: Level;
  readonly profile: string | null;
  readonly nextStep: PlannedStep | null;
  /** The part of its execution to look at. */
  readonly executionPart: number;
}

/** Reads a case and works out what comes next at this instant, exactly as the workflow would. Null when the invoice is not registered. Writes nothing. */
export async function viewCase(deps: PlanningDeps, invoiceId: string, at: string): Promise<CaseOverview | null> {
  const file: CaseFile | null = await deps.ledger.loadCaseFile(invoiceId);
  if (!file) return null;
  const { dunningCase } = file;
  const customer = await loadDebtor(deps.ledger, file);
  const plan = planFile(deps, { file, customer, at });
  const nextStep = plan.standing === 'open' ? plan.next : null;
  const executionPart = file.executionPart ?? 1;
  return { executionPart, dunningCase, level: levelReached(file), profile: customer.profile ?? null, nextStep };
}
