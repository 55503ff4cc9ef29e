import type { DeployedIdentity } from './deployment.ts';
import type { StackResources } from './stack-resources.ts';

/** The user pool's clients and the scopes its resource servers define. */
export function readIdentity(resources: StackResources): DeployedIdentity {
  const clients = resources.ofType('AWS::Cognito::UserPoolClient');
  const servers = resources.ofType('AWS::Cognito::UserPoolResourceServer');
  return {
    clients: clients.map(({ identity, properties }) => ({
      clientId: identity.reference,
      scopes: properties.texts('AllowedOAuthScopes'),
    })),
    scopes: servers.flatMap(({ identity, properties }) =>
      properties.bags('Scopes').map((scope) => `${identity.name}/${scope.text('ScopeName')}`),
    ),
  };
}
