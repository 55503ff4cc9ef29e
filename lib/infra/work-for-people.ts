import { Construct } from 'constructs';
import type {
  AssignCallEnvironmentSchema,
  EnvironmentOf,
  HandOverEnvironmentSchema,
  PostLetterEnvironmentSchema,
} from '../contracts/environment.ts';
import type { PlanningEnvironment } from './case-planning.ts';
import type { CreditorEnvironment } from './creditor-environment.ts';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import type { Letters } from './letters.ts';
import { RelanceFunction } from './relance-function.ts';

interface WorkForPeopleProps {
  readonly installation: Installation;
  readonly tables: LedgerTables;
  readonly letters: Letters;
  readonly planning: PlanningEnvironment;
  readonly printed: CreditorEnvironment;
}

// As for notices: finding its facts out of date is the workflow's daily bread.
const TOLERATED_ERRORS = 10;

/** Asks a person to do what a step needs one for: to call, to post a letter, to decide what follows the amicable ladder. */
export class WorkForPeople extends Construct {
  readonly assignCall: RelanceFunction<EnvironmentOf<typeof AssignCallEnvironmentSchema>>;
  readonly postLetter: RelanceFunction<EnvironmentOf<typeof PostLetterEnvironmentSchema>>;
  readonly handOver: RelanceFunction<EnvironmentOf<typeof HandOverEnvironmentSchema>>;

  constructor(scope: Construct, id: string, props: WorkForPeopleProps) {
    super(scope, id);
    const { installation, tables, letters, planning, printed } = props;
    const defaults = { installation, toleratedErrors: TOLERATED_ERRORS };
    this.assignCall = new RelanceFunction(this, 'AssignCall', {
      ...defaults,
      description: 'Claims one call, and writes the task with what to say',
      environment: { ...planning, ...printed },
      impact: 'Calls are not asked for: debtors are not called on the planned day.',
    });
    this.postLetter = new RelanceFunction(this, 'PostLetter', {
      ...defaults,
      description: 'Claims one letter, lays it ready to print, and writes the task to post it or to approve it',
      environment: { ...planning, ...printed, ...letters.environment },
      impact: 'Letters and formal notices are not laid ready: nobody is asked to approve or post them.',
    });
    this.handOver = new RelanceFunction(this, 'HandOver', {
      ...defaults,
      description: 'Asks a person to decide what follows the amicable ladder',
      environment: planning,
      impact: 'Cases at the end of their ladder are shown to nobody: no one decides what follows.',
    });
    letters.allowWriting(this.postLetter);
    for (const each of [this.assignCall, this.postLetter, this.handOver]) tables.allowServing(each);
  }
}
