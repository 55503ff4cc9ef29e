import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LetterSignal } from '../app/letter-signal.ts';
import { LETTER_EVENT_SOURCE, type LetterEventDetail, letterDetailTypeOf } from '../contracts/letter-event.ts';
import { putEvent } from './put-event.ts';

/**
 * Puts what happens to letters on the bus, for a postal provider or whoever else listens. An event may come twice; `letterId` tells letters apart.
 *
 * @throws UnavailableError when the bus did not take the event: the record is delivered again
 */
export function publishLetterEvents(
  client: EventBridgeClient,
  { busName, bucket }: { busName: string; bucket: string },
): (signal: LetterSignal) => Promise<void> {
  return ({ kind, step, ...letter }) => {
    const detail: LetterEventDetail = { ...letter, bucket, stepId: step.stepId };
    const entry = {
      EventBusName: busName,
      Source: LETTER_EVENT_SOURCE,
      DetailType: letterDetailTypeOf(kind),
      Detail: JSON.stringify(detail),
    };
    return putEvent(client, entry, `letter ${letter.letterId}`);
  };
}
