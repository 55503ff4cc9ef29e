import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { LetterSignal } from '../app/letter-signal.ts';
import { LETTER_EVENT_SOURCE, type LetterEventDetail, letterDetailTypeOf } from '../contracts/letter-event.ts';
import { UnavailableError } from '../domain/errors.ts';

/**
 * Puts what happens to letters on the bus, for a postal provider or whoever else listens. An event may come twice; `letterId` tells letters apart. PutEvents answers 200 even when it took
 * nothing, so the entry's own result counts.
 *
 * @throws UnavailableError when the bus did not take the event: the record is delivered again
 */
export function publishLetterEvents(
  client: EventBridgeClient,
  { busName, bucket }: { busName: string; bucket: string },
): (signal: LetterSignal) => Promise<void> {
  return async ({ kind, step, ...letter }) => {
    const detail: LetterEventDetail = { ...letter, bucket, stepId: step.stepId };
    const entry = {
      EventBusName: busName,
      Source: LETTER_EVENT_SOURCE,
      DetailType: letterDetailTypeOf(kind),
      Detail: JSON.stringify(detail),
    };
    const { Entries } = await client.send(new PutEventsCommand({ Entries: [entry] })).catch((error: unknown) => {
      throw new UnavailableError(`the bus did not take letter ${letter.letterId}`, { cause: error });
    });
    const refused = Entries?.[0]?.ErrorCode;
    if (refused) throw new UnavailableError(`the bus refused letter ${letter.letterId}: ${refused}`);
  };
}
