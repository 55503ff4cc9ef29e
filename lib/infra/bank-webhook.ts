import { RemovalPolicy } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { EnvironmentOf, ReceiveBankWebhookEnvironmentSchema } from '../contracts/environment.ts';
import type { Installation } from './installation.ts';
import { RelanceFunction } from './relance-function.ts';

interface BankWebhookProps {
  readonly installation: Installation;
  readonly bus: EventBus;
}

/** Takes what the bank posts, checks its signature against a secret of our making, and puts it on the bus. */
export class BankWebhook extends Construct {
  readonly receiveBankWebhook: RelanceFunction<EnvironmentOf<typeof ReceiveBankWebhookEnvironmentSchema>>;
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { installation, bus }: BankWebhookProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'Signs the webhooks of the bank; give it to the bank, and rotate it together',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.receiveBankWebhook = new RelanceFunction(this, 'ReceiveBankWebhook', {
      installation,
      description: "Checks the signature of the bank's webhook and puts the payment on the bus",
      environment: { BANK_SECRET_ARN: this.secret.secretArn, BUS_NAME: bus.eventBusName },
      impact:
        'Payments the bank reports are refused: debtors who have paid may be reminded until the bank tries again.',
    });
    const grants = [
      { actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] },
      {
        actions: ['events:PutEvents'],
        resources: [bus.eventBusArn],
        conditions: { StringEquals: { 'events:source': 'relance.bank' } },
      },
    ];
    for (const grant of grants) this.receiveBankWebhook.addToRolePolicy(new PolicyStatement(grant));
  }
}
