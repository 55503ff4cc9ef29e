/** Says whether an event matches the pattern it was made from. */
export type EventMatcher = (event: unknown) => boolean;

/**
 * Compiles an event pattern of EventBridge: exact values, `prefix`, `suffix`, `exists`, `anything-but`, `numeric`,
 * `equals-ignore-case`, `wildcard`, `$or`, nested fields. A list in the event matches when one of its elements does.
 *
 * @param options.isNumericAllowed false for filters of DynamoDB streams, where numbers are strings
 * @throws Error that names the place for anything else, as AWS refuses it when the rule or the filter is created
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export function compileEventPattern(pattern: unknown, options: { isNumericAllowed?: boolean } = {}): EventMatcher {
  const scope = { path: '', isNumericAllowed: options.isNumericAllowed ?? true };
  if (!isFields(pattern)) refuse(scope, `must be a JSON object, not ${JSON.stringify(pattern)}`);
  return compileFields(pattern, scope);
}

interface Scope {
  readonly path: string;
  readonly isNumericAllowed: boolean;
}

type Fields = Readonly<Record<string, unknown>>;
type Leaf = string | number | boolean | null;
type LeafTest = (leaf: Leaf) => boolean;

function compileFields(pattern: Fields, scope: Scope): EventMatcher {
  const matchers = Object.entries(pattern).map(([key, value]) => compileField(key, value, scope));
  if (matchers.length === 0) refuse(scope, 'is empty: an object needs at least one field');
  return (event) => elementsOf(event).some((element) => matchers.every((matches) => matches(element)));
}

function compileField(key: string, value: unknown, scope: Scope): EventMatcher {
  const inner = { ...scope, path: scope.path === '' ? key : `${scope.path}.${key}` };
  if (key === '$or' && Array.isArray(value)) return compileAlternatives(value, inner);
  const matches = compileValue(value, inner);
  return (event) => matches(isFields(event) && Object.hasOwn(event, key) ? event[key] : undefined);
}

function compileAlternatives(alternatives: readonly unknown[], scope: Scope): EventMatcher {
  if (alternatives.length < 2) refuse(scope, 'needs at least two alternatives');
  const matchers = alternatives.map((alternative) => {
    if (!isFields(alternative)) refuse(scope, `takes objects, not ${JSON.stringify(alternative)}`);
    return compileFields(alternative, scope);
  });
  return (event) => matchers.some((matches) => matches(event));
}

function compileValue(value: unknown, scope: Scope): EventMatcher {
  if (isFields(value)) return compileFields(value, scope);
  if (!Array.isArray(value)) refuse(scope, `must be an object or an array, not ${JSON.stringify(value)}`);
  if (value.length === 0) refuse(scope, 'is empty: an array needs at least one value');
  const takesAbsence = value.some((item) => isFields(item) && item.exists === false);
  const tests = value.map((item) => compileItem(item, scope));
  return (event) => {
    const leaves = leavesOf(event);
    if (leaves.length === 0) return takesAbsence;
    return leaves.some((leaf) => tests.some((test) => test(leaf)));
  };
}

function compileItem(item: unknown, scope: Scope): LeafTest {
  if (isLeaf(item)) return (leaf) => leaf === item;
  if (!isFields(item)) refuse(scope, `takes no ${JSON.stringify(item)} inside an array`);
  const [[operator, operand] = [], ...others] = Object.entries(item);
  if (operator === undefined || others.length > 0) refuse(scope, 'takes one operator per object');
  if (operator === 'exists') return compileExists(operand, scope);
  if (operator === 'anything-but') return compileAnythingBut(operand, scope);
  if (operator === 'numeric') return compileNumeric(operand, scope);
  return compileText(operator, operand, scope);
}

/** Tells about leaves only: AWS finds no object by `exists`, and finds every object absent. */
function compileExists(operand: unknown, scope: Scope): LeafTest {
  if (typeof operand !== 'boolean') refuse(scope, `exists takes true or false, not ${JSON.stringify(operand)}`);
  return () => operand;
}

function compileAnythingBut(operand: unknown, scope: Scope): LeafTest {
  if (isFields(operand)) {
    const [[operator, texts] = [], ...others] = Object.entries(operand);
    if (operator === undefined || others.length > 0) refuse(scope, 'anything-but takes one operator');
    const tests = [texts].flat().map((text) => compileText(operator, text, scope));
    return (leaf) => !tests.some((test) => test(leaf));
  }
  const values = [operand].flat();
  if (values.length === 0 || !values.every((value) => typeof value === 'string' || typeof value === 'number')) {
    refuse(scope, `anything-but takes texts or numbers, not ${JSON.stringify(operand)}`);
  }
  return (leaf) => !values.some((value) => value === leaf);
}

