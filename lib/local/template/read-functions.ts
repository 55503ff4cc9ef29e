import type { DeployedAsynchronousInvocation, DeployedFunction } from './deployment.ts';
import type { StackResource, StackResources } from './stack-resources.ts';

/** The Lambda functions of the stack, each with the folder its code asset was staged to. */
export function readFunctions(resources: StackResources): DeployedFunction[] {
  return resources.ofType('AWS::Lambda::Function').map((resource) => readFunction(resources, resource));
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
function readFunction({ assembly }: StackResources, { identity, properties }: StackResource): DeployedFunction {
  const runtime = properties.text('Runtime');
  if (!runtime.startsWith('nodejs')) {
    throw new Error(`${properties.where}: the local system runs Node.js functions, not ${runtime}`);
  }
  return {
    name: identity.name,
    arn: identity.attributes.Arn ?? identity.name,
    handler: properties.text('Handler'),
    assetFolder: assembly.assetPath(properties.bag('Code').text('S3Key')),
    environment: properties.bag('Environment').textMap('Variables'),
    timeoutSeconds: properties.number('Timeout', 3),
    memoryMegabytes: properties.number('MemorySize', 128),
    asynchronous: readAsynchronous(properties.bag('DeadLetterConfig').optionalText('TargetArn')),
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html two retries, six hours */
function readAsynchronous(deadLetterArn: string | undefined): DeployedAsynchronousInvocation {
  return { retryAttemptsMax: 2, eventAgeSecondsMax: 21_600, ...(deadLetterArn === undefined ? {} : { deadLetterArn }) };
}
