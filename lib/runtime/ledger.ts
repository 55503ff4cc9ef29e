import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlanningDeps } from '../app/plan-case.ts';
import { HOLIDAYS } from '../generated/holidays.ts';
import { POLICIES } from '../generated/policies.ts';
import { DynamoDbLedger } from '../ledger/dynamodb-ledger.ts';

/** The ledger of this deployment. */
export function connectLedger(environment: { LEDGER_TABLE: string; HISTORY_TABLE: string }): DynamoDbLedger {
  const { LEDGER_TABLE: ledgerTable, HISTORY_TABLE: historyTable } = environment;
  return new DynamoDbLedger(new DynamoDBClient(), { ledgerTable, historyTable });
}

/** What planning needs, from the environment and the data generated at build time. */
export function connectPlanning(environment: {
  LEDGER_TABLE: string;
  HISTORY_TABLE: string;
  CREDITOR_TIME_ZONE: string;
  SEND_TIMEOUT_MINUTES: number;
}): PlanningDeps {
  return {
    ledger: connectLedger(environment),
    policies: POLICIES,
    holidays: HOLIDAYS,
    creditorTimeZone: environment.CREDITOR_TIME_ZONE,
    sendTimeoutMinutes: environment.SEND_TIMEOUT_MINUTES,
  };
}
