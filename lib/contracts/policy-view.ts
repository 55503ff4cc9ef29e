import type { Policy } from '../domain/policy.ts';
import { type Fault, shown } from './fault.ts';

/** A policy in the list of policies: its newest version. `isShipped`: it came with the product and was never changed. */
export interface PolicyListItem {
  readonly name: string;
  readonly version: number;
  readonly isShipped: boolean;
  readonly description: string | null;
}

/** A policy as it is now, and the versions there are of it, newest first. */
export interface PolicyFacts {
  readonly policy: Policy;
  readonly versions: readonly number[];
}

/** The answer of `GET /policies`. */
export function policyListView(policies: readonly PolicyListItem[]) {
  return { policies: policies.map(itemView) };
}

/** The answer of `GET /policies/{name}`. The policy is what `PUT` takes: amounts in it are integers of minor units. */
export function policyView({ policy, versions }: PolicyFacts) {
  return { policy, versions };
}

/** The fault of a customer whose policy nobody knows, at this place; `name` is what the body gave, if it gave one. */
export function unknownPolicy(pointer: string, name: string | undefined): Fault {
  return {
    pointer,
    detail: `must be the name of a policy there is${name === undefined ? '' : `, not ${shown(name)}`}`,
  };
}

function itemView({ name, version, isShipped, description }: PolicyListItem) {
  return { name, version, isShipped, description };
}
