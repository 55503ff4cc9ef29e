import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { UnavailableError } from '../domain/errors.ts';

/**
 * Puts one event on the bus. PutEvents answers 200 even when it took nothing, so the entry's own result counts.
 *
 * @param what the event is about, for the fault
 * @throws UnavailableError when the bus did not take the event: whoever told of it tells again
 */
export async function putEvent(client: EventBridgeClient, entry: PutEventsRequestEntry, what: string): Promise<void> {
  const { Entries } = await client.send(new PutEventsCommand({ Entries: [entry] })).catch((error: unknown) => {
    throw new UnavailableError(`the bus did not take ${what}`, { cause: error });
  });
  const refused = Entries?.[0]?.ErrorCode;
  if (refused) throw new UnavailableError(`the bus refused ${what}: ${refused}`);
}
