import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { ApplyPaymentEnvironmentSchema, EnvironmentOf } from '../contracts/environment.ts';
import { countryOf } from './case-planning.ts';
import type { Configuration } from './configuration.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { EVENT_DELIVERY } from './event-delivery.ts';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { RelanceFunction } from './relance-function.ts';

interface PaymentEventsProps {
  readonly installation: Installation;
  readonly configuration: Configuration;
  readonly tables: LedgerTables;
}

/**
 * The bus payments arrive on, and the function that books them. The bank's webhook puts them there, and so may any
 * other system: the rule matches on the kind of event, not on who sent it.
 */
export class PaymentEvents extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { installation, configuration, tables }: PaymentEventsProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: configuration.busName, // other systems put payments on the bus by this name
      description: 'Payments received and returned, letters to post',
    });
    const impact = 'A payment is not booked: a debtor who has paid may be reminded again.';
    const deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', {
      installation,
      consumer: 'apply-payment',
      impact,
    });
    type Environment = EnvironmentOf<typeof ApplyPaymentEnvironmentSchema>;
    const applyPayment = new RelanceFunction<Environment>(this, 'ApplyPayment', {
      installation,
      description: 'Matches a payment, or its return, to invoices and books it',
      environment: {
        ...tables.environment,
        CREDITOR_TIME_ZONE: configuration.creditor.timeZone,
        CREDITOR_COUNTRY: countryOf(configuration.creditor),
      },
      impact,
      deadLetterQueue,
    });
    tables.allowMatching(applyPayment);
    new Rule(this, 'Rule', {
      eventBus: this.bus,
      description: 'Payments to book',
      eventPattern: { detailType: ['PaymentReceived', 'PaymentReturned'] },
      targets: [new LambdaFunction(applyPayment, { ...EVENT_DELIVERY, deadLetterQueue })],
    });
  }
}
