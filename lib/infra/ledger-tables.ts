import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** An index of the ledger: its keys, and what it carries beside them (none when left out). */
interface LedgerIndex {
  readonly partition: string;
  readonly sort: string;
  readonly carries?: 'everything' | readonly string[];
}

/**
 * The indexes of the ledger. Each is sparse: only the rows it lists have its partition attribute. Those of cases and
 * tasks carry no more than is sorted by, so that a row that changes otherwise is not written again to any of them; who
 * lists them reads the rows from the table.
 */
const INDEXES = {
  UnappliedCash: { partition: 'unappliedShard', sort: 'bookedOn', carries: 'everything' },
  CasesByCustomer: { partition: 'caseCustomer', sort: 'dueRank', carries: ['amountRank', 'priorityRank'] },
  CasesByPriority: { partition: 'caseShard', sort: 'priorityRank' },
  CasesByDueDate: { partition: 'caseShard', sort: 'dueRank' },
  CasesByAmount: { partition: 'caseShard', sort: 'amountRank' },
  TasksByDueDate: { partition: 'taskShard', sort: 'dueRank' },
} as const satisfies Record<string, LedgerIndex>;

type IndexName = keyof typeof INDEXES;

const KEPT: TableProps = {
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  sortKey: { name: 'sk', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
  // The key AWS manages in this account: its use shows in CloudTrail, which an AWS-owned key never does, and unlike a
  // key of our own it costs nothing a month, needs no grants, and cannot be deleted with the ledger still under it.
  encryption: TableEncryption.AWS_MANAGED,
};

/** The two tables: `Ledger` holds what is true now, `History` what happened. Neither goes when the stack goes. */
export class LedgerTables extends Construct {
  readonly ledger: Table;
  readonly history: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.ledger = new Table(this, 'Ledger', { ...KEPT, stream: StreamViewType.NEW_AND_OLD_IMAGES });
    for (const [indexName, index] of Object.entries<LedgerIndex>(INDEXES)) this.#addIndex(indexName, index);
    this.history = new Table(this, 'History', KEPT);
  }

  /** The names, as the functions' environments carry them. */
  get environment(): { LEDGER_TABLE: string; HISTORY_TABLE: string } {
    return { LEDGER_TABLE: this.ledger.tableName, HISTORY_TABLE: this.history.tableName };
  }

  /**
   * Lets a function keep the books: read and write the ledger, append to the history. It can delete nothing, scan
   * nothing, list nothing, and read no history. A transaction needs the permission of each of its writes, and none of
   * its own.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html (read 2026-11-23)
   */
  allowBookkeeping(grantee: IGrantable): void {
    allow(grantee, this.ledger.tableArn, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);
    allow(grantee, this.history.tableArn, ['PutItem']);
  }

  /** Lets a function serve a step: it keeps the books, finds the debtor's other cases, which the same message is about, and looks up the debtor's own money, which is offset before anything is sent. */
  allowServing(grantee: IGrantable): void {
    this.allowBookkeeping(grantee);
    this.#allowOneCustomer(grantee);
  }

  /** Lets a function match payments: it keeps the books, looks up many invoices at once, and finds the other cases of a payer. */
  allowMatching(grantee: IGrantable): void {
    this.allowBookkeeping(grantee);
    this.#allowOneCustomer(grantee);
  }

  /** Lets a function read what happened to a case, and list cases, tasks, and the money that matched no invoice. */
  allowInspection(grantee: IGrantable): void {
    allow(grantee, this.history.tableArn, ['Query']);
    allow(grantee, this.ledger.tableArn, ['BatchGetItem']);
    for (const indexName of Object.keys(INDEXES) as IndexName[]) allow(grantee, this.#indexArn(indexName), ['Query']);
  }

  /** Lets a function read every case with its history, and its customer, by the list of due dates; it can write nothing and scan nothing. */
  allowReports(grantee: IGrantable): void {
    allow(grantee, this.ledger.tableArn, ['GetItem', 'BatchGetItem', 'Query']);
    allow(grantee, this.#indexArn('CasesByDueDate'), ['Query']);
    allow(grantee, this.history.tableArn, ['Query']);
  }

  /** The cases and the money of a customer, many rows at once; nobody else's are listed. */
  #allowOneCustomer(grantee: IGrantable): void {
    allow(grantee, this.ledger.tableArn, ['BatchGetItem']);
    allow(grantee, this.#indexArn('CasesByCustomer'), ['Query']);
  }

  #addIndex(indexName: string, { partition, sort, carries }: LedgerIndex): void {
    this.ledger.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: partition, type: AttributeType.STRING },
      sortKey: { name: sort, type: AttributeType.STRING },
      ...projectionOf(carries),
    });
  }

  #indexArn(indexName: IndexName): string {
    return `${this.ledger.tableArn}/index/${indexName}`;
  }
}

function projectionOf(carries: LedgerIndex['carries']) {
  if (carries === undefined) return { projectionType: ProjectionType.KEYS_ONLY };
  if (carries === 'everything') return { projectionType: ProjectionType.ALL };
  return { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...carries] };
}

function allow(grantee: IGrantable, resource: string, operations: string[]): void {
  const actions = operations.map((operation) => `dynamodb:${operation}`);
  grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
}
