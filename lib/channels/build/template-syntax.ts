import Handlebars from 'handlebars';
import type { KnownVariables } from './known-variables.ts';
import type { SourceFault } from './source-error.ts';
import type { TemplateSource } from './template-sources.ts';

/** The blocks a template may use; it decides nothing but whether, and how often, to show something. */
export const KNOWN_HELPERS = { if: true, unless: true, each: true } as const;

/** What a file may name: the variables of the view of its channel, and the partials of its kind. */
interface KnownNames {
  readonly variables: KnownVariables;
  readonly partials: readonly string[];
}

/**
 * What is wrong with the Handlebars of a file: broken syntax, an unknown variable or partial, an unescaped variable, or
 * anything beyond `{{variable}}`, `{{#if}}`, `{{#unless}}`, `{{#each}}`, `{{else}}` and `{{> partial}}`. Inside `{{#each}}` there are the variables of the item
 * only, and no partials: they are written for the whole message.
 */
export function syntaxFaults({ file, text }: TemplateSource, known: KnownNames): SourceFault[] {
  try {
    return faultsIn(Handlebars.parse(text).body, known).map((fault) => ({ file, ...fault }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = Number(/(?:on line |- )(\d+)/.exec(message)?.[1] ?? 1);
    const problem = message.replaceAll(/\s*\n\s*/g, ' ');
    return [{ file, line, problem, cure: 'close every block and every {{ }}, in the file where it is opened' }];
  }
}

type Fault = Omit<SourceFault, 'file'>;

function faultsIn(statements: readonly hbs.AST.Statement[], known: KnownNames): Fault[] {
  return statements.flatMap((statement) => {
    const line = statement.loc.start.line;
    if (isMustache(statement)) return mustacheFaults(statement, known).map((fault) => ({ line, ...fault }));
    if (isBlock(statement)) return blockFaults(statement, known).map((fault) => ({ line, ...fault }));
    if (isPartial(statement)) return partialFaults(statement, known).map((fault) => ({ line, ...fault }));
    return [];
  });
}

function mustacheFaults(statement: hbs.AST.MustacheStatement, { variables }: KnownNames): Fault[] {
  const faults = variableFaults(statement.path, variables);
  if (!statement.escaped) faults.push({ problem: 'a variable is not escaped', cure: 'write it with two braces' });
  if (statement.params.length > 0) faults.push({ problem: 'helpers are not known here', cure: 'use variables only' });
  return faults;
}

function blockFaults(statement: hbs.AST.BlockStatement, known: KnownNames): Fault[] {
  const helper = nameOf(statement.path);
  const [condition] = statement.params;
  const faults: Fault[] = [];
  if (!Object.hasOwn(KNOWN_HELPERS, helper)) {
    faults.push({ problem: `unknown block "${helper}"`, cure: 'use if, unless or each' });
  }
  if (condition) faults.push(...variableFaults(condition, known.variables));
  const list = condition && helper === 'each' ? known.variables.lists[nameOf(condition)] : undefined;
  if (helper === 'each' && list === undefined) {
    const cure = `use each of ${Object.keys(known.variables.lists).join(', ') || 'nothing here'}`;
    faults.push({ problem: 'there is nothing to go through', cure });
  }
  const inside = list ? { variables: list, partials: [] } : known;
  faults.push(...faultsIn(statement.program?.body ?? [], inside));
  faults.push(...faultsIn(statement.inverse?.body ?? [], known));
  return faults;
}

function partialFaults(statement: hbs.AST.PartialStatement, { partials }: KnownNames): Fault[] {
  const name = nameOf(statement.name);
  if (partials.includes(name)) return [];
  const cure = partials.length > 0 ? `use one of ${partials.join(', ')}` : 'write its text here';
  return [{ problem: `unknown partial "${name}"`, cure }];
}

function variableFaults(expression: hbs.AST.Expression, { names }: KnownVariables): Fault[] {
  const name = nameOf(expression);
  if (names.includes(name)) return [];
  return [{ problem: `unknown variable "${name}"`, cure: `use one of ${names.join(', ')}` }];
}

function nameOf(expression: hbs.AST.Expression): string {
  return 'original' in expression ? String(expression.original) : expression.type;
}

function isMustache(statement: hbs.AST.Statement): statement is hbs.AST.MustacheStatement {
  return statement.type === 'MustacheStatement';
}

function isBlock(statement: hbs.AST.Statement): statement is hbs.AST.BlockStatement {
  return statement.type === 'BlockStatement';
}

function isPartial(statement: hbs.AST.Statement): statement is hbs.AST.PartialStatement {
  return statement.type === 'PartialStatement';
}
