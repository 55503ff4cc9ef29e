import type { InvokeResult } from '../functions/invoker.ts';
import type { StreamItem } from './stream-event.ts';

/**
 * How many records of a batch are done, counted from the first: all of them when the function succeeded, those before
 * the first reported one when it answers with `batchItemFailures`, none when it failed or reports a record that is not
 * in the batch (of that last case AWS's page does not speak).
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html (read 2026-11-23)
 */
export function countDone(items: readonly StreamItem[], result: InvokeResult, reportsFailures: boolean): number {
  if (!result.ok) return 0;
  const failures = reportsFailures ? failuresIn(result.payload) : [];
  const positions = failures.map((failure) => items.findIndex((item) => item.sequenceNumber === identifierOf(failure)));
  if (positions.length === 0) return items.length;
  return Math.max(0, Math.min(...positions));
}

function failuresIn(payload: unknown): unknown[] {
  if (typeof payload !== 'object' || payload === null || !('batchItemFailures' in payload)) return [];
  const { batchItemFailures } = payload;
  if (batchItemFailures === null) return [];
  return Array.isArray(batchItemFailures) ? batchItemFailures : [undefined];
}

function identifierOf(failure: unknown): unknown {
  return typeof failure === 'object' && failure !== null && 'itemIdentifier' in failure
    ? failure.itemIdentifier
    : undefined;
}
