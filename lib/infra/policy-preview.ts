import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { EnvironmentOf, PreviewPolicyEnvironmentSchema } from '../contracts/environment.ts';
import type { PlanningEnvironment } from './case-planning.ts';
import type { CreditorEnvironment } from './creditor-environment.ts';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { RelanceFunction } from './relance-function.ts';

interface PolicyPreviewProps {
  readonly installation: Installation;
  readonly tables: LedgerTables;
  readonly planning: PlanningEnvironment;
  readonly printed: CreditorEnvironment;
}

/**
 * Shows what a policy would send, and when. A function of its own, so that the templates it carries weigh on no other
 * call of the API, and one that can send nothing, write nothing, and read policies but nobody's case.
 */
export class PolicyPreview extends Construct {
  readonly previewPolicy: RelanceFunction<EnvironmentOf<typeof PreviewPolicyEnvironmentSchema>>;

  constructor(scope: Construct, id: string, { installation, tables, planning, printed }: PolicyPreviewProps) {
    super(scope, id);
    this.previewPolicy = new RelanceFunction(this, 'PreviewPolicy', {
      installation,
      description: 'Shows the steps and the wording of a policy for an invoice that need not exist',
      environment: { ...planning, ...printed },
      impact: 'Finance cannot try out a policy before it is used.',
    });
    this.previewPolicy.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:Query'],
        resources: [tables.ledger.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['POLICIES', 'POLICY#*'] } },
      }),
    );
  }
}
