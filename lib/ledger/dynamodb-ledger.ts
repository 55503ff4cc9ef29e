import { type DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Ledger, LedgerChange, Page, Slice } from '../app/ports.ts';
import type { CaseFile, CustomerRecord } from '../domain/case-file.ts';
import type { CreditNote } from '../domain/credit-note.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import type { HistoryEntry } from '../domain/history.ts';
import type { FiledInvoices } from '../domain/matching.ts';
import { type CashReceipt, isUnappliedCash } from '../domain/payment.ts';
import type { Policy } from '../domain/policy.ts';
import type { Task } from '../domain/task.ts';
import type { Action, TableNames } from './action.ts';
import { type CaseQuery, caseList, isListed } from './case-lists.ts';
import {
  bankDataTransaction,
  changeTransaction,
  policyTransaction,
  receiptTransaction,
  subjectOf,
} from './change-transaction.ts';
import { transactionOutcome } from './dynamodb-faults.ts';
import { customersUnder, readBankDataOn, readDuplicateId, receiptsLike } from './filed-rows.ts';
import { placesInIndex } from './index-places.ts';
import {
  creditNoteKey,
  customerKey,
  filingKey,
  historyKey,
  invoiceOf,
  invoicePartition,
  isCaseRow,
  isClaimRow,
  isHistoryCursor,
  isPaymentRow,
  POLICY_CATALOGUE_KEY,
  policyKey,
  policyPartition,
  type RowKey,
  receiptKey,
  returnsPartition,
  taskKey,
} from './keys.ts';
import { type RankedList, type RankedSlice, readRanked } from './ranked-list.ts';
import {
  keyOf,
  parseCase,
  parseClaim,
  parseCreditNote,
  parseCustomer,
  parseEntry,
  parseFiled,
  parsePayment,
  parsePolicy,
  parseReceipt,
  parseTask,
  policyNamesIn,
  type Row,
} from './rows.ts';
import { partitionQuery, TableReader } from './table-reader.ts';
import { taskList } from './task-lists.ts';
import { listUnapplied } from './unapplied-index.ts';
import { unappliedListOf } from './unapplied-lists.ts';

/** The ledger on DynamoDB. Its behaviour is that of the contract suite, which every ledger passes. */
export class DynamoDbLedger implements Ledger {
  readonly #client: DynamoDBClient;
  readonly #tables: TableNames;
  readonly #reader: TableReader;

  constructor(client: DynamoDBClient, tables: TableNames) {
    this.#client = client;
    this.#tables = tables;
    this.#reader = new TableReader(client);
  }

  async loadCaseFile(invoiceId: string): Promise<CaseFile | null> {
    const rows = await this.#reader.queryAll(this.#partition(invoicePartition(invoiceId)));
    const caseRow = rows.find((row) => isCaseRow(keyOf(row).sk));
    if (!caseRow) return null;
    const claims = rows.filter((row) => isClaimRow(keyOf(row).sk)).map(parseClaim);
    const payments = rows.filter((row) => isPaymentRow(keyOf(row).sk)).map(parsePayment);
    const executionPart = caseRow.executionPart?.N;
    return {
      ...{ dunningCase: parseCase(caseRow), claims, payments },
      ...(executionPart && { executionPart: Number(executionPart) }),
    };
  }

  loadCustomer(customerId: string): Promise<CustomerRecord | null> {
    return this.#load(customerKey(customerId), parseCustomer);
  }

  loadReceipt(transactionId: string): Promise<CashReceipt | null> {
    return this.#load(receiptKey(transactionId), parseReceipt);
  }

  async listReturnIds(transactionId: string): Promise<string[]> {
    const rows = await this.#reader.queryAll(this.#partition(returnsPartition(transactionId)));
    return rows.map((row) => keyOf(row).sk);
  }

  loadCreditNote(invoiceId: string, creditNoteId: string): Promise<CreditNote | null> {
    return this.#load(creditNoteKey({ invoiceId, creditNoteId }), parseCreditNote);
  }

