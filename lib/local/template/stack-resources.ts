import type { CloudAssembly, TemplateResource } from './cloud-assembly.ts';
import { Intrinsics } from './intrinsics.ts';
import { identify, namePropertyOf, type PhysicalIdentity } from './physical-identity.ts';
import { PropertyBag } from './property-bag.ts';

/** One resource of the stack under its physical identity, properties resolved. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly identity: PhysicalIdentity;
  readonly properties: PropertyBag;
}

/** The account every local deployment pretends to be in. */
export const LOCAL_ACCOUNT_ID = '000000000000';

/**
 * The resources of a synthesized stack, looked up by type; those whose condition does not hold are not there.
 *
 * @throws Error for a resource type that the local system neither runs nor knows to need nothing
 */
export class StackResources {
  readonly assembly: CloudAssembly;
  readonly #intrinsics: Intrinsics;
  readonly #identities = new Map<string, PhysicalIdentity>();

  constructor(assembly: CloudAssembly, knownTypes: ReadonlySet<string>) {
    this.assembly = assembly;
    const { template, stackName, region } = assembly;
    this.#intrinsics = new Intrinsics({
      template,
      stackName,
      region,
      accountId: LOCAL_ACCOUNT_ID,
      nameOf: (logicalId, attribute) => this.#nameOf(logicalId, attribute),
    });
    const unknown = this.#entries().filter(([, resource]) => !knownTypes.has(resource.Type));
    if (unknown.length > 0) {
      const list = unknown.map(([logicalId, { Type }]) => `${Type} (${logicalId})`).join(', ');
      throw new Error(
        `The local system does not run these resources of stack ${stackName}: ${list}. ` +
          'Teach it in lib/local/template/resource-types.ts, or take them out of the template.',
      );
    }
  }

  /** Every resource of one of these types, in the order of the template. */
  ofType(...types: string[]): StackResource[] {
    const chosen = this.#entries().filter(([, resource]) => types.includes(resource.Type));
    return chosen.map(([logicalId, resource]) => ({
      logicalId,
      type: resource.Type,
      identity: this.#identityOf(logicalId),
      properties: new PropertyBag(
        `${logicalId} (${resource.Type})`,
        this.#intrinsics.resolve(resource.Properties ?? {}) as Record<string, unknown>,
      ),
    }));
  }

  /** The stack's outputs by logical name, values resolved. */
  outputs(): Record<string, string> {
    const outputs = Object.entries(this.assembly.template.Outputs ?? {});
    const present = outputs.filter(([, { Condition }]) => this.#intrinsics.holds(Condition));
    return Object.fromEntries(present.map(([name, { Value }]) => [name, String(this.#intrinsics.resolve(Value))]));
  }

  #entries(): [string, TemplateResource][] {
    const resources = Object.entries(this.assembly.template.Resources);
    return resources.filter(([, { Condition }]) => this.#intrinsics.holds(Condition));
  }

  #nameOf(logicalId: string, attribute?: string): string {
    const { reference, attributes } = this.#identityOf(logicalId);
    if (attribute === undefined) return reference;
    const value = attributes[attribute];
    if (value === undefined) {
      const type = this.assembly.template.Resources[logicalId]?.Type;
      throw new Error(`The local system does not know the attribute ${attribute} of ${logicalId} (${type})`);
    }
    return value;
  }

  #identityOf(logicalId: string): PhysicalIdentity {
    const known = this.#identities.get(logicalId);
    if (known) return known;
    const resource = this.assembly.template.Resources[logicalId];
    if (!resource) throw new Error(`The template refers to ${logicalId}, which is neither a resource nor a parameter`);
    const { stackName, region } = this.assembly;
    const nameProperty = namePropertyOf(resource.Type);
    const wanted = nameProperty && this.#intrinsics.resolve(resource.Properties?.[nameProperty]);
    const explicitName = wanted === undefined || wanted === '' ? {} : { explicitName: String(wanted) };
    const place = { stackName, region, accountId: LOCAL_ACCOUNT_ID, type: resource.Type, logicalId };
    const identity = identify({ ...place, ...explicitName });
    this.#identities.set(logicalId, identity);
    return identity;
  }
}
