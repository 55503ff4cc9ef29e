import type { SendRequest, WorkflowStep } from '../contracts/workflow.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { ReplanError } from '../domain/errors.ts';
import { type Claimed, claimMessage } from './claim-message.ts';
import { nextWorkflowStep, workflowStepOf } from './next-workflow-step.ts';
import { loadFacts, planFacts, recordSkipped } from './plan-case.ts';
import type { SendOutcome } from './ports.ts';
import { recordMessage } from './record-message.ts';
import type { ServingDeps } from './serving.ts';
import { withFreshRead } from './with-fresh-read.ts';
import { withdrawPassedCalls } from './withdraw-passed-calls.ts';

/** What became of the step, and the next one. `redirected`: the message that serves it goes by another channel, whose state has to make it, once it is open. */
export interface ServeAnswer {
  readonly outcome: 'sent' | 'assigned' | 'held' | 'served-before' | 'skipped' | 'failed' | 'on-its-way' | 'redirected';
  readonly step: WorkflowStep;
}

/**
 * Serves one step at most once, in two phases: claim (the case still stands as planned, the step is unclaimed), act, record. The message serves with it the steps of the debtor's other
 * invoices that fall on the same day; they are claimed with it, and find their step served when they wake.
 *
 * A reservation whose outcome nobody knows is never guessed: while it is young it is on its way; once the send timeout has passed and the provider's events have not said that it left,
 * a person is asked, rather than risk a second letter.
 *
 * @throws ReplanError when the case is no longer what the step was planned with
 * @throws UnavailableError when the provider cannot take it now (throttling): the step is open again and the workflow retries with backoff
 */
export async function serveStep(deps: ServingDeps, request: SendRequest): Promise<ServeAnswer> {
  const claimed = await withFreshRead(() => claimMessage(deps, request));
  if (claimed.phase === 'redirected') return redirect(request, claimed);
  if (claimed.phase === 'over') return answer(deps, request, claimed);
  const outcome = await claimed.ready.send();
  const file = await recordMessage(deps, request, { ...claimed, outcome });
  return answer(deps, request, { outcome: OUTCOMES[outcome.kind], file });
}

const OUTCOMES = {
  sent: 'sent',
  assigned: 'assigned',
  'not-now': 'failed',
  refused: 'failed',
  unknown: 'on-its-way',
} as const satisfies Record<SendOutcome['kind'], ServeAnswer['outcome']>;

function redirect(request: SendRequest, { planned }: Extract<Claimed, { phase: 'redirected' }>): ServeAnswer {
  return { outcome: 'redirected', step: nextWorkflowStep(planned, planned.level, request.startedAt) };
}

async function answer(
  deps: ServingDeps,
  request: SendRequest,
  { outcome, file }: { outcome: ServeAnswer['outcome']; file: CaseFile },
): Promise<ServeAnswer> {
  const facts = await withdrawPassedCalls(deps.ledger, await loadFacts(deps, file), request.at);
  const plan = planFacts(deps, facts, request.at);
  if (plan.standing !== 'open') throw new ReplanError(`case ${request.invoiceId} is ${plan.standing} meanwhile`);
  await recordSkipped(deps.ledger, { file: facts.file, skipped: plan.skipped, at: request.at });
  return { outcome, step: workflowStepOf(plan, request.startedAt) };
}
