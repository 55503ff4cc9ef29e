// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes its placeholders in plain text.
import { describe, expect, it } from 'vitest';
import { readDeployment } from '../../../lib/local/template/read-deployment.ts';
import { writeAssembly } from './write-assembly.ts';

const FUNCTION = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: 'abc.zip' },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Timeout: 30,
    DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
    Environment: { Variables: { LEDGER_TABLE: { Ref: 'Ledger' }, SECRET: { Ref: 'Secret' }, MINUTES: 5 } },
  },
};

const LEDGER = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByCustomer',
        KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['dueOn'] },
      },
    ],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
};

/** The deployment of a stack with these resources, and whatever they refer to. */
async function deploymentOf(resources: Record<string, unknown>, template: Record<string, unknown> = {}) {
  const always = { Role: { Type: 'AWS::IAM::Role' }, Queue: { Type: 'AWS::SQS::Queue' } };
  const assets = { abc: { 'index.mjs': '' } };
  return readDeployment(await writeAssembly({ resources: { ...always, ...resources }, template, assets }));
}

describe('the deployment a template asks for', () => {
  it('has functions with their environment, limits and bundle', async () => {
    const secret = { Type: 'AWS::SecretsManager::Secret' };
    const { functions } = await deploymentOf({ Api: FUNCTION, Ledger: LEDGER, Secret: secret });
    expect(functions).toEqual([
      {
        name: 'Sample-Api',
        arn: 'arn:aws:lambda:eu-west-3:000000000000:function:Sample-Api',
        handler: 'index.handler',
        assetFolder: expect.stringMatching(/asset\.abc$/),
        environment: {
          LEDGER_TABLE: 'Sample-Ledger',
          MINUTES: '5',
          SECRET: expect.stringMatching(/^arn:aws:secretsmanager:eu-west-3:000000000000:secret:Sample-Secret-\w{6}$/),
        },
        timeoutSeconds: 30,
        memoryMegabytes: 128,
        asynchronous: {
          retryAttemptsMax: 2,
          eventAgeSecondsMax: 21_600,
          deadLetterArn: 'arn:aws:sqs:eu-west-3:000000000000:Sample-Queue',
        },
      },
    ]);
  });

  it('has tables in the words of CreateTable', async () => {
    const { tables } = await deploymentOf({ Ledger: LEDGER });
    expect(tables[0]).toMatchObject({
      name: 'Sample-Ledger',
      keySchema: LEDGER.Properties.KeySchema,
      attributeDefinitions: LEDGER.Properties.AttributeDefinitions,
      globalSecondaryIndexes: LEDGER.Properties.GlobalSecondaryIndexes,
      streamViewType: 'NEW_AND_OLD_IMAGES',
    });
  });

  it('has stream consumers with parsed filters and AWS defaults', async () => {
    const mapping = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Ledger', 'StreamArn'] },
        FunctionName: { Ref: 'Wake' },
        FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: '30',
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
      },
    };
    const off = { ...mapping, Properties: { ...mapping.Properties, Enabled: false } };
    const secret = { Type: 'AWS::SecretsManager::Secret' };
    const resources = { Ledger: LEDGER, Wake: FUNCTION, Secret: secret, Mapping: mapping, Off: off };
    expect((await deploymentOf(resources)).streamConsumers).toEqual([
      {
        id: 'Mapping',
        tableName: 'Sample-Ledger',
        streamArn: 'arn:aws:dynamodb:eu-west-3:000000000000:table/Sample-Ledger/stream/local',
        functionName: 'Sample-Wake',
        batchSize: 100,
        filters: [{ eventName: ['INSERT'] }],
        bisectBatchOnError: true,
        reportsBatchItemFailures: true,
        retryAttemptsMax: 30,
        recordAgeSecondsMax: -1,
        onFailureArn: 'arn:aws:sqs:eu-west-3:000000000000:Sample-Queue',
      },
    ]);
  });

  it('has rules on the default bus and on its own', async () => {
    const target = {
      Id: 'T',
      Arn: 'arn:fn',
      DeadLetterConfig: { Arn: 'arn:dlq' },
      RetryPolicy: { MaximumRetryAttempts: 3 },
    };
    const deployment = await deploymentOf({
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'relance' } },
      Own: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventBusName: { Ref: 'Bus' },
          EventPattern: { source: ['x'] },
          State: 'ENABLED',
          Targets: [target],
        },
      },
      Default: { Type: 'AWS::Events::Rule', Properties: { EventPattern: {}, State: 'DISABLED' } },
    });
    expect(deployment.busNames).toEqual(['default', 'relance']);
    expect(deployment.rules).toMatchObject([
      {
        busName: 'relance',
        isEnabled: true,
        eventPattern: { source: ['x'] },
        targets: [{ arn: 'arn:fn', deadLetterArn: 'arn:dlq', retryAttemptsMax: 3, eventAgeSecondsMax: 86_400 }],
      },
      { busName: 'default', isEnabled: false, targets: [] },
    ]);
  });

  it('has an HTTP API whose routes know their function, authorizer and scopes', async () => {
    const deployment = await deploymentOf({
      Fn: FUNCTION,
      Ledger: LEDGER,
      Secret: { Type: 'AWS::SecretsManager::Secret' },
      Http: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Name: 'api' } },
      Pool: { Type: 'AWS::Cognito::UserPool' },
      Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { AllowedOAuthScopes: ['relance/billing'] } },
      Server: {
        Type: 'AWS::Cognito::UserPoolResourceServer',
        Properties: { Identifier: 'relance', Scopes: [{ ScopeName: 'billing' }, { ScopeName: 'finance' }] },
      },
      Auth: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: {
          AuthorizerType: 'JWT',
          JwtConfiguration: { Audience: [{ Ref: 'Client' }], Issuer: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } },
        },
      },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: { 'Fn::GetAtt': ['Fn', 'Arn'] },
          PayloadFormatVersion: '2.0',
        },
      },
      Closed: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          RouteKey: 'POST /invoices',
          AuthorizationType: 'JWT',
          AuthorizationScopes: ['relance/billing'],
          AuthorizerId: { Ref: 'Auth' },
          Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
        },
      },
      Open: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: { RouteKey: 'POST /webhooks/bank', Target: { 'Fn::Sub': 'integrations/${Integration}' } },
      },
    });
    const clientId = deployment.identity.clients[0]?.clientId;
    expect(clientId).toMatch(/^\w{26}$/);
    expect(deployment.identity).toEqual({
      clients: [{ clientId, scopes: ['relance/billing'] }],
      scopes: ['relance/billing', 'relance/finance'],
    });
    expect(deployment.api?.routes).toEqual([
      {
        routeKey: 'POST /invoices',
        functionName: 'Sample-Fn',
        timeoutMillis: 30_000,
        authorizer: {
          issuer: expect.stringMatching(/^https:\/\/cognito-idp\.eu-west-3\.amazonaws\.com\/eu-west-3_\w{9}$/),
          audience: [clientId],
        },
        scopes: ['relance/billing'],
      },
      {
        routeKey: 'POST /webhooks/bank',
        functionName: 'Sample-Fn',
        timeoutMillis: 30_000,
        authorizer: undefined,
        scopes: [],
      },
    ]);
  });

  it('has state machines with their substitutions applied', async () => {
    const { stateMachines, outputs } = await deploymentOf(
      {
        Machine: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: {
            StateMachineName: 'relance',
            DefinitionString: '{"Resource":"${Arn}","Kept":"{% $states.input %}"}',
            DefinitionSubstitutions: { Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
          },
        },
      },
      { Outputs: { StateMachineArn: { Value: { Ref: 'Machine' } } } },
    );
    const arn = 'arn:aws:states:eu-west-3:000000000000:stateMachine:relance';
    const definition = '{"Resource":"arn:aws:sqs:eu-west-3:000000000000:Sample-Queue","Kept":"{% $states.input %}"}';
    expect(stateMachines).toEqual([{ name: 'relance', arn, definition }]);
    expect(outputs).toEqual({ StateMachineArn: arn });
  });

  it('has configuration sets with the events that reach EventBridge', async () => {
    const destination = (events: string[], more: object) => ({
      Type: 'AWS::SES::ConfigurationSetEventDestination',
      Properties: { ConfigurationSetName: { Ref: 'Set' }, EventDestination: { MatchingEventTypes: events, ...more } },
    });
    const { configurationSets } = await deploymentOf({
      Set: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'relance' } },
      Bus: destination(['send', 'BOUNCE'], { Enabled: true, EventBridgeDestination: { EventBusArn: 'arn' } }),
      Off: destination(['OPEN'], { Enabled: false, EventBridgeDestination: { EventBusArn: 'arn' } }),
      Watch: destination(['CLICK'], { Enabled: true, CloudWatchDestination: {} }),
    });
    expect(configurationSets).toEqual([{ name: 'relance', publishedEventTypes: ['SEND', 'BOUNCE'] }]);
  });

  it('has buckets by names S3 would take', async () => {
    const { bucketNames } = await deploymentOf({
      Letters: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } },
      Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Letters' }, PolicyDocument: {} } },
    });
    expect(bucketNames).toEqual(['sample-letters']);
  });

  it('has secrets with the way to make them up', async () => {
    const { secrets } = await deploymentOf({
      Bank: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: { Name: 'bank', GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } },
      },
    });
    expect(secrets[0]).toMatchObject({
      name: 'bank',
      text: undefined,
      generate: { length: 64, excludePunctuation: true, excludeCharacters: '' },
    });
  });

  it('leaves out a resource whose condition does not hold', async () => {
    const queue = { Type: 'AWS::SQS::Queue', Condition: 'Never' };
    const conditions = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
    const { queues } = await deploymentOf({ Gone: queue }, conditions);
    expect(queues.map(({ name }) => name)).toEqual(['Sample-Queue']);
  });

  it('is the same at every boot', async () => {
    const resources = {
      Ledger: LEDGER,
      Pool: { Type: 'AWS::Cognito::UserPool' },
      Client: { Type: 'AWS::Cognito::UserPoolClient' },
    };
    expect(await deploymentOf(resources)).toEqual(await deploymentOf(resources));
  });
});

