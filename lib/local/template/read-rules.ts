import { busNameIn } from './arn-parts.ts';
import type { DeployedRule, DeployedRuleTarget } from './deployment.ts';
import type { PropertyBag } from './property-bag.ts';
import type { StackResources } from './stack-resources.ts';

/** Target properties which would change what is delivered; none of them is done locally. */
const REFUSED_TARGET_PROPERTIES = ['Input', 'InputPath', 'InputTransformer', 'RoleArn'];

/** The event buses: the account's `default` one, then those of the stack. */
export function readBusNames(resources: StackResources): string[] {
  return ['default', ...resources.ofType('AWS::Events::EventBus').map(({ identity }) => identity.name)];
}

/**
 * The rules of the stack. Rules on a schedule, and targets with a shaped input, are refused by name.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html 24 hours, 185 attempts
 */
export function readRules(resources: StackResources): DeployedRule[] {
  return resources.ofType('AWS::Events::Rule').map(({ identity, properties }) => {
    if (properties.has('ScheduleExpression')) {
      throw new Error(`${properties.where}: the local system runs rules with an event pattern, not on a schedule`);
    }
    return {
      name: identity.name,
      arn: identity.attributes.Arn ?? identity.name,
      busName: busNameIn(properties.optionalText('EventBusName') ?? 'default'),
      eventPattern: properties.raw('EventPattern'),
      isEnabled: properties.optionalText('State') !== 'DISABLED',
      targets: properties.bags('Targets').map(readTarget),
    };
  });
}

function readTarget(target: PropertyBag): DeployedRuleTarget {
  for (const name of REFUSED_TARGET_PROPERTIES) {
    if (target.has(name)) throw new Error(`${target.where}: the local system does not do ${name} of a rule's target`);
  }
  const policy = target.bag('RetryPolicy');
  return {
    id: target.text('Id'),
    arn: target.text('Arn'),
    deadLetterArn: target.bag('DeadLetterConfig').optionalText('Arn'),
    retryAttemptsMax: policy.number('MaximumRetryAttempts', 185),
    eventAgeSecondsMax: policy.number('MaximumEventAgeInSeconds', 86_400),
  };
}
