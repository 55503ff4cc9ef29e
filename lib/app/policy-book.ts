import type { CaseFile } from '../domain/case-file.ts';
import type { Customer } from '../domain/customer.ts';
import { ContractError } from '../domain/errors.ts';
import type { Policy } from '../domain/policy.ts';
import type { Ledger } from './ports.ts';

/** The policies there are: those that ship with the product, and the versions finance stored over them. */
export interface PolicyBook {
  /** One version, or null when there is none. A version never changes once it is there, so it is kept in memory. */
  load(name: string, version: number): Promise<Policy | null>;
  /** The newest version of a policy: the newest stored one if there is any, else the newest shipped one; null for an unknown name. */
  newest(name: string): Promise<Policy | null>;
  /** The policies that ship with the product. */
  readonly shipped: readonly Policy[];
}

/** The book of this ledger and this release. */
export function policyBook(ledger: Ledger, shipped: readonly Policy[]): PolicyBook {
  const known = new Map<string, Policy>();
  const shippedNewest = (name: string) =>
    shipped.filter((policy) => policy.name === name).toSorted((one, other) => other.version - one.version)[0] ?? null;
  return {
    shipped,
    async load(name, version) {
      const key = `${name}@${version}`;
      const kept = known.get(key);
      if (kept) return kept;
      const isVersion = (policy: Policy) => policy.name === name && policy.version === version;
      const policy = (await ledger.loadPolicy(name, version)) ?? shipped.find(isVersion) ?? null;
      if (policy) known.set(key, policy);
      return policy;
    },
    async newest(name) {
      const [stored] = await ledger.listPolicyVersions(name);
      return stored ?? shippedNewest(name);
    },
  };
}

/** The version of the policy a case is pinned to. Throws ContractError when it is gone. */
export async function policyOf(book: PolicyBook, { dunningCase }: CaseFile): Promise<Policy> {
  const { name, version } = dunningCase.policy;
  const policy = await book.load(name, version);
  if (policy) return policy;
  throw new ContractError(`policy ${name} version ${version} is not known`);
}

/** The policy of a customer for whom none is named: by whom the law and the tone depend on. */
export function defaultPolicyName(kind: Customer['kind']): string {
  const names = { business: 'standard', consumer: 'consumer', public: 'public-buyer' } as const;
  return names[kind];
}