function compileText(operator: string, operand: unknown, scope: Scope): LeafTest {
  const ofText =
    (test: (text: string) => boolean): LeafTest =>
    (leaf) =>
      typeof leaf === 'string' && test(leaf);
  if ((operator === 'prefix' || operator === 'suffix') && isFields(operand)) {
    const affix = textOf(operand['equals-ignore-case'], `${operator} equals-ignore-case`, scope).toLowerCase();
    return ofText((text) => hasAffix(operator, text.toLowerCase(), affix));
  }
  const expected = TEXT_OPERATORS.includes(operator) ? textOf(operand, operator, scope) : undefined;
  if (expected === undefined) refuse(scope, `has an unknown operator "${operator}"; known: ${OPERATORS.join(', ')}`);
  if (operator === 'equals-ignore-case') return ofText((text) => text.toLowerCase() === expected.toLowerCase());
  if (operator === 'wildcard') {
    const expression = wildcardExpression(expected, scope);
    return ofText((text) => expression.test(text));
  }
  return ofText((text) => hasAffix(operator, text, expected));
}

function hasAffix(operator: string, text: string, affix: string): boolean {
  return operator === 'prefix' ? text.startsWith(affix) : text.endsWith(affix);
}

function wildcardExpression(wildcard: string, scope: Scope): RegExp {
  const tokens = wildcard.match(/\\[\s\S]?|[\s\S]/gu) ?? [];
  const source = tokens.map((token, index) => {
    if (token === '*' && tokens[index + 1] === '*') refuse(scope, 'wildcard does not take two * in a row');
    if (token === '*') return '[\\s\\S]*';
    if (token.startsWith('\\') && token !== '\\*' && token !== '\\\\') {
      refuse(scope, `wildcard escapes only * and \\, not ${JSON.stringify(token)}`);
    }
    return (token.startsWith('\\') ? token.slice(1) : token).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 'u');
}

function compileNumeric(operand: unknown, scope: Scope): LeafTest {
  if (!scope.isNumericAllowed) {
    refuse(scope, 'uses numeric, which filters of DynamoDB streams do not know: numbers in a stream record are text');
  }
  const parts = Array.isArray(operand) ? operand : [];
  if (parts.length !== 2 && parts.length !== 4) {
    refuse(scope, `numeric takes one or two comparisons, such as [">", 0, "<=", 5], not ${JSON.stringify(operand)}`);
  }
  const tests = Array.from({ length: parts.length / 2 }, (_, index) =>
    compileComparison([parts[index * 2], parts[index * 2 + 1]], scope),
  );
  return (leaf) => typeof leaf === 'number' && tests.every((test) => test(leaf));
}

function compileComparison([operator, bound]: readonly unknown[], scope: Scope): (value: number) => boolean {
  const compare = COMPARISONS[String(operator)];
  if (!compare) refuse(scope, `numeric knows ${Object.keys(COMPARISONS).join(' ')}, not ${JSON.stringify(operator)}`);
  if (typeof bound !== 'number' || Math.abs(bound) > NUMERIC_BOUND_MAX) {
    refuse(scope, `numeric compares with a number from -5e9 to 5e9, not ${JSON.stringify(bound)}`);
  }
  return (value) => compare(value, bound);
}

const NUMERIC_BOUND_MAX = 5e9;

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

const TEXT_OPERATORS = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];
const OPERATORS = ['exists', 'anything-but', 'numeric', ...TEXT_OPERATORS];

function textOf(operand: unknown, operator: string, scope: Scope): string {
  if (typeof operand !== 'string') refuse(scope, `${operator} takes a text, not ${JSON.stringify(operand)}`);
  return operand;
}

/** The objects a nested pattern is tried on: one of the elements of a list has to match the whole of it. */
function elementsOf(event: unknown): unknown[] {
  if (!Array.isArray(event)) return [event];
  return event.length === 0 ? [undefined] : event.flatMap(elementsOf);
}

function leavesOf(event: unknown): Leaf[] {
  if (Array.isArray(event)) return event.flatMap(leavesOf);
  return isLeaf(event) ? [event] : [];
}

function isLeaf(value: unknown): value is Leaf {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(scope: Scope, reason: string): never {
  throw new Error(`Event pattern is not valid. ${scope.path || 'The pattern'} ${reason}`);
}
