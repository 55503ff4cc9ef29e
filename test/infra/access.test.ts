import { beforeAll, describe, expect, it } from 'vitest';
import { LEDGER_INDEXES } from '../support/ledger-tables.ts';
import { aConfiguration, type SynthesizedTemplate, theTemplate } from './support/synthesized-stack.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource?: unknown;
  NotResource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

let synthesized: SynthesizedTemplate;

beforeAll(() => {
  synthesized = theTemplate();
});

/** Why each of these may be granted on every resource. An action that is not here may not. */
const WITHOUT_RESOURCE = {
  'xray:PutTraceSegments': 'traces have no ARN',
  'xray:PutTelemetryRecords': 'traces have no ARN',
  'xray:GetSamplingRules': 'traces have no ARN',
  'xray:GetSamplingTargets': 'traces have no ARN',
  'dynamodb:ListStreams': 'lists streams, and takes no resource; Lambda asks for it to poll one',
  'logs:CreateLogDelivery': 'log delivery of Step Functions takes no resource',
  'logs:GetLogDelivery': 'log delivery of Step Functions takes no resource',
  'logs:UpdateLogDelivery': 'log delivery of Step Functions takes no resource',
  'logs:DeleteLogDelivery': 'log delivery of Step Functions takes no resource',
  'logs:ListLogDeliveries': 'log delivery of Step Functions takes no resource',
  'logs:PutResourcePolicy': 'log delivery of Step Functions takes no resource',
  'logs:DescribeResourcePolicies': 'log delivery of Step Functions takes no resource',
  'logs:DescribeLogGroups': 'log delivery of Step Functions takes no resource',
};

const actionsOf = ({ Action }: Statement) => [Action].flat();

function statementsOf(role = '', template = synthesized): Statement[] {
  const policies = Object.entries(template.propertiesOf('AWS::IAM::Policy'));
  return policies.filter(([id]) => id.includes(role)).flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement);
}

function grants(role: string, action: string, template = synthesized): Statement[] {
  return statementsOf(role, template).filter((statement) => actionsOf(statement).includes(action));
}

function concerns(statement: Statement, table: 'Ledger' | 'History'): boolean {
  return JSON.stringify(statement).includes(`"Tables${table}`);
}

describe('every role', () => {
  it('is granted actions by their full names', () => {
    expect(
      statementsOf()
        .flatMap(actionsOf)
        .filter((action) => action.includes('*')),
    ).toEqual([]);
  });

  it('is granted every resource only for actions that have none', () => {
    const everywhere = statementsOf().filter(({ Resource }) => [Resource].flat().includes('*'));
    expect(new Set(everywhere.flatMap(actionsOf))).toEqual(new Set(Object.keys(WITHOUT_RESOURCE)));
  });

  it('carries no managed policy and can be assumed by one service of AWS', () => {
    for (const role of Object.values(synthesized.propertiesOf('AWS::IAM::Role'))) {
      expect(role).not.toHaveProperty('ManagedPolicyArns');
      const [statement, ...others] = role.AssumeRolePolicyDocument.Statement;
      expect(others).toEqual([]);
      expect(statement.Principal.Service).toMatch(/^(lambda|states)\.amazonaws\.com$/);
    }
  });

  it('writes to no log group but its own', () => {
    for (const [id, { PolicyDocument }] of Object.entries(synthesized.propertiesOf('AWS::IAM::Policy'))) {
      const writes = PolicyDocument.Statement.filter((each: Statement) =>
        actionsOf(each).includes('logs:PutLogEvents'),
      );
      const own = id.replace(/RoleDefaultPolicy.*$/, 'Log');
      for (const { Resource } of writes) expect(Resource['Fn::GetAtt'][0]).toMatch(new RegExp(`^${own}[0-9A-F]{8}$`));
    }
  });

  it('deletes nothing and scans nothing', () => {
    const dynamodb = statementsOf()
      .flatMap(actionsOf)
      .filter((action) => action.startsWith('dynamodb:'));
    expect(dynamodb.filter((action) => /Delete|Scan|BatchWrite|PartiQL|Export|Restore/.test(action))).toEqual([]);
  });

  it('appends to the history and never changes it', () => {
    const onHistory = statementsOf().filter((statement) => concerns(statement, 'History'));
    expect(new Set(onHistory.flatMap(actionsOf))).toEqual(new Set(['dynamodb:PutItem', 'dynamodb:Query']));
  });
});

