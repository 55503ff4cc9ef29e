import { recordDelivery } from '../lib/app/record-delivery.ts';
import type { RedirectDeps } from '../lib/app/try-next-address.ts';
import { deliveryReportOf } from '../lib/contracts/delivery-event.ts';
import { RecordDeliveryEnvironmentSchema } from '../lib/contracts/environment.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logger } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';

/** An SES event of the default bus: what became of a notice. Safe to deliver twice and in any order. */
export async function handle(deps: RedirectDeps, event: unknown): Promise<void> {
  const report = deliveryReportOf(event);
  const outcome = await recordDelivery(deps, report);
  const { invoiceId, stepId, messageId } = report;
  logger.info('delivery event taken', { invoiceId, stepId, messageId, event: report.event, outcome });
}

/** Lambda entry point. */
export const handler = lambda(() => connectPlanning(readEnvironment(RecordDeliveryEnvironmentSchema)), handle);
