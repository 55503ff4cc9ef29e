import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { aConfiguration, type SynthesizedTemplate, theTemplate } from './support/synthesized-stack.ts';

let synthesized: SynthesizedTemplate;

beforeAll(() => {
  synthesized = theTemplate();
});

const logicalId = (type: string, name: string) => synthesized.logicalId(type, name);
const arnOf = (type: string, name: string) => ({ 'Fn::GetAtt': [logicalId(type, name), 'Arn'] });

describe('payments', () => {
  it('are booked from the bus of the installation, whoever put them there', () => {
    synthesized.template.hasResourceProperties('AWS::Events::EventBus', { Name: 'relance' });
    synthesized.template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: { Ref: logicalId('AWS::Events::EventBus', 'Bus') },
      EventPattern: { 'detail-type': ['PaymentReceived', 'PaymentReturned'] },
      State: 'ENABLED',
      Targets: [aTarget('ApplyPayment', 'PaymentEventsDeadLetters')],
    });
  });

  it('become dead letters when the function cannot be reached', () => {
    synthesized.template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: logicalId('AWS::SQS::Queue', 'PaymentEventsDeadLetters') }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': arnOf('AWS::Events::Rule', 'PaymentEventsRule') } },
          }),
        ]),
      },
    });
  });

  it('become dead letters in the same queue when the function itself gives up', () => {
    expect(functionProperties('ApplyPayment').DeadLetterConfig).toEqual({
      TargetArn: arnOf('AWS::SQS::Queue', 'PaymentEventsDeadLetters'),
    });
  });
});

describe('delivery events', () => {
  it('are published to the default bus for all that matters to a notice, over TLS', () => {
    synthesized.template.hasResourceProperties('AWS::SES::ConfigurationSet', {
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      ReputationOptions: { ReputationMetricsEnabled: true },
    });
    synthesized.template.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: {
        Enabled: true,
        EventBridgeDestination: {
          EventBusArn: { 'Fn::Join': ['', Match.arrayWith([':event-bus/default'])] },
        },
        MatchingEventTypes: [
          'send',
          'delivery',
          'bounce',
          'complaint',
          'reject',
          'renderingFailure',
          'deliveryDelay',
          'open',
        ],
      },
    });
  });

  it('are recorded for the mail of this installation only', () => {
    const configurationSet = { Ref: logicalId('AWS::SES::ConfigurationSet', 'DeliveryEvents') };
    synthesized.template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: Match.absent(),
      EventPattern: {
        source: ['aws.ses'],
        'detail-type': [
          'Email Sent',
          'Email Delivered',
          'Email Bounced',
          'Email Complaint Received',
          'Email Rejected',
          'Email Rendering Failed',
          'Email Delivery Delayed',
          'Email Opened',
        ],
        detail: { mail: { tags: { 'ses:configuration-set': [configurationSet] } } },
      },
      Targets: [aTarget('RecordDelivery', 'DeliveryEventsDeadLetters')],
    });
    expect(functionProperties('SendEmail').Environment.Variables.CONFIGURATION_SET).toEqual(configurationSet);
  });

  it('become dead letters in the same queue when the function itself gives up', () => {
    expect(functionProperties('RecordDelivery').DeadLetterConfig).toEqual({
      TargetArn: arnOf('AWS::SQS::Queue', 'DeliveryEventsDeadLetters'),
    });
  });
});

describe('the stream', () => {
  it('tells of a new case, of one that learnt a fact, and of letters, and of nothing else', () => {
    const [mapping] = Object.values(synthesized.propertiesOf('AWS::Lambda::EventSourceMapping'));
    const patterns = mapping.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern));
    expect(patterns).toEqual([
      { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['CASE'] } } } },
      {
        eventName: ['MODIFY'],
        dynamodb: { Keys: { sk: { S: ['CASE'] } }, NewImage: { wake: { S: [{ exists: true }] } } },
      },
      ...['INSERT', 'MODIFY'].map((eventName) => ({
        eventName: [eventName],
        dynamodb: { Keys: { pk: { S: [{ prefix: 'TASK#' }] } }, NewImage: { kind: { S: ['letter'] } } },
      })),
    ]);
  });

  it('reads the ledger from the start, isolates a bad record, and gives it up into a queue', () => {
    synthesized.template.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
    synthesized.template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [logicalId('AWS::DynamoDB::Table', 'Ledger'), 'StreamArn'] },
      FunctionName: { Ref: logicalId('AWS::Lambda::Function', 'WakeExecutions') },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: arnOf('AWS::SQS::Queue', 'CaseWakeUpDeadLetters') } },
    });
  });
});

function aTarget(functionName: string, queueName: string) {
  return {
    Arn: arnOf('AWS::Lambda::Function', functionName),
    DeadLetterConfig: { Arn: arnOf('AWS::SQS::Queue', queueName) },
    RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
  };
}

