// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes its placeholders in plain text.
import { writeAssembly } from '../template/write-assembly.ts';

const CALL = `
const call = async (target, input) => {
  const authorization = 'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-3/any/aws4_request, SignedHeaders=host, Signature=0';
  const signed = { authorization, 'x-amz-date': '20260101T000000Z' };
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, ...signed };
  const answer = await fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', headers, body: JSON.stringify(input) });
  if (!answer.ok) throw Object.assign(new Error(await answer.text()), { name: 'Sample.Refused' });
  return answer.json();
};
const put = (item) => call('DynamoDB_20120810.PutItem', { TableName: process.env.LEDGER_TABLE, Item: item });
`;

/** Takes an invoice into the table. */
const API = `${CALL}
export const handler = async (event) => {
  const { invoiceId } = JSON.parse(event.body);
  console.log('registering', invoiceId);
  await put({ pk: { S: 'INVOICE#' + invoiceId }, sk: { S: 'CASE' }, invoiceId: { S: invoiceId } });
  return { statusCode: 201, body: JSON.stringify({ invoiceId, at: event.requestContext.timeEpoch }) };
};`;

/** Starts one execution per case. */
const WAKE = `${CALL}
export const handler = async ({ Records }) => {
  for (const { dynamodb } of Records) {
    const invoiceId = dynamodb.NewImage.invoiceId.S;
    const input = JSON.stringify({ invoiceId });
    const start = { stateMachineArn: process.env.STATE_MACHINE_ARN, name: invoiceId + '_1_1', input };
    await call('AWSStepFunctions.StartExecution', start);
  }
};`;

/** Sends one notice by email. */
const SEND = `
export const handler = async ({ invoiceId }) => {
  const email = {
    FromEmailAddress: process.env.SENDER_ADDRESS,
    Destination: { ToAddresses: ['compta@martin.example'] },
    Content: { Simple: { Subject: { Data: 'Invoice ' + invoiceId }, Body: { Text: { Data: 'Unpaid' } } } },
    ConfigurationSetName: process.env.CONFIGURATION_SET,
    EmailTags: [{ Name: 'invoiceId', Value: invoiceId }, { Name: 'stepId', Value: 'A1' }, { Name: 'level', Value: 'level1' }],
  };
  const url = process.env.AWS_ENDPOINT_URL + '/v2/email/outbound-emails';
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(email) });
  if (!answer.ok) throw Object.assign(new Error(await answer.text()), { name: 'Sample.Refused' });
  return answer.json();
};`;

/** Records what became of an email. */
const RECORD = `${CALL}
export const handler = async ({ detail }) =>
  put({ pk: { S: 'MAIL#' + detail.mail.messageId }, sk: { S: detail.eventType } });`;

const MACHINE = {
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: {
    Wait: { Type: 'Wait', Seconds: 864_000, Next: 'Send email' },
    'Send email': {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: '${Send}', Payload: '{% $states.input %}' },
      Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 2 }],
      Output: '{% $states.input %}',
      Next: 'Mark',
    },
    Mark: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem',
      Arguments: {
        TableName: '${Table}',
        Key: { pk: { S: "{% 'INVOICE#' & $states.input.invoiceId %}" }, sk: { S: 'CASE' } },
        UpdateExpression: 'SET sentOn = :on',
        ConditionExpression: 'attribute_not_exists(sentOn)',
        ExpressionAttributeValues: { ':on': { S: '{% $states.context.State.EnteredTime %}' } },
      },
      Catch: [{ ErrorEquals: ['DynamoDb.ConditionalCheckFailedException'], Next: 'Sent before' }],
      Next: 'Settled',
    },
    'Sent before': { Type: 'Succeed' },
    Settled: { Type: 'Succeed' },
  },
};

/**
 * Writes a cloud assembly with one of everything the local system runs: `POST /invoices` puts a case into a table,
 * whose stream starts an execution, which waits ten days, sends an email and marks the case; the email's events are
 * recorded.
 */
export function aSmallStack(): Promise<string> {
  return writeAssembly({
    assets: {
      api: { 'index.mjs': API },
      wake: { 'index.mjs': WAKE },
      send: { 'index.mjs': SEND },
      record: { 'index.mjs': RECORD },
    },
    resources: { ...functions(), ...storage(), ...api(), ...messaging(), Letters: { Type: 'AWS::S3::Bucket' } },
    template: { Outputs: { BankSecretArn: { Value: { Ref: 'Bank' } }, LedgerTableName: { Value: { Ref: 'Ledger' } } } },
  });
}

function aFunction(asset: string, variables: Record<string, unknown>) {
  const code = { S3Bucket: 'assets', S3Key: `${asset}.zip` };
  const environment = { Variables: { LEDGER_TABLE: { Ref: 'Ledger' }, ...variables } };
  const properties = {
    Code: code,
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: 20,
    Environment: environment,
  };
  return { Type: 'AWS::Lambda::Function', Properties: { ...properties, MemorySize: 256 } };
}

function functions() {
  return {
    Api: aFunction('api', {}),
    Wake: aFunction('wake', { STATE_MACHINE_ARN: { Ref: 'Machine' } }),
    Send: aFunction('send', { SENDER_ADDRESS: 'dunning@lumen.example', CONFIGURATION_SET: { Ref: 'Set' } }),
    Record: aFunction('record', {}),
  };
}

function storage() {
  const keys = [
    ['pk', 'HASH'],
    ['sk', 'RANGE'],
  ];
  return {
    Ledger: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
        AttributeDefinitions: keys.map(([AttributeName]) => ({ AttributeName, AttributeType: 'S' })),
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Ledger', 'StreamArn'] },
        FunctionName: { Ref: 'Wake' },
        FilterCriteria: {
          Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"sk":{"S":["CASE"]}}}}' }],
        },
      },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'sample',
        DefinitionString: JSON.stringify(MACHINE),
        DefinitionSubstitutions: { Send: { 'Fn::GetAtt': ['Send', 'Arn'] }, Table: { Ref: 'Ledger' } },
      },
    },
    Bank: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true } },
    },
  };
}

function api() {
  return {
    Http: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Name: 'api' } },
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { AllowedOAuthScopes: ['relance/billing'] } },
    Server: {
      Type: 'AWS::Cognito::UserPoolResourceServer',
      Properties: { Identifier: 'relance', Scopes: [{ ScopeName: 'billing' }] },
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
        IntegrationUri: { 'Fn::GetAtt': ['Api', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        RouteKey: 'POST /invoices',
        AuthorizationType: 'JWT',
        AuthorizationScopes: ['relance/billing'],
        AuthorizerId: { Ref: 'Auth' },
        Target: { 'Fn::Sub': 'integrations/${Integration}' },
      },
    },
  };
}

function messaging() {
  return {
    Set: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'sample' } },
    Events: {
      Type: 'AWS::SES::ConfigurationSetEventDestination',
      Properties: {
        ConfigurationSetName: { Ref: 'Set' },
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ['delivery', 'bounce'],
          EventBridgeDestination: { EventBusArn: 'arn:aws:events:eu-west-3:000000000000:event-bus/default' },
        },
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        State: 'ENABLED',
        EventPattern: { source: ['aws.ses'] },
        Targets: [{ Id: 'Record', Arn: { 'Fn::GetAtt': ['Record', 'Arn'] } }],
      },
    },
  };
}
