import { functionNameIn, tableNameIn } from './arn-parts.ts';
import type { DeployedStreamConsumer, DeployedTable, TableIndex, TableKey } from './deployment.ts';
import type { PropertyBag } from './property-bag.ts';
import type { StackResources } from './stack-resources.ts';

/** The DynamoDB tables of the stack, in the words of `CreateTable`. */
export function readTables(resources: StackResources): DeployedTable[] {
  return resources.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(({ identity, properties }) => ({
    name: identity.name,
    arn: identity.attributes.Arn ?? identity.name,
    keySchema: readKeys(properties),
    attributeDefinitions: properties.bags('AttributeDefinitions').map((definition) => ({
      AttributeName: definition.text('AttributeName'),
      AttributeType: definition.text('AttributeType'),
    })),
    globalSecondaryIndexes: properties.bags('GlobalSecondaryIndexes').map(readIndex),
    localSecondaryIndexes: properties.bags('LocalSecondaryIndexes').map(readIndex),
    streamViewType: properties.bag('StreamSpecification').optionalText('StreamViewType'),
  }));
}

/**
 * The event source mappings of the stack; only those that read a DynamoDB stream are known.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 */
export function readStreamConsumers(resources: StackResources): DeployedStreamConsumer[] {
  const mappings = resources.ofType('AWS::Lambda::EventSourceMapping');
  const enabled = mappings.filter(({ properties }) => properties.flag('Enabled', true));
  return enabled.map(({ logicalId, properties }) => ({
    id: logicalId,
    tableName: tableNameIn(properties.text('EventSourceArn')),
    streamArn: properties.text('EventSourceArn'),
    functionName: functionNameIn(properties.text('FunctionName')),
    batchSize: properties.number('BatchSize', 100),
    filters: properties
      .bag('FilterCriteria')
      .bags('Filters')
      .map((filter) => JSON.parse(filter.text('Pattern'))),
    bisectBatchOnError: properties.flag('BisectBatchOnFunctionError', false),
    reportsBatchItemFailures: properties.texts('FunctionResponseTypes').includes('ReportBatchItemFailures'),
    retryAttemptsMax: properties.number('MaximumRetryAttempts', -1),
    recordAgeSecondsMax: properties.number('MaximumRecordAgeInSeconds', -1),
    onFailureArn: properties.bag('DestinationConfig').bag('OnFailure').optionalText('Destination'),
  }));
}

function readKeys(properties: PropertyBag): TableKey[] {
  return properties
    .bags('KeySchema')
    .map((key) => ({ AttributeName: key.text('AttributeName'), KeyType: key.text('KeyType') }));
}

function readIndex(index: PropertyBag): TableIndex {
  const projection = index.bag('Projection');
  const kept = projection.texts('NonKeyAttributes');
  return {
    IndexName: index.text('IndexName'),
    KeySchema: readKeys(index),
    Projection: {
      ProjectionType: projection.text('ProjectionType'),
      ...(kept.length > 0 ? { NonKeyAttributes: kept } : {}),
    },
  };
}
