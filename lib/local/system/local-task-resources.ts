import type { FunctionInvoker, InvokeResult } from '../functions/invoker.ts';
import { TaskFailure } from '../states/task-failure.ts';
import type { TaskResources } from '../states/task-resources.ts';
import { callAws, messageOf } from './aws-call.ts';

/** An AWS service as Step Functions' SDK integration names it. */
interface SdkService {
  readonly targetPrefix: string;
  /** First part of its error names in workflows. */
  readonly errorPrefix: string;
  /** Whether its wire members start with a small letter; in workflows all members start with a capital. */
  readonly isCamelCase: boolean;
}

const SDK_SERVICES: Readonly<Record<string, SdkService>> = {
  dynamodb: { targetPrefix: 'DynamoDB_20120810', errorPrefix: 'DynamoDb', isCamelCase: false },
  sfn: { targetPrefix: 'AWSStepFunctions', errorPrefix: 'Sfn', isCamelCase: true },
};

/** What the tasks of a workflow can reach. */
export interface LocalTaskResourcesOptions {
  readonly functions: FunctionInvoker;
  /** The local AWS endpoint: metered, and subject to faults, as any other caller's requests are. */
  readonly awsEndpointUrl: () => string;
}

/**
 * Does the work of Task states on this machine: `lambda:invoke`, and SDK integrations of DynamoDB and Step Functions.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html members in Pascal case,
 * error   names `<Service>.<Name>Exception`
 */
export class LocalTaskResources implements TaskResources {
  readonly #options: LocalTaskResourcesOptions;

  constructor(options: LocalTaskResourcesOptions) {
    this.#options = options;
  }

  async run(resource: string, args: unknown): Promise<unknown> {
    if (resource === 'lambda:invoke') return this.#invoke(args as LambdaArguments);
    const [, service = '', action = ''] = resource.split(':');
    const sdk = SDK_SERVICES[service];
    if (!sdk) throw new TaskFailure('States.Runtime', `The local system does not do the task resource ${resource}`);
    return this.#call(sdk, action, args);
  }

  async #invoke({ FunctionName, Payload = {} }: LambdaArguments): Promise<unknown> {
    const result = await this.#options.functions.invoke(FunctionName, Payload);
    if (!result.ok) throw new TaskFailure(result.errorType, causeOf(result));
    return { ExecutedVersion: '$LATEST', Payload: result.payload, StatusCode: 200 };
  }

  async #call(sdk: SdkService, action: string, args: unknown): Promise<unknown> {
    const target = `${sdk.targetPrefix}.${withFirst(action, 'toUpperCase')}`;
    const input = sdk.isCamelCase ? withFirstOfKeys(args, 'toLowerCase') : args;
    const answer = await callAws(this.#options.awsEndpointUrl(), target, input).catch((error: Error) => {
      throw new TaskFailure(
        `${sdk.errorPrefix}.SdkClientException`,
        `Unable to execute HTTP request: ${error.message}`,
      );
    });
    if (answer.errorName !== undefined) {
      const name = answer.errorName.endsWith('Exception') ? answer.errorName : `${answer.errorName}Exception`;
      throw new TaskFailure(`${sdk.errorPrefix}.${name}`, messageOf(answer));
    }
    return sdk.isCamelCase ? withFirstOfKeys(answer.body, 'toUpperCase') : answer.body;
  }
}

interface LambdaArguments {
  readonly FunctionName: string;
  readonly Payload?: unknown;
}

/** A function's own error comes as JSON; Lambda's as plain text. */
function causeOf({ errorType, errorMessage, trace }: Extract<InvokeResult, { ok: false }>): string {
  return errorType.startsWith('Lambda.') ? errorMessage : JSON.stringify({ errorType, errorMessage, trace });
}

function withFirstOfKeys(value: unknown, letterCase: LetterCase): unknown {
  const entries = Object.entries(value ?? {}).map(([key, inner]) => [withFirst(key, letterCase), inner]);
  return Object.fromEntries(entries);
}

type LetterCase = 'toUpperCase' | 'toLowerCase';

function withFirst(text: string, letterCase: LetterCase): string {
  return text.charAt(0)[letterCase]() + text.slice(1);
}
