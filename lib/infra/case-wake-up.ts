import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { EnvironmentOf, WakeExecutionsEnvironmentSchema } from '../contracts/environment.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Installation } from './installation.ts';
import type { Letters } from './letters.ts';
import { RelanceAlarm } from './relance-alarm.ts';
import { RelanceFunction } from './relance-function.ts';

interface CaseWakeUpProps {
  readonly installation: Installation;
  readonly ledger: Table;
  readonly stateMachineArn: string;
  readonly letters: Letters;
  /** Where a letter that is ready, posted or withdrawn is announced. */
  readonly bus: EventBus;
}

const CASE = { sk: { S: FilterRule.isEqual('CASE') } };

// A new case, and a case that learnt a fact while its workflow listened. Everything else the workflow writes itself.
const NEW_CASE = { eventName: FilterRule.isEqual('INSERT'), dynamodb: { Keys: CASE } };
const CHANGED_CASE = {
  eventName: FilterRule.isEqual('MODIFY'),
  dynamodb: { Keys: CASE, NewImage: { wake: { S: FilterRule.exists() } } },
};

// A letter that is laid ready, and whatever becomes of it: whoever posts letters hears of it on the bus.
const LETTER = {
  Keys: { pk: { S: FilterRule.beginsWith('TASK#') } },
  NewImage: { kind: { S: FilterRule.isEqual('letter') } },
};
const NEW_LETTER = { eventName: FilterRule.isEqual('INSERT'), dynamodb: LETTER };
const CHANGED_LETTER = { eventName: FilterRule.isEqual('MODIFY'), dynamodb: LETTER };

const IMPACT =
  'New invoices are not dunned, payments do not stop notices that are already waiting, and letters are not announced.';

/**
 * Reads the ledger's stream: starts the execution of a new case, wakes the one of a case that changed, and announces
 * letters.
 */
export class CaseWakeUp extends Construct {
  constructor(scope: Construct, id: string, props: CaseWakeUpProps) {
    super(scope, id);
    const { installation, ledger, stateMachineArn, letters, bus } = props;
    const consumer = 'wake-executions';
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', { installation, consumer, impact: IMPACT });
    const environment: EnvironmentOf<typeof WakeExecutionsEnvironmentSchema> = {
      STATE_MACHINE_ARN: stateMachineArn,
      BUS_NAME: bus.eventBusName,
      ...letters.environment,
    };
    const wakeExecutions = new RelanceFunction(this, 'WakeExecutions', {
      installation,
      description: 'Starts the execution of a new case, wakes the one of a case that changed, and announces letters',
      environment,
      impact: IMPACT,
    });
    wakeExecutions.addEventSource(
      new DynamoEventSource(ledger, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        filters: [NEW_CASE, CHANGED_CASE, NEW_LETTER, CHANGED_LETTER].map(FilterCriteria.filter),
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
    const grants = [
      { actions: ['states:StartExecution', 'states:SendTaskFailure'], resources: [stateMachineArn] },
      {
        actions: ['events:PutEvents'],
        resources: [bus.eventBusArn],
        conditions: { StringEquals: { 'events:source': 'relance.letters' } },
      },
    ];
    for (const grant of grants) wakeExecutions.addToRolePolicy(new PolicyStatement(grant));
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
