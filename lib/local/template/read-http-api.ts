import { functionNameIn } from './arn-parts.ts';
import type { DeployedHttpApi, DeployedJwtAuthorizer, DeployedRoute } from './deployment.ts';
import type { StackResource, StackResources } from './stack-resources.ts';

/** API Gateway's own limit for an integration. */
const INTEGRATION_TIMEOUT_MILLIS = 30_000;

/**
 * The stack's HTTP API with the function and the authorizer of each route; `undefined` when there is none.
 * @throws Error for a second API, an authorizer that is not JWT, or an integration that is not Lambda in format 2.0
 */
export function readHttpApi(resources: StackResources): DeployedHttpApi | undefined {
  const [api, ...others] = resources.ofType('AWS::ApiGatewayV2::Api');
  if (!api) return undefined;
  if (others.length > 0) throw new Error(`The local system serves one HTTP API, the template has ${others.length + 1}`);
  if (api.properties.optionalText('ProtocolType') !== 'HTTP') {
    throw new Error(`${api.properties.where}: the local system serves HTTP APIs, not WebSocket ones`);
  }
  const integrations = byReference(resources.ofType('AWS::ApiGatewayV2::Integration'));
  const authorizers = byReference(resources.ofType('AWS::ApiGatewayV2::Authorizer'));
  const routes = resources.ofType('AWS::ApiGatewayV2::Route');
  return {
    id: api.identity.reference,
    domainName: `${api.identity.reference}.execute-api.${resources.assembly.region}.amazonaws.com`,
    routes: routes.map((route) => readRoute(route, integrations, authorizers)),
  };
}

type ByReference = ReadonlyMap<string, StackResource>;

function readRoute({ properties }: StackResource, integrations: ByReference, authorizers: ByReference): DeployedRoute {
  const target = properties.text('Target').replace(/^integrations\//, '');
  const integration = integrations.get(target)?.properties;
  if (!integration) throw new Error(`${properties.where}: no integration ${target}`);
  const kind = `${integration.text('IntegrationType')} ${integration.optionalText('PayloadFormatVersion')}`;
  if (kind !== 'AWS_PROXY 2.0') {
    throw new Error(`${integration.where}: the local system does AWS_PROXY in format 2.0, not ${kind}`);
  }
  return {
    routeKey: properties.text('RouteKey'),
    functionName: functionNameIn(integration.text('IntegrationUri')),
    timeoutMillis: integration.number('TimeoutInMillis', INTEGRATION_TIMEOUT_MILLIS),
    authorizer: readAuthorizer(properties.optionalText('AuthorizationType') ?? 'NONE', {
      where: properties.where,
      authorizer: authorizers.get(properties.optionalText('AuthorizerId') ?? ''),
    }),
    scopes: properties.texts('AuthorizationScopes'),
  };
}

function readAuthorizer(
  authorizationType: string,
  { where, authorizer }: { where: string; authorizer: StackResource | undefined },
): DeployedJwtAuthorizer | undefined {
  if (authorizationType === 'NONE') return undefined;
  if (authorizationType !== 'JWT' || !authorizer) {
    throw new Error(`${where}: the local system checks JWT authorizers only, not ${authorizationType}`);
  }
  const configuration = authorizer.properties.bag('JwtConfiguration');
  return { issuer: configuration.text('Issuer'), audience: configuration.texts('Audience') };
}

function byReference(resources: StackResource[]): ByReference {
  return new Map(resources.map((resource) => [resource.identity.reference, resource]));
}
