import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { SourceError, type SourceFault } from '../../lib/channels/build/source-error.ts';
import { type Policy, PolicySchema } from '../../lib/domain/policy.ts';
import { lintPolicy } from '../../lib/domain/policy-lint/lint-policy.ts';
import { unknownKeys } from '../../lib/domain/policy-lint/unknown-keys.ts';
import type { TemplateNames } from '../../lib/domain/template-names.ts';

/** A fault of a policy, by the path of the value it is about. */
interface PolicyFault {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
  readonly cure: string;
}

/**
 * The text of lib/generated/policies.ts: the policies of a folder, one per YAML file, checked by the schema and by the linter. Shipped policies
 * get no warnings either.
 *
 * @throws SourceError with every fault of the first file that has any
 */
export function policiesModule(folder: string, templates: TemplateNames): string {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const policies = files.map((name) => readPolicy(join(folder, name), templates));
  refuseMissingVersions(folder, policies);
  return [
    '// Written by bin/generate.ts from lib/domain/policies.',
    "import type { Policy } from '../domain/policy.ts';",
    '',
    '/** The dunning policies that ship with the product. */',
    `export const POLICIES: readonly Policy[] = ${JSON.stringify(policies, null, 2)};`,
    '',
  ].join('\n');
}

/** A case goes on with the version it was opened with, so none that ever shipped may go. */
function refuseMissingVersions(folder: string, policies: readonly Policy[]): void {
  const versionsOf = (name: string) => policies.filter((policy) => policy.name === name).map(({ version }) => version);
  const faults = [...new Set(policies.map(({ name }) => name))].flatMap((name) => {
    const versions = versionsOf(name);
    const earlier = Array.from({ length: Math.max(...versions) - 1 }, (_, index) => index + 1);
    return earlier
      .filter((version) => !versions.includes(version))
      .map((version) => ({
        file: join(folder, `${name}-${version}.yaml`),
        problem: `version ${version} of policy "${name}" is missing: cases that are pinned to it could not go on`,
        cure: 'keep the older file beside the new one under this name',
      }));
  });
  if (faults.length > 0) throw new SourceError(faults);
}

function readPolicy(file: string, templates: TemplateNames): Policy {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const [syntaxError] = document.errors;
  if (syntaxError) {
    const [problem = ''] = syntaxError.message.split(' at line ');
    throw new SourceError([{ file, line: syntaxError.linePos?.[0].line, problem, cure: 'write valid YAML 1.2' }]);
  }
  const written: unknown = document.toJS();
  const parsed = PolicySchema.safeParse(written);
  const faults = parsed.success
    ? [...unknownKeys(written, parsed.data), ...faultsOf(parsed.data, { file, templates })]
    : parsed.error.issues.map(({ path, message }) => ({
        path,
        problem: message,
        cure: 'write it as PolicySchema in lib/domain/policy.ts describes',
      }));
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new SourceError(faults.map((fault) => located(fault, { file, document, lines })));
}

function faultsOf(policy: Policy, { file, templates }: { file: string; templates: TemplateNames }): PolicyFault[] {
  // Older versions stay beside the newest, as standard-1.yaml, while cases are pinned to them.
  const expectedName = basename(file, '.yaml').replace(/-\d+$/, '');
  const cure = `name it "${expectedName}" or rename the file`;
  const misnamed = { path: ['name'], problem: `the policy is named "${policy.name}" and its file is not`, cure };
  const findings = lintPolicy(policy, templates).map((finding) => ({
    ...finding,
    problem: `${finding.problem} (${finding.rule}; ${finding.source})`,
  }));
  return policy.name === expectedName ? findings : [misnamed, ...findings];
}

function located(
  { path, problem, cure }: PolicyFault,
  { file, document, lines }: { file: string; document: Document; lines: LineCounter },
): SourceFault {
  let node: unknown;
  for (let depth = path.length; depth >= 0 && !isNode(node); depth -= 1)
    node = document.getIn(path.slice(0, depth), true);
  const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  return { file, line: lines.linePos(offset).line, problem: `${path.join('.')}: ${problem}`, cure };
}
