import { jsonBody, jsonReply, targetOperation, unknownOperation } from './protocols.ts';
import { AwsError, type AwsService } from './service.ts';

/** A service of the JSON protocols: its name, and a function per operation from input to output. */
export interface JsonServiceDefinition {
  readonly name: string;
  readonly protocol: 'json-1.0' | 'json-1.1';
  /** First part of `X-Amz-Target`. */
  readonly targetPrefix: string;
  /** The service's own name for an error inside it; `InternalServiceError` and the like. */
  readonly internalErrorCode: string;
  readonly operations: Readonly<Record<string, (input: Record<string, unknown>) => unknown>>;
}

/** Makes a service that answers by `X-Amz-Target`; operations throw `AwsError` for what they refuse. */
export function jsonService(definition: JsonServiceDefinition): AwsService {
  const { name, protocol, targetPrefix, internalErrorCode, operations } = definition;
  return {
    name,
    protocol,
    claims: { targetPrefixes: [targetPrefix] },
    throttled: new AwsError('ThrottlingException', 'Rate exceeded'),
    internalError: new AwsError(internalErrorCode, 'An internal error occurred', 500),
    async handle(request) {
      const operation = targetOperation(request);
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!run) throw unknownOperation(protocol, name, operation);
      return jsonReply(protocol, await run(jsonBody(request)));
    },
  };
}
