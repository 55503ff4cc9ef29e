import type { Block } from '../domain/block.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import {
  type CaseCommand,
  type CommandAnswer,
  type CommandDeps,
  closedAlready,
  commandCase,
  remarksWith,
  todayOf,
} from './case-command.ts';
import { restateCase } from './restate-case.ts';

/** A block somebody puts on a case, through a calendar date of the creditor (null: until somebody lifts it). */
export interface BlockCase extends CaseCommand {
  readonly reason: string;
  readonly until: string | null;
}

/**
 * Blocks a case: nothing is sent while the block stands, and what people have in hand about it is withdrawn. Money may come in. A case that is blocked already takes the new reason and the new end.
 */
export function blockCase(deps: CommandDeps, command: BlockCase): Promise<CommandAnswer> {
  const { ledger } = deps;
  const { invoiceId, reason, until, actor, at } = command;
  const today = todayOf(deps, command);
  return commandCase(ledger, invoiceId, async (file) => {
    const { dunningCase } = file;
    const no = closedAlready(dunningCase);
    if (no) return no;
    if (isBlockedSo(dunningCase, command)) return { invoiceId, wasThere: true };
    if (until !== null && until < today) {
      return { refused: { pointer: '/until', detail: `must not be before today ${today}, not "${until}"` } };
    }
    const block: Block = { reason, since: dunningCase.block?.since ?? today, until, actor };
    const blocked: HistoryDraft = { type: 'CaseBlocked', actor, data: { until } };
    const remarks = remarksWith(dunningCase, command, 'CaseBlocked');
    const edit = { drafts: [blocked], changes: { standing: 'blocked', block, remarks } } as const;
    return { invoiceId, wasThere: false, change: await restateCase(ledger, file, edit, at) };
  });
}

function isBlockedSo({ block }: DunningCase, { reason, until }: BlockCase): boolean {
  return block !== null && block.reason === reason && block.until === until;
}
