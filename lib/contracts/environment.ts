import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

const ledgerTables = { LEDGER_TABLE: text, HISTORY_TABLE: text };

/** What every function that works out a next step needs: the tables, the creditor's zone, and how long a reservation may be on its way. */
const planning = {
  ...ledgerTables,
  CREDITOR_TIME_ZONE: text,
  SEND_TIMEOUT_MINUTES: z.coerce.number().check(z.int(), z.positive()),
};

/** Environment of `functions/api.ts`. */
export const ApiEnvironmentSchema = z.object({ ...planning, STATE_MACHINE_ARN: text });

/** Environment of `functions/receive-bank-webhook.ts`. */
export const ReceiveBankWebhookEnvironmentSchema = z.object({ BANK_SECRET_ARN: text, BUS_NAME: text });

/** Environment of `functions/apply-payment.ts`. */
export const ApplyPaymentEnvironmentSchema = z.object(ledgerTables);

/** Environment of `functions/plan-next-step.ts`. */
export const PlanNextStepEnvironmentSchema = z.object(planning);

/**
 * Environment of `functions/send-email.ts`; the creditor's bank data and legal identity are printed in the notice. The
 * phone is grouped for reading; the URL is empty when there is none.
 */
export const SendEmailEnvironmentSchema = z.object({
  ...planning,
  CREDITOR_NAME: text,
  CREDITOR_PHONE_DISPLAY: text,
  CREDITOR_IBAN: text,
  CREDITOR_BIC: text,
  CREDITOR_LEGAL_NOTICE: text,
  CREDITOR_PRIVACY_URL: z.string(),
  SENDER_ADDRESS: text,
  REPLY_TO_ADDRESS: text,
  CONFIGURATION_SET: text,
});

/** Environment of `functions/send-sms.ts`. */
export const SendSmsEnvironmentSchema = z.object({
  ...planning,
  CREDITOR_NAME: text,
  CREDITOR_PHONE: text,
  SMS_SENDER_ID: text,
});

/** Environment of `functions/wake-executions.ts`. */
export const WakeExecutionsEnvironmentSchema = z.object({ STATE_MACHINE_ARN: text });

/** Environment of `functions/record-delivery.ts`. */
export const RecordDeliveryEnvironmentSchema = z.object(ledgerTables);

/** The names of the variables a function reads: the type of the `environment` its construct must give. */
export type EnvironmentOf<Schema extends z.core.$ZodType> = Record<keyof z.core.output<Schema> & string, string>;
