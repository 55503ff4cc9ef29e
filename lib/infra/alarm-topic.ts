import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** Who is told. */
interface AlarmTopicProps {
  readonly email?: string | undefined;
}

/**
 * Where alarms are announced: an encrypted topic, with one subscriber by email if the configuration names one.
 *
 * The key is the installation's own, because CloudWatch may not use the key AWS manages for SNS: alarms on such a
 * topic are dropped without a word.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html (event sources and encrypted topics)
 */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email }: AlarmTopicProps) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: 'Encrypts the alarms of Relance',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY, // it protects nothing that outlives the topic
    });
    key.addToResourcePolicy(
      new PolicyStatement({ ...this.cloudWatch(), actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] }),
    );
    this.topic = new Topic(this, 'Topic', { displayName: 'Relance alarms', masterKey: key, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new PolicyStatement({ ...this.cloudWatch(), actions: ['sns:Publish'], resources: [this.topic.topicArn] }),
    );
    if (email) this.topic.addSubscription(new EmailSubscription(email));
  }

  /** Only alarms of this account: without the condition any account's alarm could ring here. */
  private cloudWatch() {
    return {
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    };
  }
}
