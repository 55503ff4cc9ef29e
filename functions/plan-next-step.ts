import { type PlanningDeps, planCase } from '../lib/app/plan-case.ts';
import { PlanNextStepEnvironmentSchema } from '../lib/contracts/environment.ts';
import { type PlanAnswer, PlanRequestSchema } from '../lib/contracts/workflow.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logger, parseInput } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';

/** State "Plan": what to do now with a case. Safe to ask again at any time. */
export async function handle(deps: PlanningDeps, event: unknown): Promise<PlanAnswer> {
  const request = parseInput(PlanRequestSchema, event, 'plan request');
  const answer = await planCase(deps, request);
  const { standing, planRevision, step } = answer;
  logger.info('planned', {
    invoiceId: request.invoiceId,
    standing,
    planRevision,
    stepId: step?.stepId,
    stepAt: step?.at,
  });
  return answer;
}

/** Lambda entry point. */
export const handler = lambda(() => connectPlanning(readEnvironment(PlanNextStepEnvironmentSchema)), handle);
