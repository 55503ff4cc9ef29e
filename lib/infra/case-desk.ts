import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ApiEnvironmentSchema, EnvironmentOf } from '../contracts/environment.ts';
import type { PlanningEnvironment } from './case-planning.ts';
import type { DunningWorkflow } from './dunning-workflow.ts';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { RelanceFunction } from './relance-function.ts';

interface CaseDeskProps {
  readonly installation: Installation;
  readonly tables: LedgerTables;
  readonly planning: PlanningEnvironment;
  readonly workflow: DunningWorkflow;
}

/** Answers the API: registers invoices and customers, shows cases, their history and where their execution stands, and hands out work. */
export class CaseDesk extends Construct {
  readonly api: RelanceFunction<EnvironmentOf<typeof ApiEnvironmentSchema>>;

  constructor(scope: Construct, id: string, { installation, tables, planning, workflow }: CaseDeskProps) {
    super(scope, id);
    this.api = new RelanceFunction(this, 'Api', {
      installation,
      description: 'Answers the HTTP API: invoices, customers, cases, tasks, policies, unapplied cash',
      environment: { ...planning, STATE_MACHINE_ARN: workflow.stateMachineArn },
      impact: 'The billing system cannot register invoices, or finance cannot read cases and do its tasks.',
    });
    tables.allowBookkeeping(this.api);
    tables.allowInspection(this.api);
    this.api.addToRolePolicy(
      new PolicyStatement({ actions: ['states:DescribeExecution'], resources: [workflow.executionsArn] }),
    );
  }
}
