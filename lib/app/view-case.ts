import type { CaseCharges } from '../contracts/case-view.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import { effectiveProfile, levelReached, profileReasons } from '../domain/case-file.ts';
import { type DunningCase, isOwed } from '../domain/dunning-case.ts';
import { type Hold, holdInForce } from '../domain/hold.ts';
import type { Level } from '../domain/level.ts';
import { timeZoneOf } from '../domain/plan/debtor-calendar.ts';
import type { PlannedStep } from '../domain/plan/plan-next-step.ts';
import type { PlannedReview } from '../domain/plan/waiting-case.ts';
import { unpaidCharges } from './charges.ts';
import { type CaseFacts, loadDebtor, type PlanningDeps, planFacts } from './plan-case.ts';
import { policyOf } from './policy-book.ts';

/** A case as a finance person asks for it: the facts, the level reached, the payer profile and why, what the delay has cost so far, and what comes next and why. */
export interface CaseOverview {
  readonly dunningCase: DunningCase;
  readonly level: Level;
  readonly hold: Hold | null;
  readonly profile: string | null;
  readonly profileReasons: readonly string[];
  readonly charges: CaseCharges;
  /** The debtor's date. */
  readonly today: string;
  readonly nextStep: PlannedStep | PlannedReview | null;
  /** The part of its execution to look at. */
  readonly executionPart: number;
}

/** Reads a case and works out what comes next at this instant, exactly as the workflow would. Null when the invoice is not registered. Writes nothing. */
export async function viewCase(deps: PlanningDeps, invoiceId: string, at: string): Promise<CaseOverview | null> {
  const [file, bankDataOn] = await Promise.all([deps.ledger.loadCaseFile(invoiceId), deps.ledger.loadBankDataOn()]);
  return file ? overviewOf(deps, { file, record: await loadDebtor(deps.ledger, file), bankDataOn, at }) : null;
}

/** The overview of a case that was read with its debtor. */
export async function overviewOf(
  deps: PlanningDeps,
  { file, record, bankDataOn, at }: Omit<CaseFacts, 'policy'> & { readonly at: string },
): Promise<CaseOverview> {
  const { dunningCase } = file;
  const profile = effectiveProfile(record);
  const isClosed = !isOwed(dunningCase);
  const facts = isClosed ? null : { file, record, bankDataOn, policy: await policyOf(deps.policies, file) };
  return {
    dunningCase,
    level: levelReached(file),
    hold: holdInForce(dunningCase.hold, record.insolventSince),
    profile,
    profileReasons: profileReasons(record),
    charges: facts ? unpaidCharges(deps, facts, dateIn(at, deps.creditorTimeZone)) : NO_CHARGES,
    today: dateIn(at, timeZoneOf(record.customer, deps.creditorTimeZone)),
    nextStep: facts && nextStepOf(deps, facts, at),
    executionPart: file.executionPart ?? 1,
  };
}

function nextStepOf(deps: PlanningDeps, facts: CaseFacts, at: string): PlannedStep | PlannedReview | null {
  const plan = planFacts(deps, facts, at);
  if (plan.standing === 'waiting') return plan.review;
  return plan.standing === 'open' ? (plan.next ?? plan.awaited) : null;
}

/** What a closed case is charged: nothing is claimed on it any more. */
const NO_CHARGES: CaseCharges = { interestMinor: 0, compensationMinor: 0, lines: [], missingFrom: null };
