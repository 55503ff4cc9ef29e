import type { EventBridgeEvent } from 'aws-lambda';
import type { PaymentDeps } from '../lib/app/allocation-terms.ts';
import { applyPayment, type PaymentOutcome } from '../lib/app/apply-payment.ts';
import { detailTypeOf, parseBankTransaction } from '../lib/contracts/bank-transaction.ts';
import { ApplyPaymentEnvironmentSchema } from '../lib/contracts/environment.ts';
import { ContractError } from '../lib/domain/errors.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logger } from '../lib/runtime/lambda.ts';
import { connectBooking } from '../lib/runtime/ledger.ts';

/** `PaymentReceived` and `PaymentReturned` on the bus, from our webhook or from another system. Safe to deliver twice: the ledger keys on the transaction. */
export async function handle(deps: PaymentDeps, event: EventBridgeEvent<string, unknown>): Promise<PaymentOutcome> {
  const parsed = parseBankTransaction(event.detail);
  if (!parsed.ok) {
    // The places only: a detail may quote a name or an IBAN, and this message is logged.
    const places = parsed.errors.map(({ pointer }) => pointer);
    throw new ContractError(`event ${event.id} is not a bank transaction at ${places.join(', ')}`);
  }
  const { debtor, ...transaction } = parsed.transaction;
  if (detailTypeOf(transaction) !== event['detail-type']) {
    throw new ContractError(`event ${event.id} is a ${event['detail-type']} of a ${transaction.kind}`);
  }
  const outcome = await applyPayment(deps, {
    ...transaction,
    ...(debtor?.name && { debtorName: debtor.name }),
    ...(debtor?.iban && { debtorIban: debtor.iban }),
    receivedAt: new Date(event.time).toISOString(),
    source: 'event',
  });
  // The reason names people.
  const { why: _, ...told } = outcome;
  logger.info('payment taken', { transactionId: transaction.transactionId, ...told });
  return outcome;
}

/** Lambda entry point. */
export const handler = lambda(() => connectBooking(readEnvironment(ApplyPaymentEnvironmentSchema)), handle);
