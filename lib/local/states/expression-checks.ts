import type { Place } from './definition-faults.ts';
import { isObject } from './definition-faults.ts';
import { compileExpression, isExpression } from './expressions.ts';

/**
 * Checks every expression in a field, at any depth: it parses, does not call `$eval`, and does not read `$`, `$$` or a
 * bare name at its top level, which Step Functions does not fill.
 */
export function checkTemplate(value: unknown, place: Place): void {
  if (typeof value === 'string') {
    checkString(value, place);
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkTemplate(item, place.item(index));
    return;
  }
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (key.endsWith('.$'))
      place.field(key).report("'.$' belongs to JSONPath; write the key plain and the value as '{% … %}'");
    else checkTemplate(item, place.field(key));
  }
}

function checkString(value: string, place: Place): void {
  if (!value.startsWith('{%')) return;
  if (!isExpression(value)) {
    place.report(`the expression '${value}' has no closing '%}'`);
    return;
  }
  try {
    for (const fault of faultsOf(compileExpression(value).ast()))
      place.report(`in the expression '${value}', ${fault}`);
  } catch (error) {
    place.report(`the expression '${value}' does not parse: ${(error as Error).message}`);
  }
}

/** A node of the syntax tree of jsonata 2.0.6, of which its typings know only part. */
type SyntaxNode = Record<string, unknown>;

function faultsOf(root: unknown): Set<string> {
  const faults = new Set<string>();
  findEval(root, faults);
  findTopLevelReads(root, faults);
  return faults;
}

function findEval(node: unknown, faults: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) findEval(item, faults);
    return;
  }
  if (!isObject(node)) return;
  if (node.type === 'variable' && node.value === 'eval')
    faults.add('$eval is not offered by Step Functions; use $parse');
  for (const [key, item] of Object.entries(node)) if (key !== 'ancestor') findEval(item, faults);
}

/** Descends only where the context is still that of the top level: not into the later steps of a path. */
function findTopLevelReads(node: unknown, faults: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) findTopLevelReads(item, faults);
    return;
  }
  if (!isObject(node)) return;
  if (node.type === 'path') {
    findTopLevelReads((node as { steps: SyntaxNode[] }).steps[0], faults);
    return;
  }
  if (node.type === 'name')
    faults.add(`'${node.value}' reads the top level, which is empty; begin with $states or a variable`);
  if (node.type === 'variable' && (node.value === '' || node.value === '$')) {
    faults.add(`'$${node.value}' reads the top level, which is empty; begin with $states or a variable`);
  }
  for (const key of TOP_LEVEL_PARTS[String(node.type)] ?? []) findTopLevelReads(node[key], faults);
}

const TOP_LEVEL_PARTS: Record<string, string[]> = {
  binary: ['lhs', 'rhs'],
  unary: ['expression', 'expressions', 'lhs'],
  function: ['arguments'],
  partial: ['arguments'],
  condition: ['condition', 'then', 'else'],
  block: ['expressions'],
  bind: ['rhs'],
  apply: ['lhs', 'rhs'],
  lambda: ['body'],
};
