import { type Policy, PolicySchema } from '../domain/policy.ts';
import { lintPolicy, type PolicyFinding } from '../domain/policy-lint/lint-policy.ts';
import { unknownKeys } from '../domain/policy-lint/unknown-keys.ts';
import type { TemplateNames } from '../domain/template-names.ts';
import { atMostFaults, type Fault, faultsOf, pointerOf, shown, type Warning } from './fault.ts';

/** A policy that may be used, with what a person should weigh; or every fault it has. */
export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * The policy of a `PUT /policies/{name}`: well formed, without unknown keys, and with nothing in it that the linter refuses.
 *
 * @param body as it came; a `name` in it must be that of the address, a `version` is replaced by the next one
 */
export function parsePolicy(
  body: unknown,
  { name, version }: Pick<Policy, 'name' | 'version'>,
  templates: TemplateNames,
): ParsedPolicy {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { ok: false, faults: [{ pointer: '', detail: `must be an object, not ${shown(body)}` }] };
  }
  const written = { ...body, name, version };
  const misnamed = nameFaults(body, name);
  const parsed = PolicySchema.safeParse(written, { reportInput: true });
  if (!parsed.success) return refused([...misnamed, ...faultsOf(parsed.error.issues)]);
  const unknown = unknownKeys(written, parsed.data).map(({ path, cure }) => ({
    pointer: pointerOf(path),
    detail: `is not a known key: ${cure}`,
  }));
  const findings = lintPolicy(parsed.data, templates);
  const faults = [...misnamed, ...unknown, ...findings.filter(({ severity }) => severity === 'fault').map(told)];
  if (faults.length > 0) return refused(faults);
  return { ok: true, policy: parsed.data, warnings: findings.map(told) };
}

function nameFaults(body: object, name: string): Fault[] {
  if (!('name' in body) || body.name === name) return [];
  return [{ pointer: '/name', detail: `must be ${shown(name)}, as in the address, not ${shown(body.name)}` }];
}

function refused(faults: Fault[]): ParsedPolicy {
  return { ok: false, faults: atMostFaults(faults) };
}

/** A finding as a sentence: what is wrong, what to do, by which rule and where that comes from. */
function told({ path, problem, cure, rule, source }: PolicyFinding): Fault {
  return { pointer: pointerOf(path), detail: `${problem}: ${cure} (${rule}; ${source})` };
}
