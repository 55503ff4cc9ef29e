import { ConflictError } from '../domain/errors.ts';
import type { Policy } from '../domain/policy.ts';
import { policyKey } from './keys.ts';

/** The stored versions of policies in memory; what is given in and out is the caller's own copy. */
export class MemoryPolicies {
  readonly #policies = new Map<string, Policy>();

  /** The version of a policy, or null. */
  load(name: string, version: number): Policy | null {
    return structuredClone(this.#policies.get(idOf({ name, version })) ?? null);
  }

  /** Stores a new version; throws ConflictError when it is there already. */
  save(policy: Policy): void {
    const id = idOf(policy);
    if (this.#policies.has(id)) throw new ConflictError(`version ${policy.version} of ${policy.name} is there already`);
    this.#policies.set(id, structuredClone(policy));
  }

  /** The newest version of every policy, by name. */
  newest(): Policy[] {
    const names = [...new Set([...this.#policies.values()].map(({ name }) => name))].sort();
    return names.flatMap((name) => this.versions(name)[0] ?? []);
  }

  /** Every version of one policy, newest first. */
  versions(name: string): Policy[] {
    const versions = [...this.#policies.values()].filter((policy) => policy.name === name);
    return structuredClone(versions.sort((one, other) => other.version - one.version));
  }
}

function idOf({ name, version }: Pick<Policy, 'name' | 'version'>): string {
  return `${name}/${policyKey(name, version).sk}`;
}