  loadDuplicateId(transactionId: string): Promise<string | null> {
    return readDuplicateId(this.#reader, transactionId, this.#tables.ledgerTable);
  }

  async findFiledInvoices(keys: readonly string[]): Promise<FiledInvoices[]> {
    const rows = await this.#reader.getAll(this.#tables.ledgerTable, keys.map(filingKey));
    return rows.map(parseFiled);
  }

  findFiledCustomers(key: string, rowsMax: number): Promise<string[]> {
    return customersUnder(this.#reader, key, { ledgerTable: this.#tables.ledgerTable, rowsMax });
  }

  findReceiptsLike(fingerprint: string, rowsMax: number): Promise<string[]> {
    return receiptsLike(this.#reader, fingerprint, { ledgerTable: this.#tables.ledgerTable, rowsMax });
  }

  loadBankDataOn(): Promise<string | null> {
    return readBankDataOn(this.#reader, this.#tables.ledgerTable);
  }

  loadTask(taskId: string): Promise<Task | null> {
    return this.#load(taskKey(taskId), parseTask);
  }

  loadPolicy(name: string, version: number): Promise<Policy | null> {
    return this.#load(policyKey(name, version), parsePolicy);
  }

  commit(change: LedgerChange): Promise<'committed' | 'duplicate'> {
    return this.#transact(changeTransaction(this.#tables, change), subjectOf(change));
  }

  async keepBankDataOn(on: string): Promise<void> {
    await this.#transact(bankDataTransaction(this.#tables, on), 'the day through which the bank has told');
  }

  keepUnapplied(receipt: CashReceipt): Promise<'committed' | 'duplicate'> {
    return this.#transact(receiptTransaction(this.#tables, receipt), `transaction ${receipt.transactionId}`);
  }

  async savePolicy(policy: Policy, at: string): Promise<void> {
    const subject = `version ${policy.version} of policy ${policy.name}`;
    await this.#transact(policyTransaction(this.#tables, policy, at), subject);
  }

  async listPolicies(): Promise<Policy[]> {
    const names = policyNamesIn(await this.#reader.get(this.#tables.ledgerTable, POLICY_CATALOGUE_KEY));
    const newest = await Promise.all(names.map((name) => this.#policyVersions(name, 1)));
    return newest.flat();
  }

  listPolicyVersions(name: string): Promise<Policy[]> {
    return this.#policyVersions(name);
  }

  async loadHistory(invoiceId: string, { limit, cursor }: Page): Promise<Slice<{ entries: HistoryEntry[] }>> {
    if (cursor !== null && !isHistoryCursor(cursor)) return 'bad-cursor';
    const after = historyKey(invoiceId, Number(cursor ?? 0)).sk;
    const rows = await this.#reader.queryAll(
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
    return listUnapplied(this.#reader, this.#tables.ledgerTable, page);
  }

  async listUnappliedOf(customerId: string): Promise<CashReceipt[]> {
    const places = await this.#places(unappliedListOf(customerId), { after: null, count: Number.POSITIVE_INFINITY });
    const rows = await this.#reader.getAll(
      this.#tables.ledgerTable,
      places.map(({ key }) => key),
    );
    return rows.map(parseReceipt).filter(isUnappliedCash);
  }

  async listOpenCaseIds(customerId: string): Promise<string[]> {
    const list = caseList({ isOpen: true, sort: 'overdue', customerId });
    const places = await this.#places(list, { after: null, count: Number.POSITIVE_INFINITY });
    return places.map(({ key }) => invoiceOf(key.pk));
  }

  async listCases(query: CaseQuery, page: Page): Promise<Slice<{ cases: DunningCase[] }>> {
    const slice = await this.#readList(caseList(query), page, (row) => {
      const dunningCase = parseCase(row);
      return isListed(dunningCase, query) ? [dunningCase] : [];
    });
    return slice === 'bad-cursor' ? slice : { cases: slice.items, cursor: slice.cursor };
  }

  async listTasks({ state }: { state: Task['state'] }, page: Page): Promise<Slice<{ tasks: Task[] }>> {
    const slice = await this.#readList(taskList(state), page, (row) => {
      const task = parseTask(row);
      return task.state === state ? [task] : [];
    });
    return slice === 'bad-cursor' ? slice : { tasks: slice.items, cursor: slice.cursor };
  }

  async #readList<Item>(
    list: RankedList,
    page: Page,
    itemsOf: (row: Row) => Item[],
  ): Promise<RankedSlice<Item> | 'bad-cursor'> {
    return readRanked<RowKey, Item>(list, page, {
      keysAfter: (after, count) => this.#places(list, { after, count }),
      read: async (keys) => (await this.#reader.getAll(this.#tables.ledgerTable, keys)).flatMap(itemsOf),
    });
  }

  #places(list: RankedList, slice: { after: string | null; count: number }) {
    return placesInIndex(this.#reader, { tableName: this.#tables.ledgerTable, list }, slice);
  }

  async #policyVersions(name: string, count?: number): Promise<Policy[]> {
    const query = { ...this.#partition(policyPartition(name)), ScanIndexForward: false };
    return (await this.#reader.queryAll(query, count)).map(parsePolicy);
  }

  #partition(pk: string) {
    return partitionQuery(this.#tables.ledgerTable, pk);
  }

  async #load<Value>(key: RowKey, parse: (row: Row) => Value): Promise<Value | null> {
    const row = await this.#reader.get(this.#tables.ledgerTable, key);
    return row ? parse(row) : null;
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
}
