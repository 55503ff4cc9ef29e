import { Construct } from 'constructs';
import type { EnvironmentOf, PlanNextStepEnvironmentSchema } from '../contracts/environment.ts';
import type { Configuration } from './configuration.ts';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { RelanceFunction } from './relance-function.ts';

/** The variables every function that works out a next step reads. */
export type PlanningEnvironment = EnvironmentOf<typeof PlanNextStepEnvironmentSchema>;

interface CasePlanningProps {
  readonly installation: Installation;
  readonly configuration: Configuration;
  readonly tables: LedgerTables;
}

/** Decides what happens next in a case: the function behind the state "Plan". */
export class CasePlanning extends Construct {
  readonly planNextStep: RelanceFunction<PlanningEnvironment>;
  readonly environment: PlanningEnvironment;

  constructor(scope: Construct, id: string, { installation, configuration, tables }: CasePlanningProps) {
    super(scope, id);
    this.environment = {
      ...tables.environment,
      CREDITOR_TIME_ZONE: configuration.creditor.timeZone,
      CREDITOR_COUNTRY: countryOf(configuration.creditor),
      SEND_TIMEOUT_MINUTES: String(configuration.sendTimeoutMinutes),
      CREDITOR_DOMAINS: internalDomains(configuration.creditor).join(','),
      TASK_OWNER: configuration.creditor.taskOwner ?? configuration.creditor.replyToAddress,
    };
    this.planNextStep = new RelanceFunction(this, 'PlanNextStep', {
      installation,
      description: 'Decides the next step of a case, or that there is none',
      environment: this.environment,
      impact: 'Cases are not planned: notices are late, and a case whose retries run out stops.',
      toleratedErrors: 10, // the workflow retries; what it cannot retry fails an execution, which has its own alarm
    });
    tables.allowBookkeeping(this.planNextStep);
  }
}

/** Where the creditor is: as configured, else where its account is kept. */
export function countryOf({ country, iban }: Configuration['creditor']): string {
  return country ?? iban.slice(0, 2);
}

/** Where the creditor's own people have their mail: where notices come from, and as configured. Where answers go may be a mailbox at a provider that debtors use too. */
function internalDomains({ internalDomains = [], senderAddress }: Configuration['creditor']): string[] {
  const domains = [senderAddress.split('@').at(-1) ?? '', ...internalDomains];
  return [...new Set(domains.map((domain) => domain.toLowerCase()))];
}
