import type { Json } from './definition.ts';
import { TaskFailure } from './task-failure.ts';

/**
 * Largest input, output or result of a state, in bytes of UTF-8 JSON: 256 KiB; also of one Assign.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const PAYLOAD_BYTES_MAX = 262_144;

/**
 * Lets a payload pass that Step Functions would carry.
 *
 * @param producer state or service that made it, for the message
 * @throws TaskFailure `States.DataLimitExceeded`
 */
export function withinPayloadLimit(payload: Json, producer: string): Json {
  if (Buffer.byteLength(JSON.stringify(payload)) <= PAYLOAD_BYTES_MAX) return payload;
  throw new TaskFailure(
    'States.DataLimitExceeded',
    `The state/task '${producer}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
