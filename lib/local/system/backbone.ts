import { Secrets } from '../aws/secrets.ts';
import { type AwsEndpoint, startAwsEndpoint } from '../aws/server.ts';
import { VirtualClock } from '../clock.ts';
import { DeadLetters } from '../dead-letters.ts';
import { CapacityMeter } from '../dynamodb/capacity-meter.ts';
import { startDynamoDbEmulator } from '../dynamodb/emulator.ts';
import { createDynamoDbProxy } from '../dynamodb/proxy.ts';
import { type BusEvent, EventBuses } from '../event-bus.ts';
import { Faults } from '../faults.ts';
import { LocalFunctions } from '../functions/local-functions.ts';
import { Mailbox } from '../mailbox.ts';
import { Objects } from '../objects.ts';
import { keepPostedLetter } from '../posted-letters.ts';
import { StateMachines } from '../states/state-machines.ts';
import { StreamPump } from '../stream-pump.ts';
import type { Deployment } from '../template/deployment.ts';
import { awsServices } from './aws-services.ts';
import { createTables } from './create-tables.ts';
import type { KeptState } from './kept-state.ts';
import { LocalTaskResources } from './local-task-resources.ts';
import { makeSecretText } from './secret-text.ts';

/** What the backbone is made from. */
export interface BackboneOptions {
  readonly deployment: Deployment;
  readonly kept: KeptState | undefined;
  readonly startAtMillis: number;
  readonly databasePath: string | undefined;
  readonly objectsPath: string | undefined;
  /** 0 takes a free port. */
  readonly awsPort: number;
  readonly onLog: (functionName: string, line: string) => void;
  readonly onError: (error: unknown) => void;
}

/** Everything behind the API: the account, so to speak. */
export type Backbone = Awaited<ReturnType<typeof startBackbone>>;

/**
 * Starts the functions and all they talk to: DynamoDB with the tables of the stack, the AWS endpoint, buses, streams
 * and state machines, on one clock.
 *
 * @param opened takes over the closing of everything that was started, also when starting fails half-way
 */
export async function startBackbone(options: BackboneOptions, opened: AsyncDisposableStack) {
  const { deployment, kept, startAtMillis, onError } = options;
  const emulator = await startDynamoDbEmulator(databaseOf(options));
  opened.defer(() => emulator.close());
  await createTables(emulator.endpoint, deployment.tables);
  const clock = new VirtualClock(startAtMillis, onError);
  const core = {
    clock,
    faults: new Faults(),
    mailbox: new Mailbox(kept?.outbox),
    deadLetters: new DeadLetters(() => clock.now()),
  };
  const secrets = restoredSecrets(deployment, kept, clock);
  const address: { endpoint?: AwsEndpoint } = {};
  const awsEndpointUrl = () => address.endpoint?.url ?? '';
  const functions = new LocalFunctions({
    functions: deployment.functions,
    region: deployment.region,
    awsEndpointUrl,
    takeFault: () => core.faults.take('lambda'),
    track: (work) => clock.track(work),
    onLog: options.onLog,
  });
  opened.defer(() => functions.close());
  const machines = createStateMachines(deployment, clock, new LocalTaskResources({ functions, awsEndpointUrl }));
  const objects = new Objects(deployment.bucketNames, options.objectsPath);
  const keepLetter = (event: BusEvent) => keepPostedLetter(event, { ...core, objects }).catch(onError);
  const onEvent = (event: BusEvent) => void clock.track(keepLetter(event));
  const buses = createBuses(deployment, { ...core, functions, onEvent });
  const pumps = await openPumps(deployment, { ...core, functions, endpoint: emulator.endpoint }, opened);
  const capacity = new CapacityMeter();
  const dynamoDb = createDynamoDbProxy({
    endpoint: emulator.endpoint,
    meter: capacity,
    onWrite: (tableNames) => {
      for (const pump of pumps.values()) pump.notifyWrite(tableNames);
    },
  });
  opened.defer(() => dynamoDb.close());
  const { services, emails } = awsServices({ ...core, deployment, secrets, machines, buses, objects, dynamoDb });
  address.endpoint = await startAwsEndpoint({ port: options.awsPort, services, faults: core.faults });
  opened.defer(() => address.endpoint?.close());
  const secretTexts = () => textsOf(deployment, secrets);
  return {
    ...core,
    endpoint: emulator.endpoint,
    awsUrl: awsEndpointUrl(),
    functions,
    machines,
    pumps,
    capacity,
    emails,
    secrets,
    secretTexts,
  };
}

type Core = Pick<EventBusesOptions, 'clock' | 'faults' | 'deadLetters'> & { readonly functions: LocalFunctions };
type BusCore = Core & Required<Pick<EventBusesOptions, 'onEvent'>>;
type EventBusesOptions = ConstructorParameters<typeof EventBuses>[0];

function databaseOf({ databasePath }: BackboneOptions): { databasePath?: string } {
  return databasePath === undefined ? {} : { databasePath };
}

function createStateMachines(
  deployment: Deployment,
  clock: VirtualClock,
  resources: LocalTaskResources,
): StateMachines {
  const { region, accountId, stateMachines } = deployment;
  const machines = new StateMachines({ region, accountId, clock, resources });
  for (const { name, definition } of stateMachines) {
    machines.createStateMachine({ name, definition, roleArn: `arn:aws:iam::${accountId}:role/${name}` });
  }
  return machines;
}

/** A function invoked asynchronously gives its events up to the dead-letter queue of its own. */
function createBuses(
  { busNames, rules, accountId, region, functions: deployed }: Deployment,
  core: BusCore,
): EventBuses {
  const policies = deployed.map(({ name, asynchronous }) => [name, asynchronous] as const);
  return new EventBuses({
    busNames,
    rules,
    accountId,
    region,
    clock: core.clock,
    faults: core.faults,
    deadLetters: core.deadLetters,
    invoker: core.functions,
    onEvent: core.onEvent,
    asynchronousPolicies: Object.fromEntries(policies),
  });
}

async function openPumps(
  { streamConsumers }: Deployment,
  { functions: invoker, ...core }: Core & { readonly endpoint: string },
  opened: AsyncDisposableStack,
): Promise<Map<string, StreamPump>> {
  const pumps = new Map<string, StreamPump>();
  for (const consumer of streamConsumers) {
    const pump = await StreamPump.open({ ...core, consumer, invoker });
    opened.defer(() => pump.close());
    pumps.set(consumer.id, pump);
  }
  return pumps;
}

function restoredSecrets({ secrets: deployed }: Deployment, kept: KeptState | undefined, clock: VirtualClock): Secrets {
  const secrets = new Secrets(() => clock.now());
  for (const secret of deployed) {
    const text = kept?.secrets[secret.name] ?? makeSecretText(secret);
    secrets.add({ arn: secret.arn, name: secret.name, text });
  }
  return secrets;
}

function textsOf({ secrets: deployed }: Deployment, secrets: Secrets): Record<string, string> {
  return Object.fromEntries(deployed.map(({ arn, name }) => [name, secrets.currentText(arn)]));
}
