import {
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { CaseChange, Ledger, Page, Slice } from '../app/ports.ts';
import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import { ConflictError, invariant, UnavailableError } from '../domain/errors.ts';
import type { HistoryEntry } from '../domain/history.ts';
import type { FiledInvoices } from '../domain/matching.ts';
import type { CashReceipt } from '../domain/payment.ts';
import { type Action, caseTransaction, putCustomer, receiptTransaction, type TableNames } from './case-transaction.ts';
import { asFault, isConditionFailed, transactionOutcome } from './dynamodb-faults.ts';
import {
  customerKey,
  filingKey,
  historyKey,
  invoicePartition,
  isCaseRow,
  isClaimRow,
  isHistoryCursor,
  type RowKey,
  receiptKey,
} from './keys.ts';
import {
  parseCase,
  parseClaim,
  parseCustomer,
  parseEntry,
  parseFiled,
  parseReceipt,
  type Row,
  sortKeyOf,
  toKey,
} from './rows.ts';
import { listUnapplied } from './unapplied-index.ts';

/** Rounds of `BatchGetItem` before unprocessed keys count as an outage. */
const BATCH_ROUNDS_MAX = 5;

/** The ledger on DynamoDB. Its behaviour is that of the contract suite, which every ledger passes. */
export class DynamoDbLedger implements Ledger {
  readonly #client: DynamoDBClient;
  readonly #tables: TableNames;

  constructor(client: DynamoDBClient, tables: TableNames) {
    this.#client = client;
    this.#tables = tables;
  }

  async loadCaseFile(invoiceId: string): Promise<CaseFile | null> {
    const rows = await this.#queryAll({
      TableName: this.#tables.ledgerTable,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: invoicePartition(invoiceId) } },
      ConsistentRead: true,
    });
    const caseRow = rows.find((row) => isCaseRow(sortKeyOf(row)));
    if (!caseRow) return null;
    const claims = rows.filter((row) => isClaimRow(sortKeyOf(row))).map(parseClaim);
    const executionPart = caseRow.executionPart?.N;
    return { dunningCase: parseCase(caseRow), claims, ...(executionPart && { executionPart: Number(executionPart) }) };
  }

  async loadCustomer(customerId: string): Promise<CustomerRecord | null> {
    const row = await this.#get(customerKey(customerId));
    return row ? parseCustomer(row) : null;
  }

  async loadReceipt(transactionId: string): Promise<CashReceipt | null> {
    const row = await this.#get(receiptKey(transactionId));
    return row ? parseReceipt(row) : null;
  }

  async findFiledInvoices(keys: readonly string[]): Promise<FiledInvoices[]> {
    const { ledgerTable } = this.#tables;
    const found: Row[] = [];
    let wanted = keys.map((key) => toKey(filingKey(key)));
    for (let round = 0; wanted.length > 0; round += 1) {
      if (round === BATCH_ROUNDS_MAX) throw new UnavailableError('DynamoDB left keys unprocessed');
      const RequestItems = { [ledgerTable]: { Keys: wanted, ConsistentRead: true } };
      const answer = await this.#try(() => this.#client.send(new BatchGetItemCommand({ RequestItems })));
      found.push(...(answer.Responses?.[ledgerTable] ?? []));
      wanted = answer.UnprocessedKeys?.[ledgerTable]?.Keys ?? [];
    }
    return found.map(parseFiled);
  }

  commit(change: CaseChange): Promise<'committed' | 'duplicate'> {
    const actions = caseTransaction(this.#tables, change);
    return this.#transact(actions, `case ${change.dunningCase.invoice.invoiceId}`);
  }

  keepUnapplied(receipt: CashReceipt): Promise<'committed' | 'duplicate'> {
    const actions = receiptTransaction(this.#tables, receipt);
    return this.#transact(actions, `transaction ${receipt.transactionId}`);
  }

  async saveCustomer(record: CustomerRecord, expectedVersion: number | null): Promise<void> {
    const { Put } = putCustomer(this.#tables.ledgerTable, { record, expectedVersion });
    invariant(Put?.Item !== undefined, 'a customer is written by a put');
    const isWritten = await this.#putIf(Put.Item, Put.ConditionExpression, Put.ExpressionAttributeValues);
    if (!isWritten) throw new ConflictError(`customer ${record.customer.customerId} was written by another`);
  }

  async loadHistory(invoiceId: string, { limit, cursor }: Page): Promise<Slice<{ entries: HistoryEntry[] }>> {
    if (cursor !== null && !isHistoryCursor(cursor)) return 'bad-cursor';
    const after = historyKey(invoiceId, Number(cursor ?? 0)).sk;
    const rows = await this.#queryAll(
      {
        TableName: this.#tables.historyTable,
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: { ':pk': { S: invoicePartition(invoiceId) }, ':after': { S: after } },
        ConsistentRead: true,
      },
      limit + 1,
    );
    const entries = rows.slice(0, limit).map(parseEntry);
    return { entries, cursor: rows.length > limit ? String(entries.at(-1)?.seq) : null };
  }

  listUnappliedCash(page: Page): Promise<Slice<{ receipts: CashReceipt[] }>> {
    const query = (command: QueryCommand) => this.#try(() => this.#client.send(command));
    return listUnapplied(query, this.#tables.ledgerTable, page);
  }

  async #transact(actions: readonly Action[], subject: string): Promise<'committed' | 'duplicate'> {
    try {
      const TransactItems = actions.map(({ item }) => item);
      await this.#client.send(new TransactWriteItemsCommand({ TransactItems }));
      return 'committed';
    } catch (error) {
      return transactionOutcome(error, actions, subject);
    }
  }

  async #get(key: RowKey): Promise<Row | null> {
    const command = new GetItemCommand({ TableName: this.#tables.ledgerTable, Key: toKey(key), ConsistentRead: true });
    const { Item } = await this.#try(() => this.#client.send(command));
    return Item ?? null;
  }

  async #queryAll(query: QueryCommandInput, rowsMax = Number.POSITIVE_INFINITY): Promise<Row[]> {
    const rows: Row[] = [];
    let ExclusiveStartKey: Row | undefined;
    do {
      const Limit = Number.isFinite(rowsMax) ? rowsMax - rows.length : undefined;
      const command = new QueryCommand({ ...query, Limit, ExclusiveStartKey });
      const answer = await this.#try(() => this.#client.send(command));
      rows.push(...(answer.Items ?? []));
      ExclusiveStartKey = answer.LastEvaluatedKey;
    } while (ExclusiveStartKey && rows.length < rowsMax);
    return rows;
  }

  async #putIf(Item: Row, ConditionExpression?: string, ExpressionAttributeValues?: Row): Promise<boolean> {
    const TableName = this.#tables.ledgerTable;
    const command = new PutItemCommand({ TableName, Item, ConditionExpression, ExpressionAttributeValues });
    try {
      await this.#client.send(command);
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw asFault(error);
    }
  }

  async #try<Value>(call: () => Promise<Value>): Promise<Value> {
    try {
      return await call();
    } catch (error) {
      throw asFault(error);
    }
  }
}
