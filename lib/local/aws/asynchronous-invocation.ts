import { randomUUID } from 'node:crypto';
import type { VirtualClock } from '../clock.ts';
import type { DeadLetters } from '../dead-letters.ts';
import type { FunctionInvoker, InvokeResult } from '../functions/invoker.ts';

/** What happens to an event whose function fails: the function's `EventInvokeConfig` and `DeadLetterConfig`. */
export interface AsynchronousPolicy {
  readonly retryAttemptsMax: number;
  readonly eventAgeSecondsMax: number;
  /** Queue for the invocation record (`DestinationConfig.OnFailure`). */
  readonly onFailureArn?: string;
  /** Queue for the bare event (`DeadLetterConfig`). */
  readonly deadLetterArn?: string;
}

/** Lambda's defaults: two more attempts within six hours, then the event is lost. */
export const DEFAULT_ASYNCHRONOUS_POLICY: AsynchronousPolicy = { retryAttemptsMax: 2, eventAgeSecondsMax: 21_600 };

/** One event on its way to a function. */
export interface AsynchronousEvent {
  readonly functionArn: string;
  readonly payload: unknown;
  readonly policy: AsynchronousPolicy;
}

/** What asynchronous invocations work with. */
export interface AsynchronousInvocationContext {
  readonly clock: VirtualClock;
  readonly invoker: FunctionInvoker;
  readonly deadLetters: DeadLetters;
}

/**
 * Invokes a function as Lambda's `Event` invocation does: a failing function runs again one, then two virtual minutes
 * later; a throttled one from one second up to five minutes later without counting. What is given up goes to the
 * function's queues.
 *
 * @throws what the invoker throws at the first attempt, as for a function that does not exist; later ones count as
 *   failed
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html (read 2026-11-23)
 */
export async function invokeAsynchronously(
  context: AsynchronousInvocationContext,
  event: AsynchronousEvent,
): Promise<void> {
  const progress = { startedAtMillis: context.clock.now(), failures: 0, throttles: 0 };
  const result = await context.invoker.invoke(event.functionArn, event.payload);
  conclude(context, event, { progress, result });
}

interface Progress {
  readonly startedAtMillis: number;
  readonly failures: number;
  readonly throttles: number;
}

interface Outcome {
  readonly progress: Progress;
  readonly result: InvokeResult;
}

function conclude(context: AsynchronousInvocationContext, event: AsynchronousEvent, outcome: Outcome): void {
  const { result } = outcome;
  if (result.ok) return;
  const progress = advance(outcome.progress, result.errorType);
  const retryAtMillis = context.clock.now() + delayMillis(progress);
  const { retryAttemptsMax, eventAgeSecondsMax } = event.policy;
  const isTooOld = retryAtMillis - progress.startedAtMillis > eventAgeSecondsMax * 1000;
  if (progress.failures > retryAttemptsMax || isTooOld) {
    giveUp(context, event, { result, progress, condition: isTooOld ? 'EventAgeExceeded' : 'RetriesExhausted' });
    return;
  }
  context.clock.schedule(retryAtMillis, () => context.clock.track(tryAgain(context, event, progress)));
}

async function tryAgain(
  context: AsynchronousInvocationContext,
  event: AsynchronousEvent,
  progress: Progress,
): Promise<void> {
  const result = await context.invoker.invoke(event.functionArn, event.payload).catch(asFailure);
  conclude(context, event, { progress, result });
}

function asFailure(error: unknown): InvokeResult {
  return {
    ok: false,
    errorType: 'InvocationFailed',
    errorMessage: error instanceof Error ? error.message : String(error),
  };
}

/** Throttling and service errors of Lambda itself are retried without using up the attempts of the function. */
const UNCOUNTED_ERRORS = new Set(['Lambda.TooManyRequestsException', 'Lambda.ServiceException']);

function advance(progress: Progress, errorType: string): Progress {
  if (UNCOUNTED_ERRORS.has(errorType)) return { ...progress, throttles: progress.throttles + 1 };
  return { ...progress, failures: progress.failures + 1, throttles: 0 };
}

function delayMillis({ failures, throttles }: Progress): number {
  if (throttles > 0) return Math.min(1_000 * 2 ** (throttles - 1), 300_000);
  return failures === 1 ? 60_000 : 120_000;
}

interface Loss {
  readonly result: Extract<InvokeResult, { ok: false }>;
  readonly progress: Progress;
  readonly condition: string;
}

function giveUp({ clock, deadLetters }: AsynchronousInvocationContext, event: AsynchronousEvent, loss: Loss): void {
  const { errorType, errorMessage } = loss.result;
  const { deadLetterArn, onFailureArn } = event.policy;
  const requestId = randomUUID();
  const attributes = { RequestID: requestId, ErrorCode: '200', ErrorMessage: `${errorType}: ${errorMessage}` };
  if (deadLetterArn !== undefined || onFailureArn === undefined) {
    deadLetters.send({ queueArn: deadLetterArn, body: event.payload, attributes });
  }
  if (onFailureArn === undefined) return;
  const body = {
    version: '1.0',
    timestamp: new Date(clock.now()).toISOString(),
    requestContext: {
      requestId,
      functionArn: `${event.functionArn}:$LATEST`,
      condition: loss.condition,
      approximateInvokeCount: loss.progress.failures,
    },
    requestPayload: event.payload,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType, errorMessage },
  };
  deadLetters.send({ queueArn: onFailureArn, body, attributes: {} });
}
