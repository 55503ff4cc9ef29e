import type { Task } from '../domain/task.ts';
import { shardOf, shardsOf } from './keys.ts';
import type { RankedList } from './ranked-list.ts';

/** The list of the tasks in a state, earliest due date first. */
export function taskList(state: Task['state']): RankedList {
  const status = statusOf(state);
  return {
    name: `tasks/${status}`,
    indexName: 'TasksByDueDate',
    partitionAttribute: 'taskShard',
    partitions: shardsOf(status),
    rankAttribute: 'dueRank',
    isKeyedByRank: true,
    isDescending: false,
  };
}

/** The attributes by which the index lists a task. */
export function taskListAttributes({ taskId, state, dueOn }: Task): Record<string, string> {
  return { taskShard: shardOf(statusOf(state), taskId), dueRank: `${dueOn}#${taskId}` };
}

function statusOf(state: Task['state']): string {
  return state.toUpperCase();
}
