import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

/** Values joined by a separator that none of them holds; at least one. */
function listOf(separator: string) {
  return z.pipe(
    text,
    z.transform((joined: string) => joined.split(separator)),
  );
}

const ledgerTables = { LEDGER_TABLE: text, HISTORY_TABLE: text };

/** What every function that books money needs: the tables, and where the creditor is, whose law says what a delay costs. */
const booking = { ...ledgerTables, CREDITOR_TIME_ZONE: text, CREDITOR_COUNTRY: text };

/**
 * What every function that works out a next step needs: the tables, the creditor's zone and country, how long a reservation may be on its way, the email domains of the
 * creditor's own people, who are never dunned, and the email address of who owns the tasks.
 */
const planning = {
  ...booking,
  SEND_TIMEOUT_MINUTES: z.coerce.number().check(z.int(), z.positive()),
  CREDITOR_DOMAINS: listOf(','),
  TASK_OWNER: text,
};

/**
 * What every function that words a notice prints of the creditor: bank data, legal identity, letterhead and who signs. The phone is grouped for reading; the URL is
 * empty when there is none; the address comes out as its lines.
 */
const creditor = {
  CREDITOR_NAME: text,
  CREDITOR_PHONE_DISPLAY: text,
  CREDITOR_IBAN: text,
  CREDITOR_BIC: text,
  CREDITOR_LEGAL_NOTICE: text,
  CREDITOR_PRIVACY_URL: z.string(),
  CREDITOR_ADDRESS: listOf('\n'),
  SIGNATORY_NAME: text,
  SIGNATORY_TITLE: text,
  REPLY_TO_ADDRESS: text,
};

/** Environment of `functions/api.ts`. */
export const ApiEnvironmentSchema = z.object({ ...planning, STATE_MACHINE_ARN: text });

/** Environment of `functions/read-letter.ts`. */
export const ReadLetterEnvironmentSchema = z.object({ ...ledgerTables, LETTERS_BUCKET: text });

/** Environment of `functions/preview-policy.ts`. */
export const PreviewPolicyEnvironmentSchema = z.object({ ...planning, ...creditor });

/** Environment of `functions/receive-bank-webhook.ts`. */
export const ReceiveBankWebhookEnvironmentSchema = z.object({ BANK_SECRET_ARN: text, BUS_NAME: text });

/** Environment of `functions/apply-payment.ts`. */
export const ApplyPaymentEnvironmentSchema = z.object(booking);

/** Environment of `functions/import-statement.ts`. */
export const ImportStatementEnvironmentSchema = z.object(booking);

/** Environment of `functions/reports.ts`. */
export const ReportsEnvironmentSchema = z.object({ ...ledgerTables, CREDITOR_TIME_ZONE: text });

/** Environment of `functions/plan-next-step.ts`. */
export const PlanNextStepEnvironmentSchema = z.object(planning);

/** Environment of `functions/send-email.ts`. */
export const SendEmailEnvironmentSchema = z.object({
  ...planning,
  ...creditor,
  SENDER_ADDRESS: text,
  CONFIGURATION_SET: text,
});

/** Environment of `functions/send-sms.ts`. */
export const SendSmsEnvironmentSchema = z.object({
  ...planning,
  CREDITOR_NAME: text,
  CREDITOR_PHONE: text,
  SMS_SENDER_ID: text,
});

/** Environment of `functions/assign-call.ts`. */
export const AssignCallEnvironmentSchema = z.object({ ...planning, ...creditor });

/** Environment of `functions/post-letter.ts`. */
export const PostLetterEnvironmentSchema = z.object({ ...planning, ...creditor, LETTERS_BUCKET: text });

/** Environment of `functions/hand-over.ts`. */
export const HandOverEnvironmentSchema = z.object(planning);

/** Environment of `functions/review-case.ts`. */
export const ReviewCaseEnvironmentSchema = z.object(planning);

/** Environment of `functions/wake-executions.ts`. */
export const WakeExecutionsEnvironmentSchema = z.object({
  STATE_MACHINE_ARN: text,
  BUS_NAME: text,
  LETTERS_BUCKET: text,
});

/** Environment of `functions/record-delivery.ts`. */
export const RecordDeliveryEnvironmentSchema = z.object(planning);

/** The names of the variables a function reads: the type of the `environment` its construct must give. */
export type EnvironmentOf<Schema extends z.core.$ZodType> = Record<keyof z.core.output<Schema> & string, string>;
