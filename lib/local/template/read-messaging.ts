import type { DeployedConfigurationSet, DeployedQueue, DeployedSecret, SecretGenerator } from './deployment.ts';
import type { PropertyBag } from './property-bag.ts';
import type { StackResources } from './stack-resources.ts';

/** The queues of the stack. */
export function readQueues(resources: StackResources): DeployedQueue[] {
  return resources
    .ofType('AWS::SQS::Queue')
    .map(({ identity }) => ({ name: identity.name, arn: identity.attributes.Arn ?? identity.name }));
}

/** The secrets of the stack, with how to make up those that have no text of their own. */
export function readSecrets(resources: StackResources): DeployedSecret[] {
  return resources.ofType('AWS::SecretsManager::Secret').map(({ identity, properties }) => ({
    name: identity.name,
    arn: identity.reference,
    text: properties.optionalText('SecretString'),
    generate: properties.has('GenerateSecretString')
      ? readGenerator(properties.bag('GenerateSecretString'))
      : undefined,
  }));
}

/** The SES configuration sets; of their event destinations, those that publish to EventBridge. */
export function readConfigurationSets(resources: StackResources): DeployedConfigurationSet[] {
  const destinations = resources.ofType('AWS::SES::ConfigurationSetEventDestination').map(({ properties }) => ({
    setName: properties.text('ConfigurationSetName'),
    destination: properties.bag('EventDestination'),
  }));
  return resources.ofType('AWS::SES::ConfigurationSet').map(({ identity }) => {
    const own = destinations.filter(({ setName, destination }) => setName === identity.name && publishes(destination));
    const types = own.flatMap(({ destination }) => destination.texts('MatchingEventTypes'));
    return { name: identity.name, publishedEventTypes: [...new Set(types.map((type) => type.toUpperCase()))] };
  });
}

function publishes(destination: PropertyBag): boolean {
  return destination.flag('Enabled', true) && destination.has('EventBridgeDestination');
}

function readGenerator(generate: PropertyBag): SecretGenerator {
  return {
    length: generate.number('PasswordLength', 32),
    excludePunctuation: generate.flag('ExcludePunctuation', false),
    excludeCharacters: generate.optionalText('ExcludeCharacters') ?? '',
    template: generate.optionalText('SecretStringTemplate'),
    key: generate.optionalText('GenerateStringKey'),
  };
}
