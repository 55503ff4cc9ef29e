import * as z from 'zod/mini';
import { CurrencyCodeSchema } from '../../currency.ts';
import { textField } from '../../text-field.ts';

/** Column names of the header line, or numbers from 1. */
const ColumnSchema = z.union([textField(100), z.int().check(z.positive(), z.maximum(500))]);

/** How the CSV of one bank is to be read. Either one column of signed amounts, or one of credits and one of debits. */
export const CsvMappingSchema = z
  .strictObject({
    delimiter: z.enum([';', ',', '\t', '|']),
    decimalSeparator: z.enum([',', '.']),
    groupSeparator: z.optional(z.enum([' ', '.', ',', "'"])),
    dateFormat: z.enum([
      ...(['YYYY-MM-DD', 'YYYY/MM/DD', 'YYYYMMDD', 'DD/MM/YYYY', 'DD.MM.YYYY', 'DD-MM-YYYY'] as const),
      ...(['DD/MM/YY', 'DD.MM.YY', 'MM/DD/YYYY'] as const),
    ]),
    /** Lines before the header, and lines after the last booking. */
    skippedLines: z.optional(z.int().check(z.nonnegative(), z.maximum(100))),
    footerLines: z.optional(z.int().check(z.nonnegative(), z.maximum(100))),
    hasHeader: z.boolean(),
    columns: z.strictObject({
      bookedOn: ColumnSchema,
      valueOn: z.optional(ColumnSchema),
      amount: z.optional(ColumnSchema),
      credit: z.optional(ColumnSchema),
      debit: z.optional(ColumnSchema),
      currency: z.optional(ColumnSchema),
      /** The balance after the booking: when there is one, every line has to agree with it. */
      balance: z.optional(ColumnSchema),
      debtorName: z.optional(ColumnSchema),
      debtorIban: z.optional(ColumnSchema),
      remittance: z.optional(z.array(ColumnSchema).check(z.maxLength(10))),
      endToEndId: z.optional(ColumnSchema),
      structuredReference: z.optional(ColumnSchema),
      bankReference: z.optional(ColumnSchema),
    }),
    /** The currency of every line when no column says it. */
    currency: z.optional(CurrencyCodeSchema),
    /** The account of the file, an IBAN or what the bank has instead: no line says it, and it is part of every id. */
    account: textField(35),
    /** Words in the remittance of a debit that say that it takes a credit back, such as `REJET` or `IMPAYE`. */
    returnWords: z.optional(z.array(textField(40)).check(z.maxLength(20))),
  })
  .check(
    z.refine(
      ({ columns }) => (columns.amount === undefined) === (columns.credit !== undefined),
      'must name one column of signed amounts, or one of credits and perhaps one of debits',
    ),
    z.refine(
      ({ columns, currency }) => (columns.currency === undefined) === (currency !== undefined),
      'must name the currency, or the column that says it',
    ),
    z.refine(
      ({ groupSeparator, decimalSeparator }) => groupSeparator !== decimalSeparator,
      'must tell the separator of groups from that of decimals',
    ),
    z.refine(
      ({ columns, hasHeader }) =>
        hasHeader ||
        Object.values(columns)
          .flat()
          .every((column) => typeof column !== 'string'),
      'must number its columns when there is no header to name them',
    ),
  );

/** How to read the CSV of one bank; see {@link CsvMappingSchema}. */
export type CsvMapping = z.infer<typeof CsvMappingSchema>;
