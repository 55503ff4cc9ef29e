import { createHash } from 'node:crypto';

/** Where a resource lives, and what it is called in the template. */
export interface ResourcePlace {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly type: string;
  readonly logicalId: string;
  /** The name its properties ask for; CloudFormation makes one up when there is none. */
  readonly explicitName?: string;
}

/** What `Ref` and `Fn::GetAtt` answer for a resource. */
export interface PhysicalIdentity {
  readonly name: string;
  readonly reference: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * The physical name, `Ref` value and attributes of a resource.
 *
 * Names CloudFormation would make up end in random letters; here they follow from stack and logical id alone, so that
 * two boots of one template, and a kept ledger, agree.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 *   "Return values" of each resource type
 */
export function identify(place: ResourcePlace): PhysicalIdentity {
  const name = place.explicitName ?? `${place.stackName}-${place.logicalId}`;
  const shape = SHAPES[place.type];
  return shape ? shape({ ...place, name }) : identityWithoutLocalMeaning({ ...place, name });
}

/** The property of each resource type that sets its physical name. */
export function namePropertyOf(type: string): string | undefined {
  return NAME_PROPERTIES[type];
}

type NamedPlace = ResourcePlace & { readonly name: string };
type Shape = (place: NamedPlace) => PhysicalIdentity;

const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::SES::EmailIdentity': 'EmailIdentity',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::Cognito::UserPoolDomain': 'Domain',
  'AWS::Cognito::UserPoolResourceServer': 'Identifier',
  'AWS::ApiGatewayV2::Stage': 'StageName',
};

const SHAPES: Readonly<Record<string, Shape>> = {
  'AWS::Lambda::Function': (place) => byName(place, { Arn: arn(place, 'lambda', `function:${place.name}`) }),
  'AWS::DynamoDB::Table': tableIdentity,
  'AWS::DynamoDB::GlobalTable': tableIdentity,
  'AWS::SQS::Queue': (place) => ({
    name: place.name,
    reference: `https://sqs.${place.region}.amazonaws.com/${place.accountId}/${place.name}`,
    attributes: { Arn: arn(place, 'sqs', place.name), QueueName: place.name },
  }),
  'AWS::SNS::Topic': (place) => byArn(place, arn(place, 'sns', place.name), { TopicName: place.name }, 'TopicArn'),
  'AWS::S3::Bucket': bucketIdentity,
  'AWS::Events::EventBus': (place) =>
    byName(place, { Arn: arn(place, 'events', `event-bus/${place.name}`), Name: place.name }),
  'AWS::Events::Rule': (place) => byName(place, { Arn: arn(place, 'events', `rule/${place.name}`) }),
  'AWS::StepFunctions::StateMachine': (place) =>
    byArn(place, arn(place, 'states', `stateMachine:${place.name}`), { Name: place.name }),
  'AWS::SecretsManager::Secret': (place) =>
    byArn(place, arn(place, 'secretsmanager', `secret:${place.name}-${madeUpId(place, 6)}`), {}, 'Id'),
  'AWS::Cognito::UserPool': userPoolIdentity,
  'AWS::Cognito::UserPoolClient': (place) => byMadeUpId(place, 26, 'ClientId'),
  'AWS::ApiGatewayV2::Api': apiIdentity,
  'AWS::ApiGatewayV2::Integration': (place) => byMadeUpId(place, 7),
  'AWS::ApiGatewayV2::Route': (place) => byMadeUpId(place, 7),
  'AWS::ApiGatewayV2::Authorizer': (place) => byMadeUpId(place, 6, 'AuthorizerId'),
};

/** Resources which do nothing here (a role, a log group) are still referred to: a plausible ARN is enough. */
function identityWithoutLocalMeaning(place: NamedPlace): PhysicalIdentity {
  const [, service = '', kind = ''] = place.type.split('::');
  const ownArn = arn(place, service.toLowerCase(), `${kind.toLowerCase()}/${place.name}`);
  return byName(place, { Arn: ownArn, KeyId: madeUpId(place, 32), Id: place.name });
}

/** The stream's label is the emulator's to choose: consumers find the stream by its table. */
function tableIdentity(place: NamedPlace): PhysicalIdentity {
  const tableArn = arn(place, 'dynamodb', `table/${place.name}`);
  return byName(place, { Arn: tableArn, StreamArn: `${tableArn}/stream/local` });
}

/** S3 takes no capital in a name, so CloudFormation makes up none. */
function bucketIdentity(place: NamedPlace): PhysicalIdentity {
  const name = place.name.toLowerCase();
  return byName({ ...place, name }, { Arn: `arn:aws:s3:::${name}` });
}

function userPoolIdentity(place: NamedPlace): PhysicalIdentity {
  const id = `${place.region}_${madeUpId(place, 9)}`;
  const provider = `cognito-idp.${place.region}.amazonaws.com/${id}`;
  const attributes = { Arn: arn(place, 'cognito-idp', `userpool/${id}`), ProviderName: provider, UserPoolId: id };
  return { name: id, reference: id, attributes: { ...attributes, ProviderURL: `https://${provider}` } };
}

function apiIdentity(place: NamedPlace): PhysicalIdentity {
  const id = madeUpId(place, 10);
  const endpoint = `https://${id}.execute-api.${place.region}.amazonaws.com`;
  return { name: id, reference: id, attributes: { ApiId: id, ApiEndpoint: endpoint } };
}

function byName({ name }: NamedPlace, attributes: Record<string, string>): PhysicalIdentity {
  return { name, reference: name, attributes };
}

function byArn(
  { name }: NamedPlace,
  ownArn: string,
  attributes: Record<string, string>,
  arnAttribute = 'Arn',
): PhysicalIdentity {
  return { name, reference: ownArn, attributes: { ...attributes, Arn: ownArn, [arnAttribute]: ownArn } };
}

function byMadeUpId(place: NamedPlace, length: number, attribute = 'Id'): PhysicalIdentity {
  const id = madeUpId(place, length);
  return { name: id, reference: id, attributes: { [attribute]: id } };
}

function arn({ region, accountId }: ResourcePlace, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

/** Lower-case letters and digits, as AWS makes ids up, but the same at every boot. */
function madeUpId({ stackName, logicalId }: ResourcePlace, length: number): string {
  const digest = createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(0, length).padEnd(length, '0');
}
