import type { Breach } from './policy-rule.ts';

/** Keys that the schema does not know and would drop: a misspelt condition must not go unnoticed. */
export function unknownKeys(written: unknown, parsed: unknown, path: (string | number)[] = []): Breach[] {
  if (typeof written !== 'object' || written === null) return [];
  return Object.entries(written).flatMap(([key, value]) => {
    const inner = [...path, Array.isArray(written) ? Number(key) : key];
    if (typeof parsed === 'object' && parsed !== null && Object.hasOwn(parsed, key)) {
      return unknownKeys(value, (parsed as Record<string, unknown>)[key], inner);
    }
    return [{ path: inner, problem: `unknown key "${key}"`, cure: 'correct its spelling or take it out' }];
  });
}
