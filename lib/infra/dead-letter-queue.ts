import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Installation } from './installation.ts';
import { RelanceAlarm } from './relance-alarm.ts';

/** Whose dead letters, and who is hurt by one. */
interface DeadLetterQueueProps {
  readonly installation: Installation;
  /** The consumer that gave up, in kebab case. */
  readonly consumer: string;
  readonly impact: string;
}

/**
 * Keeps what a consumer gave up on, for the 14 days SQS allows, and rings as soon as it holds anything.
 * It is encrypted by SQS itself: EventBridge and Lambda can write to it without a key policy.
 */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, { installation, consumer, impact }: DeadLetterQueueProps) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    new RelanceAlarm(this, 'NotEmpty', {
      installation,
      name: `${consumer}-dead-letters`,
      impact,
      runbook: 'dead-letters',
      metric: this.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(1) }),
    });
  }
}
