import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { EnvironmentOf, RecordDeliveryEnvironmentSchema } from '../contracts/environment.ts';
import type { PlanningEnvironment } from './case-planning.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { EVENT_DELIVERY } from './event-delivery.ts';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { RelanceFunction } from './relance-function.ts';

interface DeliveryEventsProps {
  readonly installation: Installation;
  readonly tables: LedgerTables;
  readonly planning: PlanningEnvironment;
}

// What SES calls these kinds of event on EventBridge. Clicks are not asked for: whoever follows a link is not tracked.
const DETAIL_TYPES = [
  'Email Sent',
  'Email Delivered',
  'Email Bounced',
  'Email Complaint Received',
  'Email Rejected',
  'Email Rendering Failed',
  'Email Delivery Delayed',
  'Email Opened',
];

/**
 * Learns what became of each email: SES publishes to the account's default bus, the only one it can, and a function
 * records it with the notice.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html (names of the events, read 2026-11-23)
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EventBridgeDestination.html (default bus only, read
 *   2026-11-23)
 */
export class DeliveryEvents extends Construct {
  readonly configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, { installation, tables, planning }: DeliveryEventsProps) {
    super(scope, id);
    this.configurationSet = this.publishingSet(installation);
    const impact = 'Bounces and complaints are not recorded: notices keep going to addresses that do not work.';
    const deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', {
      installation,
      consumer: 'record-delivery',
      impact,
    });
    type Environment = EnvironmentOf<typeof RecordDeliveryEnvironmentSchema>;
    const recordDelivery = new RelanceFunction<Environment>(this, 'RecordDelivery', {
      installation,
      description: 'Records what became of an email: sent, delivered, opened, bounced, complained about',
      environment: planning,
      impact,
      deadLetterQueue,
    });
    tables.allowBookkeeping(recordDelivery);
    new Rule(this, 'Rule', {
      description: 'What became of the emails of Relance',
      eventPattern: {
        source: ['aws.ses'],
        detailType: DETAIL_TYPES,
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSet.configurationSetName] } } },
      },
      targets: [new LambdaFunction(recordDelivery, { ...EVENT_DELIVERY, deadLetterQueue })],
    });
  }

  private publishingSet({ stage }: Installation): ConfigurationSet {
    const set = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: `relance-${stage}`,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    set.addEventDestination('DefaultBus', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'Bus', 'default')),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
        EmailSendingEvent.DELIVERY_DELAY,
        EmailSendingEvent.OPEN,
      ],
    });
    return set;
  }
}
