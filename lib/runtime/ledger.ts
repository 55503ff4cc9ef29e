import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PaymentDeps } from '../app/allocation-terms.ts';
import type { PlanningDeps } from '../app/plan-case.ts';
import { policyBook } from '../app/policy-book.ts';
import type { Ledger } from '../app/ports.ts';
import { HOLIDAYS } from '../generated/holidays.ts';
import { POLICIES } from '../generated/policies.ts';
import { RATES } from '../generated/rates.ts';
import { DynamoDbLedger } from '../ledger/dynamodb-ledger.ts';

/** The ledger of this deployment. */
export function connectLedger(environment: { LEDGER_TABLE: string; HISTORY_TABLE: string }): DynamoDbLedger {
  const { LEDGER_TABLE: ledgerTable, HISTORY_TABLE: historyTable } = environment;
  return new DynamoDbLedger(new DynamoDBClient(), { ledgerTable, historyTable });
}

/** The policies of this deployment: those of this release, and what finance stored over them. */
function connectPolicies(ledger: Ledger): PlanningDeps['policies'] {
  return policyBook(ledger, POLICIES);
}

/** What booking money needs, from the environment and the data generated at build time. */
export function connectBooking(environment: {
  LEDGER_TABLE: string;
  HISTORY_TABLE: string;
  CREDITOR_TIME_ZONE: string;
  CREDITOR_COUNTRY: string;
}): PaymentDeps {
  const ledger = connectLedger(environment);
  const { CREDITOR_TIME_ZONE: creditorTimeZone, CREDITOR_COUNTRY: creditorCountry } = environment;
  return { ledger, policies: connectPolicies(ledger), rates: RATES, creditorTimeZone, creditorCountry };
}

/** What planning needs, and who owns tasks and is never dunned, from the environment and the data generated at build time. */
export function connectPlanning(environment: {
  LEDGER_TABLE: string;
  HISTORY_TABLE: string;
  CREDITOR_TIME_ZONE: string;
  CREDITOR_COUNTRY: string;
  SEND_TIMEOUT_MINUTES: number;
  CREDITOR_DOMAINS: readonly string[];
  TASK_OWNER: string;
}): PlanningDeps & { readonly taskOwner: string } {
  return {
    ...connectBooking(environment),
    holidays: HOLIDAYS,
    sendTimeoutMinutes: environment.SEND_TIMEOUT_MINUTES,
    internalDomains: environment.CREDITOR_DOMAINS,
    taskOwner: environment.TASK_OWNER,
  };
}
