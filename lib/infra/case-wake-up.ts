import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { EnvironmentOf, WakeExecutionsEnvironmentSchema } from '../contracts/environment.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Installation } from './installation.ts';
import { RelanceAlarm } from './relance-alarm.ts';
import { RelanceFunction } from './relance-function.ts';

interface CaseWakeUpProps {
  readonly installation: Installation;
  readonly ledger: Table;
  readonly stateMachineArn: string;
}

const CASE = { sk: { S: FilterRule.isEqual('CASE') } };

// A new case, and a case that learnt a fact while its workflow listened. Everything else the workflow writes itself.
const NEW_CASE = { eventName: FilterRule.isEqual('INSERT'), dynamodb: { Keys: CASE } };
const CHANGED_CASE = {
  eventName: FilterRule.isEqual('MODIFY'),
  dynamodb: { Keys: CASE, NewImage: { wake: { S: FilterRule.exists() } } },
};

const IMPACT = 'New invoices are not dunned and payments do not stop notices that are already waiting.';

/** Reads the ledger's stream: starts the execution of a new case, wakes the one of a case that changed. */
export class CaseWakeUp extends Construct {
  constructor(scope: Construct, id: string, { installation, ledger, stateMachineArn }: CaseWakeUpProps) {
    super(scope, id);
    const consumer = 'wake-executions';
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', { installation, consumer, impact: IMPACT });
    const environment: EnvironmentOf<typeof WakeExecutionsEnvironmentSchema> = { STATE_MACHINE_ARN: stateMachineArn };
    const wakeExecutions = new RelanceFunction(this, 'WakeExecutions', {
      installation,
      description: 'Starts the execution of a new case, and wakes the one of a case that changed',
      environment,
      impact: IMPACT,
    });
    wakeExecutions.addEventSource(
      new DynamoEventSource(ledger, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        filters: [FilterCriteria.filter(NEW_CASE), FilterCriteria.filter(CHANGED_CASE)],
        batchSize: 100,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        // Bounded by time and not by attempts, which a short outage of Step Functions uses up for records that would all
        // have succeeded after it. Six hours hold for most outages, leave eighteen to read a dead letter's record from
        // the stream, which keeps it for a day, and are the longest a record that can never succeed holds up its shard.
        retryAttempts: -1,
        maxRecordAge: Duration.hours(6),
        onFailure: new SqsDlq(deadLetters),
      }),
    );
    wakeExecutions.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:StartExecution', 'states:SendTaskFailure'],
        resources: [stateMachineArn],
      }),
    );
    new RelanceAlarm(this, 'Late', {
      installation,
      name: `${consumer}-late`,
      impact: IMPACT,
      runbook: 'stream-late',
      metric: wakeExecutions.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(5) }),
      tolerated: Duration.minutes(5).toMilliseconds(),
      periods: 2,
    });
  }
}
