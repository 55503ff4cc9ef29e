import type { Ledger } from './ports.ts';

/**
 * The PDF of a letter task; null when there is no such task, it has none, or it was withdrawn: what is no longer true must not be printed.
 *
 * @param read reads a PDF by its key
 */
export async function loadLetter(
  ledger: Ledger,
  read: (documentKey: string) => Promise<Uint8Array | null>,
  taskId: string,
): Promise<Uint8Array | null> {
  const task = await ledger.loadTask(taskId);
  return task?.documentKey && task.outcome !== 'withdrawn' ? read(task.documentKey) : null;
}
