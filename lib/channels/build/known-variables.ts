/** The variables of a view: its own, and those of the items of each of its lists. */
export interface KnownVariables {
  readonly names: readonly string[];
  readonly lists: Readonly<Record<string, KnownVariables>>;
}

/** The variables of a view whose every list has an item. */
export function variablesOf(view: object): KnownVariables {
  const entries = Object.entries(view as Readonly<Record<string, unknown>>);
  const lists = entries.flatMap(([name, value]) => {
    const item: unknown = Array.isArray(value) ? value[0] : undefined;
    return typeof item === 'object' && item !== null ? [[name, variablesOf(item)] as const] : [];
  });
  return { names: entries.map(([name]) => name), lists: Object.fromEntries(lists) };
}
