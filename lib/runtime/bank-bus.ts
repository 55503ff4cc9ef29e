import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { BankEvent } from '../http/bank-webhook.ts';
import { putEvent } from './put-event.ts';

/** Source of the events that come from the signed webhook; the function's permission to publish is bound to it. */
const SOURCE = 'relance.bank';

/**
 * Puts bank events on the bus.
 *
 * @throws UnavailableError when the bus did not take the event: the bank delivers again
 */
export function publishBankEvents(client: EventBridgeClient, busName: string): (event: BankEvent) => Promise<void> {
  return ({ detailType, transactionId, detail }) => {
    const entry = { EventBusName: busName, Source: SOURCE, DetailType: detailType, Detail: JSON.stringify(detail) };
    return putEvent(client, entry, `transaction ${transactionId}`);
  };
}
