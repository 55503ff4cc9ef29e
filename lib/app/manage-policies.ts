import type { Fault, Warning } from '../contracts/fault.ts';
import { parsePolicy } from '../contracts/policy-body.ts';
import type { PolicyFacts, PolicyListItem } from '../contracts/policy-view.ts';
import type { Policy } from '../domain/policy.ts';
import type { TemplateNames } from '../domain/template-names.ts';
import type { PolicyBook } from './policy-book.ts';
import type { Ledger } from './ports.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** What managing policies needs: where they are, and the templates a step may name. */
export interface PolicyDeps {
  readonly ledger: Ledger;
  readonly policies: PolicyBook;
  readonly templates: TemplateNames;
}

/** Every policy by its newest version, shipped and stored, in the order of their names. */
export async function listPolicies({ ledger, policies }: PolicyDeps): Promise<{ policies: PolicyListItem[] }> {
  const stored = await ledger.listPolicies();
  const storedNames = stored.map(({ name }) => name);
  const shippedNames = policies.shipped.map(({ name }) => name).filter((name) => !storedNames.includes(name));
  const shipped = await Promise.all([...new Set(shippedNames)].map((name) => policies.newest(name)));
  const item = (policy: Policy, isShipped: boolean): PolicyListItem => {
    const { name, version, description } = policy;
    return { name, version, isShipped, description: description ?? null };
  };
  const items = [
    ...stored.map((policy) => item(policy, false)),
    ...shipped.filter((policy) => policy !== null).map((policy) => item(policy, true)),
  ];
  return { policies: items.toSorted((one, other) => (one.name < other.name ? -1 : 1)) };
}

/** The newest version of a policy and the numbers of all, newest first; null for an unknown name. */
export async function viewPolicy({ ledger, policies }: PolicyDeps, name: string): Promise<PolicyFacts | null> {
  const policy = await policies.newest(name);
  if (!policy) return null;
  const stored = await ledger.listPolicyVersions(name);
  const shipped = policies.shipped.filter((candidate) => candidate.name === name);
  const versions = [...new Set([...stored, ...shipped].map(({ version }) => version))];
  return { policy, versions: versions.toSorted((one, other) => other - one) };
}

/**
 * Stores a document as the next version of a policy, whatever version it names. What does not parse, or does not keep the rules of the craft, is refused with every fault at once, and
 * nothing is stored. Cases keep the version they were planned with until they are migrated.
 */
export function savePolicy(
  deps: PolicyDeps,
  { name, body, at }: { name: string; body: unknown; at: string },
): Promise<{ version: number; warnings: readonly Warning[] } | { errors: readonly Fault[] }> {
  return withFreshRead(async () => {
    const known = await viewPolicy(deps, name);
    const version = (known?.versions[0] ?? 0) + 1;
    const parsed = parsePolicy(body, { name, version }, deps.templates);
    if (!parsed.ok) return { errors: parsed.faults };
    await deps.ledger.savePolicy(parsed.policy, at);
    return { version, warnings: parsed.warnings };
  });
}
