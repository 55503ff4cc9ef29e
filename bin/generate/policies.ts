import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { SourceError, type SourceFault } from '../../lib/channels/build/source-error.ts';
import { LANGUAGES } from '../../lib/domain/customer.ts';
import { type Policy, PolicySchema, type PolicyStep } from '../../lib/domain/policy.ts';
import type { Channel } from '../../lib/domain/step-claim.ts';

/** Names of the templates of each channel; each exists in every language. */
export type TemplateNames = Readonly<Record<Channel, readonly string[]>>;

type Path = readonly PropertyKey[];

/** A fault of a policy, by the path of the value it is about. */
interface PolicyFault {
  readonly path: Path;
  readonly problem: string;
  readonly cure: string;
}

/**
 * The text of lib/generated/policies.ts: the policies of a folder, one per YAML file, checked.
 *
 * @throws SourceError with every fault of the first file that has any
 */
export function policiesModule(folder: string, templates: TemplateNames): string {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const policies = files.map((name) => readPolicy(join(folder, name), templates));
  return [
    '// Written by bin/generate.ts from lib/domain/policies.',
    "import type { Policy } from '../domain/policy.ts';",
    '',
    '/** The dunning policies that ship with the product. */',
    `export const POLICIES: readonly Policy[] = ${JSON.stringify(policies, null, 2)};`,
    '',
  ].join('\n');
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
  const faults: PolicyFault[] = [];
  // Older versions stay beside the newest, as standard-1.yaml, while cases are pinned to them.
  const expectedName = basename(file, '.yaml').replace(/-\d+$/, '');
  if (policy.name !== expectedName) {
    const problem = `the policy is named "${policy.name}" and its file is not`;
    faults.push({ path: ['name'], problem, cure: `name it "${expectedName}" or rename the file` });
  }
  for (const [channel, { from, to }] of Object.entries(policy.sendingHours)) {
    if (from < to) continue;
    const problem = `the hours ${from} to ${to} never open`;
    faults.push({ path: ['sendingHours', channel], problem, cure: 'write from before to, within one day' });
  }
  return [
    ...faults,
    ...policy.steps.flatMap((step, index) => stepFaults(step, policy.steps.slice(0, index), templates)),
  ];
}

function stepFaults(step: PolicyStep, before: readonly PolicyStep[], templates: TemplateNames): PolicyFault[] {
  const path = (key: keyof PolicyStep) => ['steps', before.length, key];
  const faults: PolicyFault[] = [];
  if (before.some(({ stepId }) => stepId === step.stepId)) {
    const cure = 'give each step an id of its own: it is claimed once';
    faults.push({ path: path('stepId'), problem: `stepId "${step.stepId}" is there twice`, cure });
  }
  const last = before.at(-1);
  if (last && step.offsetDays < last.offsetDays) {
    const problem = `offset ${step.offsetDays} comes after ${last.offsetDays} of ${last.stepId}`;
    faults.push({ path: path('offsetDays'), problem, cure: 'put the steps in the order of their offsets' });
  }
  const known = templates[step.channel];
  if (!known.includes(step.template)) {
    const problem = `no ${step.channel} template "${step.template}" in ${LANGUAGES.join(', ')}`;
    const cure = `write it in lib/channels/templates, or use one of ${known.join(', ')}`;
    faults.push({ path: path('template'), problem, cure });
  }
  return faults;
}

/** Keys that the schema does not know and would drop: a misspelt condition must not go unnoticed. */
function unknownKeys(written: unknown, parsed: unknown, path: Path = []): PolicyFault[] {
  if (typeof written !== 'object' || written === null) return [];
  return Object.entries(written).flatMap(([key, value]) => {
    const inner = [...path, Array.isArray(written) ? Number(key) : key];
    if (typeof parsed === 'object' && parsed !== null && Object.hasOwn(parsed, key)) {
      return unknownKeys(value, (parsed as Record<string, unknown>)[key], inner);
    }
    return [{ path: inner, problem: `unknown key "${key}"`, cure: 'correct its spelling or take it out' }];
  });
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
