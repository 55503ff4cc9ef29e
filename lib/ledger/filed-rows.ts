import {
  BANK_DATA_KEY,
  duplicateKey,
  filedCustomer,
  fingerprintPartition,
  likeReceipt,
  payerPartition,
} from './keys.ts';
import { keyOf } from './rows.ts';
import { partitionQuery, type TableReader } from './table-reader.ts';

/** A table and how many of its rows are wanted at most. */
interface Filed {
  readonly ledgerTable: string;
  readonly rowsMax: number;
}

/** The customers under a key, in the order of their ids. */
export async function customersUnder(reader: TableReader, key: string, filed: Filed): Promise<string[]> {
  return (await sortKeysIn(reader, payerPartition(key), filed)).map(filedCustomer);
}

/** The receipts with a fingerprint, in the order of their ids. */
export async function receiptsLike(reader: TableReader, fingerprint: string, filed: Filed): Promise<string[]> {
  return (await sortKeysIn(reader, fingerprintPartition(fingerprint), filed)).map(likeReceipt);
}

/** The day through which the bank has told, or null. */
export async function readBankDataOn(reader: TableReader, ledgerTable: string): Promise<string | null> {
  return (await reader.get(ledgerTable, BANK_DATA_KEY))?.throughOn?.S ?? null;
}

/** The id of the transaction that is kept as the possible duplicate of this one; null when there is none. */
export async function readDuplicateId(
  reader: TableReader,
  transactionId: string,
  ledgerTable: string,
): Promise<string | null> {
  return (await reader.get(ledgerTable, duplicateKey(transactionId)))?.transactionId?.S ?? null;
}

async function sortKeysIn(reader: TableReader, pk: string, { ledgerTable, rowsMax }: Filed): Promise<string[]> {
  return (await reader.queryAll(partitionQuery(ledgerTable, pk), rowsMax)).map((row) => keyOf(row).sk);
}