describe('a template the local system cannot run is refused', () => {
  it.each([
    [
      'an unknown resource type',
      { Cache: { Type: 'AWS::ElastiCache::CacheCluster' } },
      /AWS::ElastiCache::CacheCluster \(Cache\)/,
    ],
    [
      'a rule on a schedule',
      { R: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)' } } },
      /not on a schedule/,
    ],
    [
      'a shaped target',
      { R: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'a', Arn: 'b', InputPath: '$.c' }] } } },
      /R \(AWS::Events::Rule\)\.Targets\[0\]: .*InputPath/,
    ],
    [
      'an express workflow',
      { M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineType: 'EXPRESS' } } },
      /STANDARD state machines only/,
    ],
    [
      'a definition with a name nobody substitutes',
      { M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: '{"a":"${Lost}"}' } } },
      /\$\{Lost\}, which has no value/,
    ],
    [
      'a function that is not Node.js',
      { F: { ...FUNCTION, Properties: { Runtime: 'python3.13' } } },
      /not python3\.13/,
    ],
    ['a reference to nothing', { F: { ...FUNCTION, Properties: { Runtime: { Ref: 'Lost' } } } }, /refers to Lost/],
    [
      'an attribute nobody knows',
      { F: { ...FUNCTION, Properties: { Runtime: { 'Fn::GetAtt': ['Role', 'Age'] } } } },
      /attribute Age of Role/,
    ],
    [
      'a property of the wrong type',
      { M: { Type: 'AWS::Lambda::Function', Properties: { Runtime: {} } } },
      /Runtime must be text, it is \{\}/,
    ],
  ])('for %s', async (_name, resources, message) => {
    await expect(deploymentOf(resources)).rejects.toThrow(message);
  });
});
