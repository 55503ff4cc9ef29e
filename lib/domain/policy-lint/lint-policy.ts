import type { Policy } from '../policy.ts';
import type { TemplateNames } from '../template-names.ts';
import { announcedIsDone, everyLevelDemands, measureHasItsStep } from './coherence.ts';
import {
  decentCallsToConsumers,
  noAddedMailbox,
  noMailboxForConsumers,
  noPenaltiesForConsumers,
} from './consumer-protection.ts';
import { fewCallAttempts, saneContactBudget } from './contact-pressure.ts';
import { callWindowsWithinHours, decentSmsHours, hoursOpen } from './hours.ts';
import { readableLength } from './ladder-length.ts';
import { endsWithHandOver, preventiveWhereWanted, registeredAfterThreeWeeks } from './ladder-shape.ts';
import { laddersOf } from './ladders.ts';
import type { Breach, LadderRule, PolicyPath, PolicyRule } from './policy-rule.ts';
import {
  approvalOfLetters,
  copiesByEmail,
  formalNoticeInForm,
  formalNoticeLeavesTime,
  someoneReceivesIt,
  templateOfItsChannel,
} from './step-channel.ts';
import { knownSteps, noConfirmationId, ownStepId } from './step-identity.ts';
import { dueDateDivides, firmnessNeverFalls, stepsInOrder, timeGivenIsKept } from './step-order.ts';

/** What a policy does that it should not: where, by which rule of which source, and what to do about it. */
export interface PolicyFinding {
  readonly path: PolicyPath;
  readonly rule: string;
  readonly severity: 'fault' | 'warning';
  readonly problem: string;
  readonly cure: string;
  readonly source: string;
}

/** Rules about the document, whoever the debtor is. */
const POLICY_RULES: readonly PolicyRule[] = [
  ...[ownStepId, noConfirmationId, knownSteps, stepsInOrder],
  ...[hoursOpen, callWindowsWithinHours, decentSmsHours, saneContactBudget, fewCallAttempts],
  ...[noAddedMailbox, decentCallsToConsumers],
];

/** Rules about what one debtor goes through. */
const LADDER_RULES: readonly LadderRule[] = [
  ...[firmnessNeverFalls, timeGivenIsKept, dueDateDivides],
  ...[announcedIsDone, measureHasItsStep, everyLevelDemands],
  ...[preventiveWhereWanted, registeredAfterThreeWeeks, endsWithHandOver],
  ...[
    templateOfItsChannel,
    approvalOfLetters,
    formalNoticeInForm,
    formalNoticeLeavesTime,
    someoneReceivesIt,
    copiesByEmail,
  ],
  ...[noPenaltiesForConsumers, noMailboxForConsumers],
];

/** The ids of all rules, and where each comes from. */
export const RULE_SOURCES: ReadonlyMap<string, string> = new Map(
  [readableLength, ...POLICY_RULES, ...LADDER_RULES].map(({ id, source }) => [id, source]),
);

/**
 * What the craft and the law have against a policy: nothing, if it is sound. The ladder of every payer profile and kind of customer is looked at; what the base ladder
 * has already is not said of each profile again.
 */
export function lintPolicy(policy: Policy, templates: TemplateNames): PolicyFinding[] {
  const tooLong = readableLength.check(policy, templates);
  if (tooLong.length > 0) return tooLong.map((breach) => asFinding(readableLength, breach));
  const findings = POLICY_RULES.flatMap((rule) =>
    rule.check(policy, templates).map((breach) => asFinding(rule, breach)),
  );
  const said = new Set<string>();
  for (const ladder of laddersOf(policy)) {
    for (const rule of LADDER_RULES) {
      for (const breach of rule.check(ladder, templates)) {
        const base = `${rule.id}: ${breach.problem}`;
        const own = `${base} (${ladder.profile})`;
        if (said.has(base) || said.has(own)) continue;
        said.add(ladder.profile === null ? base : own);
        const problem = ladder.profile === null ? breach.problem : `${breach.problem} (profile ${ladder.profile})`;
        findings.push(asFinding(rule, { ...breach, problem }));
      }
    }
  }
  return findings;
}

function asFinding({ id, source }: { id: string; source: string }, breach: Breach): PolicyFinding {
  const { path, problem, cure, severity = 'fault' } = breach;
  return { path, rule: id, severity, problem, cure, source };
}
