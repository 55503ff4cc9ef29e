/**
 * The name of a Lambda function in an ARN of the function, of one of its versions, or of its API Gateway invocation
 * path; a bare name is its own name.
 */
export function functionNameIn(arnOrName: string): string {
  return arnOrName.match(/:function:([A-Za-z0-9-_]+)/)?.[1] ?? arnOrName;
}

/** The table a DynamoDB stream belongs to. */
export function tableNameIn(streamArn: string): string {
  const name = streamArn.match(/^arn:aws:dynamodb:[^:]*:\d+:table\/([^/]+)\/stream\//)?.[1];
  if (name === undefined) throw new Error(`Not the ARN of a DynamoDB stream: ${streamArn}`);
  return name;
}

/** The bus that a rule names, by name or by ARN. */
export function busNameIn(arnOrName: string): string {
  return arnOrName.match(/:event-bus\/(.+)$/)?.[1] ?? arnOrName;
}
