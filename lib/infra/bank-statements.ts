import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { EnvironmentOf, ImportStatementEnvironmentSchema } from '../contracts/environment.ts';
import { countryOf } from './case-planning.ts';
import type { Configuration } from './configuration.ts';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { RelanceFunction, WHOLE_PROCESSOR_MEGABYTES } from './relance-function.ts';

interface BankStatementsProps {
  readonly installation: Installation;
  readonly configuration: Configuration;
  readonly tables: LedgerTables;
}

/** Books the statements that people upload, with no more access than the function that books what the bank tells by itself. */
export class BankStatements extends Construct {
  readonly importStatement: RelanceFunction<EnvironmentOf<typeof ImportStatementEnvironmentSchema>>;

  constructor(scope: Construct, id: string, { installation, configuration, tables }: BankStatementsProps) {
    super(scope, id);
    this.importStatement = new RelanceFunction(this, 'ImportStatement', {
      installation,
      description: 'Reads a statement of the bank and books every payment in it',
      environment: {
        ...tables.environment,
        CREDITOR_TIME_ZONE: configuration.creditor.timeZone,
        CREDITOR_COUNTRY: countryOf(configuration.creditor),
      },
      // The gateway stops waiting after half a minute, and the function goes on: the largest file there may be is booked
      // within half of this (lib/contracts/statements/statement-limits.ts), and the same file again is told what became of it.
      size: { memorySize: WHOLE_PROCESSOR_MEGABYTES, timeout: Duration.minutes(5) },
      impact: 'Finance cannot upload bank statements: debtors who have paid may be reminded again.',
    });
    tables.allowMatching(this.importStatement);
  }
}
