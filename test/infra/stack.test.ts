import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { LEDGER_INDEXES } from '../support/ledger-tables.ts';
import { aConfiguration, type SynthesizedTemplate, theTemplate } from './support/synthesized-stack.ts';

let synthesized: SynthesizedTemplate;

beforeAll(() => {
  synthesized = theTemplate();
});

const FUNCTIONS = [
  'Api',
  'ReceiveBankWebhook',
  'ApplyPayment',
  'PlanNextStep',
  'SendEmail',
  'SendSms',
  'WakeExecutions',
  'RecordDelivery',
  'AssignCall',
  'PostLetter',
  'HandOver',
  'ReviewCase',
  'PreviewPolicy',
  'ReadLetter',
  'Reports',
  'ImportStatement',
];

describe('the tables', () => {
  it('are the ledger and the history, and no other', () => {
    const tables = synthesized.propertiesOf('AWS::DynamoDB::Table');
    expect(Object.keys(tables)).toEqual([expect.stringContaining('Ledger'), expect.stringContaining('History')]);
  });

  it('stay when the stack goes, and cannot be deleted by hand without a second thought', () => {
    for (const table of Object.values(synthesized.template.findResources('AWS::DynamoDB::Table'))) {
      expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      expect(table.Properties.DeletionProtectionEnabled).toBe(true);
    }
  });

  it('can be restored to any second, are encrypted with a key of the account, and are billed by use', () => {
    for (const table of Object.values(synthesized.propertiesOf('AWS::DynamoDB::Table'))) {
      expect(table).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        BillingMode: 'PAY_PER_REQUEST',
      });
    }
  });

  it('stream the ledger with both images, and the history not at all', () => {
    const [ledger, history] = Object.values(synthesized.propertiesOf('AWS::DynamoDB::Table'));
    expect(ledger.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
    expect(history).not.toHaveProperty('StreamSpecification');
  });

  it('index the ledger as the one its behaviour is tested on, and the history not at all', () => {
    const [ledger, history] = Object.values(synthesized.propertiesOf('AWS::DynamoDB::Table'));
    expect(ledger.GlobalSecondaryIndexes).toEqual(LEDGER_INDEXES);
    expect(history).not.toHaveProperty('GlobalSecondaryIndexes');
  });
});

describe('the letters', () => {
  it('stay when the stack goes, with every version there was', () => {
    synthesized.template.resourceCountIs('AWS::S3::Bucket', 1);
    synthesized.template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { VersioningConfiguration: { Status: 'Enabled' }, LifecycleConfiguration: Match.absent() },
    });
  });

  it('are encrypted, and can never be made public', () => {
    synthesized.template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  it('refuse whoever does not use TLS, and let nobody else in', () => {
    const [policy, ...others] = Object.values(synthesized.propertiesOf('AWS::S3::BucketPolicy'));
    expect(others).toEqual([]);
    expect(policy.PolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });
});

describe('the functions', () => {
  it('are those of the design, each under its own name', () => {
    const ids = Object.keys(synthesized.propertiesOf('AWS::Lambda::Function'));
    expect(ids).toHaveLength(FUNCTIONS.length);
    for (const name of FUNCTIONS) expect(ids).toContainEqual(expect.stringMatching(new RegExp(`${name}[0-9A-F]{8}$`)));
  });

  it('run on the newest LTS Node.js, on arm64, traced', () => {
    for (const properties of Object.values(synthesized.propertiesOf('AWS::Lambda::Function'))) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
      });
      expect(properties).not.toHaveProperty('VpcConfig');
      expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
    }
  });

  it('have half a gigabyte and stop after half a minute, but those that work through thousands of rows', () => {
    const sizes = Object.values(synthesized.propertiesOf('AWS::Lambda::Function')).map(
      ({ Environment, MemorySize, Timeout }) => [Environment.Variables.POWERTOOLS_SERVICE_NAME, MemorySize, Timeout],
    );
    const large = sizes.filter(([, memory, seconds]) => memory !== 512 || seconds !== 30);
    expect(large.sort()).toEqual([
      ['import-statement', 1769, 300],
      ['reports', 1769, 30],
    ]);
  });

  it('log JSON to a group of their own, kept as long as configured', () => {
    const logGroups = synthesized.propertiesOf('AWS::Logs::LogGroup');
    const used = Object.values(synthesized.propertiesOf('AWS::Lambda::Function')).map(({ LoggingConfig }) => {
      expect(LoggingConfig.LogFormat).toBe('JSON');
      return LoggingConfig.LogGroup.Ref;
    });
    expect(new Set(used).size).toBe(FUNCTIONS.length);
    for (const logGroup of Object.values(logGroups)) expect(logGroup.RetentionInDays).toBe(30);
  });

  it('know their name, their log level and how to read a stack trace', () => {
    const byName = Object.values(synthesized.propertiesOf('AWS::Lambda::Function')).map(
      ({ Environment: { Variables } }) => {
        expect(Variables).toMatchObject({ LOG_LEVEL: 'INFO', NODE_OPTIONS: '--enable-source-maps' });
        return Variables.POWERTOOLS_SERVICE_NAME;
      },
    );
    expect(byName.sort()).toEqual([
      'api',
      'apply-payment',
      'assign-call',
      'hand-over',
      'import-statement',
      'plan-next-step',
      'post-letter',
      'preview-policy',
      'read-letter',
      'receive-bank-webhook',
      'record-delivery',
      'reports',
      'review-case',
      'send-email',
      'send-sms',
      'wake-executions',
    ]);
  });
});

