import { readCloudAssembly } from './cloud-assembly.ts';
import type { Deployment } from './deployment.ts';
import { readFunctions } from './read-functions.ts';
import { readHttpApi } from './read-http-api.ts';
import { readIdentity } from './read-identity.ts';
import { readConfigurationSets, readQueues, readSecrets } from './read-messaging.ts';
import { readBusNames, readRules } from './read-rules.ts';
import { readStateMachines } from './read-state-machines.ts';
import { readStreamConsumers, readTables } from './read-tables.ts';
import { KNOWN_RESOURCE_TYPES } from './resource-types.ts';
import { LOCAL_ACCOUNT_ID, StackResources } from './stack-resources.ts';

/** The region of a stack that was synthesized for none in particular. */
const FALLBACK_REGION = 'eu-west-1';

/**
 * What the synthesized stack in a folder asks to be run.
 *
 * @param cloudAssemblyFolder what `cdk synth` wrote, e.g. `cdk.out`
 * @throws Error naming the resource, property or function when the template holds something the local system cannot do
 */
export async function readDeployment(cloudAssemblyFolder: string): Promise<Deployment> {
  const assembly = await readCloudAssembly(cloudAssemblyFolder, FALLBACK_REGION);
  const resources = new StackResources(assembly, KNOWN_RESOURCE_TYPES);
  return {
    stackName: assembly.stackName,
    region: assembly.region,
    accountId: LOCAL_ACCOUNT_ID,
    functions: readFunctions(resources),
    tables: readTables(resources),
    streamConsumers: readStreamConsumers(resources),
    busNames: readBusNames(resources),
    rules: readRules(resources),
    api: readHttpApi(resources),
    identity: readIdentity(resources),
    stateMachines: await readStateMachines(resources),
    queues: readQueues(resources),
    secrets: readSecrets(resources),
    configurationSets: readConfigurationSets(resources),
    bucketNames: resources.ofType('AWS::S3::Bucket').map(({ identity }) => identity.name),
    outputs: resources.outputs(),
  };
}
