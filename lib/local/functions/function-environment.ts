import type { DeployedFunction } from '../template/deployment.ts';

/**
 * The environment variables a function starts with: its own from the template, and those Lambda sets.
 *
 * Nothing of this process's environment is inherited: what a function reads must be in the template. The endpoint leads
 * every SDK client to this machine, and the credentials are dummies that no service outside would take.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentOf(
  { name, handler, assetFolder, memoryMegabytes, environment }: DeployedFunction,
  { region, awsEndpointUrl }: { readonly region: string; readonly awsEndpointUrl: string },
): Record<string, string> {
  return {
    ...environment,
    _HANDLER: handler,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: awsEndpointUrl,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_REGION: region,
    LAMBDA_TASK_ROOT: assetFolder,
    LANG: 'en_US.UTF-8',
    POWERTOOLS_DEV: 'false',
    TZ: ':UTC',
  };
}
