import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { UnavailableError } from '../domain/errors.ts';
import type { BankEvent } from '../http/bank-webhook.ts';

/** Source of the events that come from the signed webhook; the function's permission to publish is bound to it. */
const SOURCE = 'relance.bank';

/**
 * Puts bank events on the bus. PutEvents answers 200 even when it took nothing, so the entry's own result counts.
 *
 * @throws UnavailableError when the bus did not take the event: the bank delivers again
 */
export function publishBankEvents(client: EventBridgeClient, busName: string): (event: BankEvent) => Promise<void> {
  return async ({ detailType, transactionId, detail }) => {
    const entry = { EventBusName: busName, Source: SOURCE, DetailType: detailType, Detail: JSON.stringify(detail) };
    const { Entries } = await client.send(new PutEventsCommand({ Entries: [entry] })).catch((error: unknown) => {
      throw new UnavailableError(`the bus did not take transaction ${transactionId}`, { cause: error });
    });
    const refused = Entries?.[0]?.ErrorCode;
    if (refused) throw new UnavailableError(`the bus refused transaction ${transactionId}: ${refused}`);
  };
}
