import { Construct } from 'constructs';
import type { EnvironmentOf, ReviewCaseEnvironmentSchema } from '../contracts/environment.ts';
import type { PlanningEnvironment } from './case-planning.ts';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { RelanceFunction } from './relance-function.ts';

interface CaseReviewProps {
  readonly installation: Installation;
  readonly tables: LedgerTables;
  readonly planning: PlanningEnvironment;
}

/** Looks at cases that were kept back, once time has changed how they stand: the function behind the state "Review case". */
export class CaseReview extends Construct {
  readonly reviewCase: RelanceFunction<EnvironmentOf<typeof ReviewCaseEnvironmentSchema>>;

  constructor(scope: Construct, id: string, { installation, tables, planning }: CaseReviewProps) {
    super(scope, id);
    this.reviewCase = new RelanceFunction(this, 'ReviewCase', {
      installation,
      description:
        'Lifts a block that is over, judges a promise or a plan by what came, brings up a dispute that waits, and decides the next step',
      environment: planning,
      impact:
        'Blocks and promises that are over keep their cases back: their debtors are not reminded. Disputes age unnoticed.',
      toleratedErrors: 10, // as for notices: finding its facts out of date is the workflow's daily bread
    });
    tables.allowBookkeeping(this.reviewCase);
  }
}
