import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { EnvironmentOf, ReportsEnvironmentSchema } from '../contracts/environment.ts';
import type { Configuration } from './configuration.ts';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { RelanceFunction, WHOLE_PROCESSOR_MEGABYTES } from './relance-function.ts';

interface CollectionReportsProps {
  readonly installation: Installation;
  readonly configuration: Configuration;
  readonly tables: LedgerTables;
}

/** Answers with figures over all cases: it reads them by their due dates, and can write nothing. */
export class CollectionReports extends Construct {
  readonly reports: RelanceFunction<EnvironmentOf<typeof ReportsEnvironmentSchema>>;

  constructor(scope: Construct, id: string, { installation, configuration, tables }: CollectionReportsProps) {
    super(scope, id);
    this.reports = new RelanceFunction(this, 'Reports', {
      installation,
      description: 'Reports: aged receivables, and how well a period collected',
      environment: { ...tables.environment, CREDITOR_TIME_ZONE: configuration.creditor.timeZone },
      // Nobody hears an answer after half a minute, so that a longer run would be for nothing.
      size: { memorySize: WHOLE_PROCESSOR_MEGABYTES, timeout: Duration.seconds(30) },
      impact: 'Finance cannot read the reports.',
    });
    tables.allowReports(this.reports);
  }
}
