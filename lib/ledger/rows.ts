import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { CustomerRecord } from '../domain/case-file.ts';
import { ContactEntrySchema } from '../domain/contact-log.ts';
import { type CreditNote, CreditNoteSchema } from '../domain/credit-note.ts';
import { CustomerSchema } from '../domain/customer.ts';
import { type DunningCase, DunningCaseSchema } from '../domain/dunning-case.ts';
import { ContractError } from '../domain/errors.ts';
import { type HistoryEntry, HistoryEntrySchema } from '../domain/history.ts';
import { CalendarDateSchema } from '../domain/identifiers.ts';
import type { FiledInvoices } from '../domain/matching.ts';
import { ClosedInvoiceSchema, DerivedProfileSchema } from '../domain/payer-record.ts';
import { type CashReceipt, CashReceiptSchema, type Payment, PaymentSchema } from '../domain/payment.ts';
import { type Policy, PolicySchema } from '../domain/policy.ts';
import { type StepClaim, StepClaimSchema } from '../domain/step-claim.ts';
import { type Task, TaskSchema } from '../domain/task.ts';
import { filedUnder, type RowKey } from './keys.ts';

/** A row as DynamoDB holds it. */
export type Row = Record<string, AttributeValue>;

/** A row of DynamoDB from its key and its fields; fields that are undefined are left out. */
export function toRow(key: RowKey, fields: object): Row {
  return marshall({ ...key, ...fields }, { removeUndefinedValues: true });
}

/** The key of a row in DynamoDB's form. */
export function toKey(key: RowKey): Row {
  return marshall(key);
}

/** The key of a row that was read. */
export function keyOf(row: Row): RowKey {
  return { pk: row.pk?.S ?? '', sk: row.sk?.S ?? '' };
}

/** A case from its row. Throws ContractError with the row's key when it does not parse. */
export const parseCase = (row: Row): DunningCase => parseRow(DunningCaseSchema, row);

/** A claim from its row; throws like {@link parseCase}. */
export const parseClaim = (row: Row): StepClaim => parseRow(StepClaimSchema, row);

/** A credit note from its row; throws like {@link parseCase}. */
export const parseCreditNote = (row: Row): CreditNote => parseRow(CreditNoteSchema, row);

/** A payment from its row; throws like {@link parseCase}. */
export const parsePayment = (row: Row): Payment => parseRow(PaymentSchema, row);

/** A receipt from its row; throws like {@link parseCase}. */
export const parseReceipt = (row: Row): CashReceipt => parseRow(CashReceiptSchema, row);

/** A history entry from its row; throws like {@link parseCase}. */
export const parseEntry = (row: Row): HistoryEntry => parseRow(HistoryEntrySchema, row);

/** A task from its row; throws like {@link parseCase}. */
export const parseTask = (row: Row): Task => parseRow(TaskSchema, row);

/** A policy from its row; throws like {@link parseCase}. */
export const parsePolicy = (row: Row): Policy => parseRow(PolicySchema, row);

const CustomerRecordSchema = z.object({
  customer: CustomerSchema,
  firstInvoiceId: z.nullable(z.string()),
  contacts: z.array(ContactEntrySchema),
  addressMarks: z.record(z.string(), z.enum(['bounced', 'complained', 'wrong'])),
  closedInvoices: z.array(ClosedInvoiceSchema),
  derivedProfile: z.nullable(DerivedProfileSchema),
  insolventSince: z._default(z.nullable(CalendarDateSchema), null),
  isTellingPending: z.optional(z.boolean()),
  version: z.int(),
});

/** A customer from its row; throws like {@link parseCase}. */
export const parseCustomer = (row: Row): CustomerRecord => parseRow(CustomerRecordSchema, row);

/** The ids filed under a key; a set that is absent is empty. */
export function parseFiled(row: Row): FiledInvoices {
  return { key: filedUnder(keyOf(row).pk), byReference: row.byReference?.SS ?? [], byNumber: row.byNumber?.SS ?? [] };
}

/** The names in the catalogue of policies, in their order; none when there is no catalogue yet. */
export function policyNamesIn(row: Row | null): string[] {
  return (row?.policyNames?.SS ?? []).toSorted();
}

function parseRow<Schema extends z.core.$ZodType>(schema: Schema, row: Row): z.core.output<Schema> {
  const parsed = z.safeParse(schema, unmarshall(row));
  if (parsed.success) return parsed.data;
  const { pk, sk } = keyOf(row);
  throw new ContractError(`row ${pk}/${sk} does not parse: ${z.prettifyError(parsed.error)}`);
}
