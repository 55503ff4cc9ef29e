import { readFile } from 'node:fs/promises';
import type { DeployedStateMachine } from './deployment.ts';
import type { PropertyBag } from './property-bag.ts';
import type { StackResources } from './stack-resources.ts';

/** The state machines of the stack. Express ones are refused: the local runner keeps history, as Standard does. */
export async function readStateMachines(resources: StackResources): Promise<DeployedStateMachine[]> {
  const machines = resources.ofType('AWS::StepFunctions::StateMachine');
  return Promise.all(
    machines.map(async ({ identity, properties }) => {
      if ((properties.optionalText('StateMachineType') ?? 'STANDARD') !== 'STANDARD') {
        throw new Error(`${properties.where}: the local system runs STANDARD state machines only`);
      }
      const text = await definitionText(resources, properties);
      const definition = substitute(text, properties.bag('DefinitionSubstitutions'));
      return { name: identity.name, arn: identity.reference, definition };
    }),
  );
}

/** The definition is inline, as text or as an object, or lies in an asset. */
async function definitionText({ assembly }: StackResources, properties: PropertyBag): Promise<string> {
  const inline = properties.raw('DefinitionString') ?? properties.raw('Definition');
  if (typeof inline === 'string') return inline;
  if (inline !== undefined) return JSON.stringify(inline);
  return readFile(assembly.assetPath(properties.bag('DefinitionS3Location').text('Key')), 'utf8');
}

/** Replaces `${Name}`; a name without a substitution is an error here, where AWS would fail at the first execution. */
function substitute(definition: string, substitutions: PropertyBag): string {
  return definition.replace(/\$\{([A-Za-z0-9_]+)\}/g, (_whole, name: string) => {
    const value = substitutions.optionalText(name);
    if (value === undefined)
      throw new Error(`${substitutions.where}: the definition uses \${${name}}, which has no value`);
    return JSON.stringify(value).slice(1, -1);
  });
}