function functionProperties(name: string) {
  return synthesized.propertiesOf('AWS::Lambda::Function')[logicalId('AWS::Lambda::Function', name)];
}

describe('the notices', () => {
  const environmentOf = (name: string) =>
    synthesized.propertiesOf('AWS::Lambda::Function')[logicalId('AWS::Lambda::Function', name)].Environment.Variables;

  it('say by email who the creditor is by law, and a phone number grouped for reading', () => {
    expect(environmentOf('SendEmail')).toMatchObject({
      CREDITOR_LEGAL_NOTICE: expect.stringContaining('RCS Paris 123 456 789'),
      CREDITOR_PRIVACY_URL: '',
      CREDITOR_PHONE_DISPLAY: '+33 1 99 00 12 34',
    });
  });

  it.each(['SendEmail', 'AssignCall', 'PostLetter', 'PreviewPolicy'])(
    'are worded by %s with who signs them',
    (name) => {
      expect(environmentOf(name)).toMatchObject({
        CREDITOR_ADDRESS: '8 rue de l’Exemple\n75000 Paris',
        SIGNATORY_NAME: 'Camille Exemple',
        SIGNATORY_TITLE: 'Responsable du recouvrement',
      });
    },
  );

  it('are not planned for the creditor’s own people, who own the tasks', () => {
    expect(environmentOf('PlanNextStep')).toMatchObject({
      CREDITOR_COUNTRY: 'FR',
      CREDITOR_DOMAINS: 'lumen.example',
      TASK_OWNER: 'accounts@lumen.example',
    });
  });

  it.each(['ApplyPayment', 'ImportStatement'])('are paid by %s under the law of where the creditor is', (name) => {
    expect(environmentOf(name)).toMatchObject({ CREDITOR_COUNTRY: 'FR' });
  });

  it('may be planned for debtors at the provider where answers go', () => {
    const creditor = { ...aConfiguration().creditor, replyToAddress: 'lumen@post.example' };
    const { propertiesOf, logicalId: idOf } = theTemplate(aConfiguration({ creditor }));
    const { Environment } = propertiesOf('AWS::Lambda::Function')[idOf('AWS::Lambda::Function', 'PlanNextStep')];
    expect(Environment.Variables).toMatchObject({ CREDITOR_DOMAINS: 'lumen.example' });
  });

  it('take the creditor’s own country and domains and the owner of its tasks from the configuration', () => {
    const internalDomains = ['Lumen.FR'];
    const creditor = { ...aConfiguration().creditor, internalDomains, taskOwner: 'credit@lumen.fr', country: 'BE' };
    const { propertiesOf, logicalId: idOf } = theTemplate(aConfiguration({ creditor }));
    const { Environment } = propertiesOf('AWS::Lambda::Function')[idOf('AWS::Lambda::Function', 'PlanNextStep')];
    expect(Environment.Variables).toMatchObject({
      CREDITOR_COUNTRY: 'BE',
      CREDITOR_DOMAINS: 'lumen.example,lumen.fr',
      TASK_OWNER: 'credit@lumen.fr',
    });
  });

  it('fit, with the longest creditor there can be, the 4 KB of variables a function may have', () => {
    const creditor = {
      ...aConfiguration().creditor,
      name: 'é'.repeat(80),
      legalNotice: 'é'.repeat(300),
      privacyUrl: `https://lumen.example/${'x'.repeat(270)}`,
      addressLines: Array.from({ length: 4 }, () => 'é'.repeat(60)),
      signatory: { name: 'é'.repeat(80), title: 'é'.repeat(80) },
      internalDomains: Array.from({ length: 20 }, (_, index) => `${'x'.repeat(50)}${index}.example`),
    };
    const { propertiesOf } = theTemplate(aConfiguration({ creditor }));
    for (const { Environment } of Object.values(propertiesOf('AWS::Lambda::Function'))) {
      expect(Buffer.byteLength(JSON.stringify(Environment.Variables), 'utf8')).toBeLessThan(4_096);
    }
  });

  it('say by SMS a phone number in E.164', () => {
    expect(environmentOf('SendSms')).toMatchObject({ CREDITOR_PHONE: '+33199001234' });
  });
});

it('announces letters on the bus of the installation, with the bucket they lie in', () => {
  const { BUS_NAME, LETTERS_BUCKET } = functionProperties('WakeExecutions').Environment.Variables;
  expect(BUS_NAME).toEqual({ Ref: logicalId('AWS::Events::EventBus', 'Bus') });
  const bucket = { Ref: logicalId('AWS::S3::Bucket', 'Letters') };
  expect(LETTERS_BUCKET).toEqual(bucket);
  for (const name of ['PostLetter', 'ReadLetter']) {
    expect(functionProperties(name).Environment.Variables.LETTERS_BUCKET).toEqual(bucket);
  }
});
