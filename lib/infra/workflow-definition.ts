import { readFileSync } from 'node:fs';

/**
 * Reads a state machine in Amazon States Language and refuses one that could not be deployed.
 *
 * @param path the .asl.json file
 * @param substitutions the names the template gives a value
 * @returns the definition as one line of JSON, its `${…}` placeholders untouched
 * @throws when the file is not JSON, or names a placeholder that has no value
 */
export function readDefinition(path: string, substitutions: readonly string[]): string {
  const definition = parse(path);
  const placeholders = [...definition.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name ?? '');
  const unknown = [...new Set(placeholders)].filter((name) => !substitutions.includes(name));
  if (unknown.length === 0) return definition;
  throw new Error(
    `${path} uses \${${unknown.join('}, ${')}}, which the template gives no value; ` +
      `use ${substitutions.join(', ')}, or add it in lib/infra/dunning-workflow.ts.`,
  );
}

function parse(path: string): string {
  try {
    return JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Error(`Cannot read the state machine ${path}: ${(cause as Error).message}`, { cause });
  }
}
