import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Installation } from './installation.ts';
import { RelanceAlarm } from './relance-alarm.ts';

/** How much a function gets: memory in MB, and with it its share of a processor, and how long one call may take. */
interface FunctionSize {
  readonly memorySize: number;
  readonly timeout: Duration;
}

/** Below this memory Node 24 starts slower; half a minute is how long the gateway waits for an answer. */
const SMALL: FunctionSize = { memorySize: 512, timeout: Duration.seconds(30) };

/**
 * The memory with which a function has one whole vCPU, which is all that Node.js uses: for what works through thousands of rows in one call, where the processor is what takes time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html (1 769 MB are one vCPU)
 */
export const WHOLE_PROCESSOR_MEGABYTES = 1769;

/** What one function adds to the defaults of the house. */
interface RelanceFunctionProps<Environment> {
  readonly installation: Installation;
  readonly description: string;
  /** Exactly the variables its schema in lib/contracts/environment.ts names. */
  readonly environment: Environment;
  /** Who is hurt when it fails, in one sentence. */
  readonly impact: string;
  /**
   * Errors tolerated in each of three periods of five minutes before its alarm rings.
   * @default none: one error rings
   */
  readonly toleratedErrors?: number;
  /** @default {@link SMALL} */
  readonly size?: FunctionSize;
  /** Where Lambda puts an event it gave up on; only for functions that are invoked asynchronously. */
  readonly deadLetterQueue?: IQueue;
}

/**
 * A Lambda function with the defaults of the house: the newest LTS Node.js that aws-cdk-lib knows, arm64, half a
 * gigabyte and half a minute, tracing without an SDK, JSON logs kept as long as configured, an alarm on errors.
 *
 * The construct id is the function's name in Pascal case and names its bundle: `PlanNextStep` runs `plan-next-step`.
 *
 * @throws when the bundle was not built
 */
export class RelanceFunction<Environment extends Record<string, string>> extends LambdaFunction {
  constructor(scope: Construct, id: string, props: RelanceFunctionProps<Environment>) {
    const { installation, environment, description, deadLetterQueue, size = SMALL } = props;
    const name = kebabCase(id);
    // A role of its own rather than Lambda's managed policy, which may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: installation.logRetention,
      removalPolicy: RemovalPolicy.DESTROY, // nothing auditable lives only in a log: the History table keeps what happened
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      ...size,
      handler: 'index.handler',
      code: Code.fromAsset(bundleOf(installation, name)),
      environment: {
        POWERTOOLS_SERVICE_NAME: name,
        LOG_LEVEL: 'INFO',
        NODE_OPTIONS: '--enable-source-maps',
        ...environment,
      },
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.INFO, // cold starts are reported at this level
      tracing: Tracing.ACTIVE,
      ...(deadLetterQueue ? { deadLetterQueue } : {}),
    });
    this.ringOnErrors(name, props);
  }

  private ringOnErrors(name: string, props: RelanceFunctionProps<Environment>): void {
    const { installation, impact, toleratedErrors = 0 } = props;
    new RelanceAlarm(this, 'Errors', {
      installation,
      name: `${name}-errors`,
      impact,
      runbook: 'function-errors',
      metric: this.metricErrors({ period: Duration.minutes(5) }),
      tolerated: toleratedErrors,
      periods: toleratedErrors > 0 ? 3 : 1,
    });
    // A call that Lambda turns away is no error of the function, and the workflow waits it out in silence.
    new RelanceAlarm(this, 'Throttles', {
      installation,
      name: `${name}-throttles`,
      impact,
      runbook: 'function-errors',
      metric: this.metricThrottles({ period: Duration.minutes(5) }),
      tolerated: 10,
      periods: 3,
    });
  }
}

function bundleOf({ bundleFolder }: Installation, name: string): string {
  const folder = join(bundleFolder, name);
  if (existsSync(join(folder, 'index.mjs'))) return folder;
  throw new Error(`The bundle ${join(folder, 'index.mjs')} does not exist; run "npm run build" first.`);
}

function kebabCase(pascalCase: string): string {
  return pascalCase.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
