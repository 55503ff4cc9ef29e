import type { Task, TaskKind } from '../domain/task.ts';
import type { Ledger, Page, Slice } from './ports.ts';

/** Which tasks are asked for; a null asks for all. */
export interface TaskFilter {
  readonly kind: TaskKind | null;
  readonly owner: string | null;
  readonly state: Task['state'];
}

/** Slices of the ledger's list read for one answer at most: a filter that few tasks pass answers with fewer, and a cursor to go on. */
const SLICES_MAX = 10;

/** A slice of the tasks in a state, earliest due date first, those of a kind or owner only when one is named. */
export async function listTasks(
  ledger: Ledger,
  { kind, owner, state }: TaskFilter,
  { limit, cursor }: Page,
): Promise<Slice<{ tasks: Task[] }>> {
  const passes = (task: Task) => (kind === null || task.kind === kind) && (owner === null || task.owner === owner);
  const tasks: Task[] = [];
  let position = cursor;
  for (let round = 0; round < SLICES_MAX && tasks.length < limit; round += 1) {
    const slice = await ledger.listTasks({ state }, { limit: limit - tasks.length, cursor: position });
    if (slice === 'bad-cursor') return slice;
    tasks.push(...slice.tasks.filter(passes));
    position = slice.cursor;
    if (position === null) break;
  }
  return { tasks, cursor: position };
}
