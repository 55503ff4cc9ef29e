import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { CustomerRecord } from '../domain/case-file.ts';
import { CustomerSchema } from '../domain/customer.ts';
import { type DunningCase, DunningCaseSchema } from '../domain/dunning-case.ts';
import { ContractError } from '../domain/errors.ts';
import { type HistoryEntry, HistoryEntrySchema } from '../domain/history.ts';
import type { FiledInvoices } from '../domain/matching.ts';
import { type CashReceipt, CashReceiptSchema } from '../domain/payment.ts';
import { type StepClaim, StepClaimSchema } from '../domain/step-claim.ts';
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

/** The sort key of a row that was read. */
export function sortKeyOf(row: Row): string {
  return row.sk?.S ?? '';
}

/** A case from its row. Throws ContractError with the row's key when it does not parse. */
export const parseCase = (row: Row): DunningCase => parseRow(DunningCaseSchema, row);

/** A claim from its row; throws like {@link parseCase}. */
export const parseClaim = (row: Row): StepClaim => parseRow(StepClaimSchema, row);

/** A receipt from its row; throws like {@link parseCase}. */
export const parseReceipt = (row: Row): CashReceipt => parseRow(CashReceiptSchema, row);

/** A history entry from its row; throws like {@link parseCase}. */
export const parseEntry = (row: Row): HistoryEntry => parseRow(HistoryEntrySchema, row);

const CustomerRecordSchema = z.object({
  customer: CustomerSchema,
  firstInvoiceId: z.nullable(z.string()),
  version: z.int(),
});

/** A customer from its row; throws like {@link parseCase}. */
export const parseCustomer = (row: Row): CustomerRecord => parseRow(CustomerRecordSchema, row);

/** The ids filed under a key; a set that is absent is empty. */
export function parseFiled(row: Row): FiledInvoices {
  return { key: filedUnder(row.pk?.S ?? ''), byReference: row.byReference?.SS ?? [], byNumber: row.byNumber?.SS ?? [] };
}

function parseRow<Schema extends z.core.$ZodType>(schema: Schema, row: Row): z.core.output<Schema> {
  const parsed = z.safeParse(schema, unmarshall(row));
  if (parsed.success) return parsed.data;
  const key = `${row.pk?.S}/${row.sk?.S}`;
  throw new ContractError(`row ${key} does not parse: ${z.prettifyError(parsed.error)}`);
}
