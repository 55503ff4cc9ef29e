import type { ReviewDeps } from '../lib/app/judge-promise.ts';
import { type ReviewAnswer, reviewCase } from '../lib/app/review-case.ts';
import { ReviewCaseEnvironmentSchema } from '../lib/contracts/environment.ts';
import { SendRequestSchema } from '../lib/contracts/workflow.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logger, parseInput } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';

/** State "Review case": does what has become due by time alone in a case that was kept back, and returns the next step. Safe to ask again. */
export async function handle(deps: ReviewDeps, event: unknown): Promise<ReviewAnswer> {
  const request = parseInput(SendRequestSchema, event, 'review request');
  const answer = await reviewCase(deps, request);
  logger.info('case reviewed', { invoiceId: request.invoiceId, outcome: answer.outcome });
  return answer;
}

/** Lambda entry point. */
export const handler = lambda(() => connectPlanning(readEnvironment(ReviewCaseEnvironmentSchema)), handle);
