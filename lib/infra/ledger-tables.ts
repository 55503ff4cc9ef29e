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

const UNAPPLIED_CASH_INDEX = 'UnappliedCash';

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
    // Sparse: only unapplied cash carries the shard, so the index holds what waits for a person and nothing else.
    this.ledger.addGlobalSecondaryIndex({
      indexName: UNAPPLIED_CASH_INDEX,
      partitionKey: { name: 'unappliedShard', type: AttributeType.STRING },
      sortKey: { name: 'bookedOn', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    this.history = new Table(this, 'History', KEPT);
  }

  /** The names, as the functions' environments carry them. */
  get environment(): { LEDGER_TABLE: string; HISTORY_TABLE: string } {
    return { LEDGER_TABLE: this.ledger.tableName, HISTORY_TABLE: this.history.tableName };
  }

  /**
   * Lets a function keep the books: read and write the ledger, append to the history. It can delete nothing, scan
   * nothing, and read no history. A transaction needs the permission of each of its writes, and none of its own.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html (read 2026-11-23)
   */
  allowBookkeeping(grantee: IGrantable): void {
    allow(grantee, this.ledger.tableArn, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);
    allow(grantee, this.history.tableArn, ['PutItem']);
  }

  /** Lets a function look up many keys at once, as matching a payment to its invoices does. */
  allowMatching(grantee: IGrantable): void {
    allow(grantee, this.ledger.tableArn, ['BatchGetItem']);
  }

  /** Lets a function read what happened to a case, and list the money that matched no invoice. */
  allowInspection(grantee: IGrantable): void {
    allow(grantee, this.history.tableArn, ['Query']);
    allow(grantee, `${this.ledger.tableArn}/index/${UNAPPLIED_CASH_INDEX}`, ['Query']);
  }
}

function allow(grantee: IGrantable, resource: string, operations: string[]): void {
  const actions = operations.map((operation) => `dynamodb:${operation}`);
  grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
}
