/** The field of a value that may be anything, or `undefined` when the value is not an object or lacks the field. */
export function fieldOf(value: unknown, name: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
