import type { AwsRequest } from './service.ts';

/** A request of the query protocol: its action and its flat parameters. */
export interface QueryInput {
  readonly action: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads the form body, or the query string, of a request of the query protocol. */
export function readQueryInput(request: AwsRequest): QueryInput {
  const parameters = new Map(new URLSearchParams(request.body.toString('utf8')));
  return { action: parameters.get('Action') ?? '', parameters };
}
