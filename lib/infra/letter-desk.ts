import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { EnvironmentOf, ReadLetterEnvironmentSchema } from '../contracts/environment.ts';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import type { Letters } from './letters.ts';
import { RelanceFunction } from './relance-function.ts';

interface LetterDeskProps {
  readonly installation: Installation;
  readonly tables: LedgerTables;
  readonly letters: Letters;
}

/**
 * Hands out the letters of tasks to be printed. A function of its own, so that the client of S3 weighs on no other call of
 * the API, and one that reads tasks and letters and nothing else.
 */
export class LetterDesk extends Construct {
  readonly readLetter: RelanceFunction<EnvironmentOf<typeof ReadLetterEnvironmentSchema>>;

  constructor(scope: Construct, id: string, { installation, tables, letters }: LetterDeskProps) {
    super(scope, id);
    this.readLetter = new RelanceFunction(this, 'ReadLetter', {
      installation,
      description: 'Hands out the PDF of a letter that is to be posted',
      environment: { ...tables.environment, ...letters.environment },
      impact: 'Finance cannot print the letters it has to post.',
    });
    this.readLetter.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem'],
        resources: [tables.ledger.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['TASK#*'] } },
      }),
    );
    letters.allowReading(this.readLetter);
  }
}
