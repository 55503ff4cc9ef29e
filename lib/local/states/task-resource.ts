/** What the `Resource` of a Task asks for. */
export interface TaskResource {
  /** As `TaskResources.run` gets it: `lambda:invoke` or `aws-sdk:dynamodb:updateItem`. */
  call: string;
  /** Names of history events: `lambda` and `invoke`, or `aws-sdk:dynamodb` and `updateItem.waitForTaskToken`. */
  resourceType: string;
  resource: string;
  awaitsToken: boolean;
  /** Set when the Resource is a function's own ARN: the input is its payload, its answer the result. */
  functionArn?: string;
}

const INTEGRATION = /^arn:aws[a-z-]*:states:::(lambda|aws-sdk:[a-z0-9]+):([a-z][A-Za-z0-9]*)(\.waitForTaskToken)?$/;
const FUNCTION_ARN = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?$/;

/**
 * Reads the `Resource` of a Task; undefined when the local runner does not support it. Supported are `lambda:invoke`
 * and `aws-sdk:<service>:<action>`, both also with `.waitForTaskToken`, and the ARN of a function.
 */
export function parseTaskResource(resource: string): TaskResource | undefined {
  if (FUNCTION_ARN.test(resource)) {
    return {
      call: 'lambda:invoke',
      resourceType: 'lambda',
      resource: 'invoke',
      awaitsToken: false,
      functionArn: resource,
    };
  }
  const [, resourceType, action, suffix] = INTEGRATION.exec(resource) ?? [];
  if (resourceType === undefined || action === undefined) return undefined;
  if (resourceType === 'lambda' && action !== 'invoke') return undefined;
  const awaitsToken = suffix !== undefined;
  return { call: `${resourceType}:${action}`, resourceType, resource: `${action}${suffix ?? ''}`, awaitsToken };
}
