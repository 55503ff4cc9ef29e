import type { DunningCase } from '../domain/dunning-case.ts';
import type { Task } from '../domain/task.ts';
import {
  type CaseCommand,
  type CommandAnswer,
  type CommandDeps,
  closedAlready,
  commandCase,
  todayOf,
} from './case-command.ts';
import { closeCase } from './close-case.ts';
import type { CaseEdit } from './edit-case.ts';

/** How somebody ends a case: `isEnded` when it had ended so before; `end` is what becomes of it otherwise, with the task that is left to a person, if any. */
interface Ending {
  readonly isEnded: (dunningCase: DunningCase) => boolean;
  readonly end: (dunningCase: DunningCase) => { readonly edit: CaseEdit; readonly asked?: Task | undefined };
}

/** Ends a case without a payment, once: asked again, nothing more happens, and a case that is closed otherwise stays as it is. */
export function endCase(deps: CommandDeps, command: CaseCommand, { isEnded, end }: Ending): Promise<CommandAnswer> {
  const { invoiceId, at } = command;
  return commandCase(deps.ledger, invoiceId, async (file) => {
    const { dunningCase } = file;
    if (isEnded(dunningCase)) return { invoiceId, wasThere: true };
    const no = closedAlready(dunningCase);
    if (no) return no;
    const { edit, asked } = end(dunningCase);
    const closing = { closedOn: todayOf(deps, command), paidOn: null, at };
    const change = await closeCase(deps.ledger, file, edit, closing);
    const tasks = [...(change.tasks ?? []), ...(asked ? [{ task: asked, expectedVersion: null }] : [])];
    return { invoiceId, wasThere: false, change: { ...change, tasks } };
  });
}