describe('each function', () => {
  const books = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'];

  it.each([
    ['CaseDeskApiRole', ['dynamodb:BatchGetItem', ...books, 'states:DescribeExecution']],
    ['ReceiveBankWebhookRole', ['events:PutEvents', 'secretsmanager:GetSecretValue']],
    ['ApplyPaymentRole', ['dynamodb:BatchGetItem', ...books, 'sqs:SendMessage']],
    ['ImportStatementRole', ['dynamodb:BatchGetItem', ...books]],
    ['ReportsRole', ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query']],
    ['PlanNextStepRole', books],
    ['SendEmailRole', ['dynamodb:BatchGetItem', ...books, 'ses:SendEmail']],
    ['SendSmsRole', ['dynamodb:BatchGetItem', ...books, 'sns:Publish']],
    ['AssignCallRole', ['dynamodb:BatchGetItem', ...books]],
    ['PostLetterRole', ['dynamodb:BatchGetItem', ...books, 's3:PutObject']],
    ['HandOverRole', ['dynamodb:BatchGetItem', ...books]],
    ['ReviewCaseRole', books],
    ['PreviewPolicyRole', ['dynamodb:GetItem', 'dynamodb:Query']],
    ['ReadLetterRole', ['dynamodb:GetItem', 's3:GetObject']],
    [
      'WakeExecutionsRole',
      [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
        'events:PutEvents',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:SendMessage',
        'states:SendTaskFailure',
        'states:StartExecution',
      ],
    ],
    ['RecordDeliveryRole', [...books, 'sqs:SendMessage']],
  ])('%s may do what it does and no more', (role, expected) => {
    const actions = statementsOf(role).flatMap(actionsOf);
    const own = actions.filter((action) => !/^(logs|xray):/.test(action));
    expect([...new Set(own)].sort()).toEqual(expected);
  });
});

describe('the lists of the ledger', () => {
  const indexesOf = (role: string) =>
    grants(role, 'dynamodb:Query').flatMap((statement) => {
      return [...JSON.stringify(statement.Resource).matchAll(/\/index\/(\w+)/g)].map(([, indexName]) => indexName);
    });

  it('are read by the case desk alone', () => {
    expect(new Set(indexesOf('CaseDeskApiRole'))).toEqual(new Set(LEDGER_INDEXES.map(({ IndexName }) => IndexName)));
  });

  it.each([
    'ApplyPaymentRole',
    'ImportStatementRole',
    'SendEmailRole',
    'SendSmsRole',
    'AssignCallRole',
    'PostLetterRole',
    'HandOverRole',
  ])('tell %s no more than the cases of one customer', (role) => {
    expect(indexesOf(role)).toEqual(['CasesByCustomer']);
  });

  it.each(['PlanNextStepRole', 'ReviewCaseRole', 'RecordDeliveryRole'])('tell %s nothing', (role) => {
    expect(indexesOf(role)).toEqual([]);
  });
});

describe('send-email', () => {
  it('sends from the sender’s address only, by its own configuration set', () => {
    const [statement, ...others] = grants('SendEmailRole', 'ses:SendEmail');
    expect(others).toEqual([]);
    expect(statement?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'dunning@lumen.example' } });
    const resources = [statement?.Resource].flat().map((resource) => JSON.stringify(resource));
    expect(resources).toEqual([
      expect.stringContaining(':configuration-set/'),
      expect.stringContaining(':identity/dunning@lumen.example"'),
      expect.stringContaining(':identity/lumen.example"'),
    ]);
  });

  it.each([
    ['dunning@acme.fr', ['acme.fr']],
    ['dunning@a.mail.acme.fr', ['a.mail.acme.fr', 'mail.acme.fr', 'acme.fr']],
  ])('as %s may use whichever of the address and its domains SES has verified', (senderAddress, domains) => {
    const { creditor } = aConfiguration();
    const template = theTemplate(aConfiguration({ creditor: { ...creditor, senderAddress } }));
    const [statement] = grants('SendEmailRole', 'ses:SendEmail', template);
    const resources = [statement?.Resource].flat().map((resource) => JSON.stringify(resource));
    const identities = resources.flatMap((resource) => resource.match(/:identity\/([^"]+)/)?.[1] ?? []);
    expect(identities.sort()).toEqual([senderAddress, ...domains].sort());
    expect(statement?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': senderAddress } });
  });
});

describe('send-sms', () => {
  it('publishes to phone numbers and to no topic', () => {
    const [statement, ...others] = grants('SendSmsRole', 'sns:Publish');
    expect(others).toEqual([]);
    expect(statement).toMatchObject({ Effect: 'Allow', NotResource: 'arn:aws:sns:*:*:*' });
  });
});

describe('receive-bank-webhook', () => {
  it('reads its secret, and puts events on its bus as the bank', () => {
    const [secret] = grants('ReceiveBankWebhookRole', 'secretsmanager:GetSecretValue');
    expect(secret?.Resource).toEqual({ Ref: expect.stringContaining('BankWebhookSecret') });
    const [events] = grants('ReceiveBankWebhookRole', 'events:PutEvents');
    expect(events?.Resource).toEqual({ 'Fn::GetAtt': [expect.stringContaining('PaymentEventsBus'), 'Arn'] });
    expect(events?.Condition).toEqual({ StringEquals: { 'events:source': 'relance.bank' } });
  });
});

describe('wake-executions', () => {
  it('puts events on the bus of the installation as the source of letters, and as no other', () => {
    const [statement, ...others] = grants('WakeExecutionsRole', 'events:PutEvents');
    expect(others).toEqual([]);
    expect(statement?.Resource).toEqual({ 'Fn::GetAtt': [expect.stringContaining('PaymentEventsBus'), 'Arn'] });
    expect(statement?.Condition).toEqual({ StringEquals: { 'events:source': 'relance.letters' } });
  });
});

describe('preview-policy', () => {
  it('reads policies, and nobody’s case', () => {
    const reads = statementsOf('PreviewPolicyRole').filter((statement) => concerns(statement, 'Ledger'));
    expect(reads).toHaveLength(1);
    expect(reads[0]?.Condition).toEqual({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['POLICIES', 'POLICY#*'] },
    });
  });
});

describe('letters', () => {
  it.each([
    ['PostLetterRole', 's3:PutObject'],
    ['ReadLetterRole', 's3:GetObject'],
  ])('are all that %s touches in their bucket', (role, action) => {
    const statements = statementsOf(role).filter((statement) => actionsOf(statement).some((each) => /^s3:/.test(each)));
    const bucket = { 'Fn::GetAtt': [expect.stringContaining('LettersBucket'), 'Arn'] };
    const Resource = { 'Fn::Join': ['', [bucket, '/letters/*']] };
    expect(statements).toEqual([{ Effect: 'Allow', Action: action, Resource }]);
  });

  it('are within reach of no other role', () => {
    const roles = Object.entries(synthesized.propertiesOf('AWS::IAM::Policy')).filter(([, { PolicyDocument }]) =>
      PolicyDocument.Statement.flatMap(actionsOf).some((action: string) => action.startsWith('s3:')),
    );
    expect(roles.map(([id]) => id.replace(/DefaultPolicy.*$/, '')).sort()).toEqual([
      'LetterDeskReadLetterRole',
      'WorkForPeoplePostLetterRole',
    ]);
  });
});

describe('the workflow', () => {
  it('calls the functions behind its states', () => {
    const [invoke] = grants('StateMachineRole', 'lambda:InvokeFunction');
    const names = [invoke?.Resource].flat().map((resource) => JSON.stringify(resource));
    expect(names).toEqual([
      expect.stringContaining('PlanNextStep'),
      expect.stringContaining('ReviewCase'),
      expect.stringContaining('SendEmail'),
      expect.stringContaining('SendSms'),
      expect.stringContaining('AssignCall'),
      expect.stringContaining('HandOver'),
      expect.stringContaining('PostLetter'),
    ]);
  });

  it('updates invoices of the ledger and nothing else in it', () => {
    const writes = statementsOf('StateMachineRole').filter(
      (statement) => concerns(statement, 'Ledger') || concerns(statement, 'History'),
    );
    expect(writes).toEqual([
      {
        Effect: 'Allow',
        Action: 'dynamodb:UpdateItem',
        Resource: { 'Fn::GetAtt': [expect.stringContaining('TablesLedger'), 'Arn'] },
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['INVOICE#*'] } },
      },
    ]);
  });

  it('starts executions of itself, as the function on the stream does', () => {
    const arn = { 'Fn::Join': ['', [expect.any(String), { Ref: 'AWS::AccountId' }, ':stateMachine:relance-test']] };
    for (const role of ['StateMachineRole', 'WakeExecutionsRole']) {
      expect(grants(role, 'states:StartExecution').map(({ Resource }) => Resource)).toEqual([arn]);
    }
  });

  it('is read by the API, one execution at a time', () => {
    const [describes] = grants('CaseDeskApiRole', 'states:DescribeExecution');
    expect(JSON.stringify(describes?.Resource)).toContain(':execution:relance-test:*');
  });
});

describe('the topic of alarms', () => {
  it('is written to by CloudWatch of this account, over TLS, under a key that CloudWatch may use', () => {
    const here = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    synthesized.template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          {
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: here,
          },
        ],
      },
    });
    const [key] = Object.values(synthesized.propertiesOf('AWS::KMS::Key'));
    expect(key.KeyPolicy.Statement).toContainEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: here,
      Resource: '*', // in a key's own policy: this key
    });
    expect(key.EnableKeyRotation).toBe(true);
  });
});