describe('the queues', () => {
  it('are encrypted and keep dead letters as long as SQS can', () => {
    const queues = Object.values(synthesized.propertiesOf('AWS::SQS::Queue'));
    expect(queues).toHaveLength(3);
    for (const queue of queues)
      expect(queue).toEqual(expect.objectContaining({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 }));
  });

  it('refuse whoever does not use TLS', () => {
    const policies = Object.values(synthesized.propertiesOf('AWS::SQS::QueuePolicy'));
    const guarded = policies.filter(({ PolicyDocument }) =>
      PolicyDocument.Statement.some(
        // biome-ignore lint/suspicious/noExplicitAny: a statement is read as the loose JSON it is
        (statement: any) =>
          statement.Effect === 'Deny' &&
          statement.Action === 'sqs:*' &&
          statement.Condition.Bool['aws:SecureTransport'] === 'false',
      ),
    );
    const queues = Object.keys(synthesized.propertiesOf('AWS::SQS::Queue'));
    expect(guarded.flatMap(({ Queues }) => Queues.map(({ Ref }: { Ref: string }) => Ref)).sort()).toEqual(
      queues.sort(),
    );
  });
});

describe('the workflow', () => {
  it('is a Standard state machine that logs every step and no personal data', () => {
    synthesized.template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'relance-test',
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });

  it('gives every placeholder of its definition a value', () => {
    const [machine] = Object.values(synthesized.propertiesOf('AWS::StepFunctions::StateMachine'));
    const placeholders = [...machine.DefinitionString.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name);
    expect(placeholders).toContain('PlanNextStepFunctionArn');
    expect(Object.keys(machine.DefinitionSubstitutions)).toEqual(expect.arrayContaining(placeholders));
  });
});

it('keeps the secret of the bank when the stack goes', () => {
  synthesized.template.hasResource('AWS::SecretsManager::Secret', { DeletionPolicy: 'Retain' });
});

it('has the outputs of the contract, and no other', () => {
  expect(Object.keys(synthesized.template.findOutputs('*')).sort()).toEqual([
    'ApiUrl',
    'BankSecretArn',
    'BusName',
    'ExecutionsUrl',
    'FinanceClientId',
    'HistoryTableName',
    'LedgerTableName',
    'LettersBucketName',
    'StateMachineArn',
    'UserPoolClientId',
    'UserPoolId',
  ]);
});

it('gives out the id of the client of each, billing and finance', () => {
  const [billing, people] = Object.keys(synthesized.propertiesOf('AWS::Cognito::UserPoolClient'));
  synthesized.template.hasOutput('UserPoolClientId', { Value: { Ref: billing } });
  synthesized.template.hasOutput('FinanceClientId', { Value: { Ref: people } });
});

it('needs no custom resource', () => {
  const types = Object.values(synthesized.template.toJSON().Resources).map(
    (resource) => (resource as { Type: string }).Type,
  );
  expect(types.filter((type) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')).toEqual(
    [],
  );
});

it('lets two stages live in one account, each with a bus of its own name', () => {
  const names = ({ propertiesOf }: SynthesizedTemplate) => [
    ...Object.values(propertiesOf('AWS::StepFunctions::StateMachine')).map(({ StateMachineName }) => StateMachineName),
    ...Object.values(propertiesOf('AWS::Events::EventBus')).map(({ Name }) => Name),
    ...Object.values(propertiesOf('AWS::SES::ConfigurationSet')).map(({ Name }) => Name),
    ...Object.values(propertiesOf('AWS::CloudWatch::Alarm')).map(({ AlarmName }) => AlarmName),
    ...Object.values(propertiesOf('AWS::Logs::LogGroup')).flatMap(({ LogGroupName }) => LogGroupName ?? []),
  ];
  const other = new Set(names(theTemplate(aConfiguration({ stage: 'prod', busName: 'relance-prod' }))));
  expect(names(synthesized).filter((name) => other.has(name))).toEqual([]);
});
