import type { Block } from '../domain/block.ts';
import type { CaseFile } from '../domain/case-file.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import type { HistoryDraft } from '../domain/history.ts';
import { debtorCalendar } from '../domain/plan/debtor-calendar.ts';
import { promiseAwaitedUntil } from '../domain/plan/promise-review.ts';
import {
  type CaseCommand,
  type CommandAnswer,
  closedAlready,
  commandCase,
  remarksWith,
  todayOf,
} from './case-command.ts';
import { loadDebtor } from './plan-case.ts';
import { type InsolvencyDeps, recordInsolvency } from './record-insolvency.ts';
import { restateCase } from './restate-case.ts';

/**
 * A block somebody puts on a case, through a calendar date of the creditor (null: until somebody lifts it). The cause `direct-debit`: money is collected on that date; `insolvency`: proceedings are open against the debtor, since
 * `openedOn` (today when left out), which is no block but holds all of their cases.
 */
export interface BlockCase extends CaseCommand {
  readonly reason: string;
  readonly until: string | null;
  readonly cause?: 'insolvency' | 'direct-debit' | undefined;
  readonly openedOn?: string | undefined;
}

/**
 * Blocks a case: nothing is sent while the block stands, and what people have in hand about it is withdrawn. Money may come in. A case that is blocked already takes the new reason and the new end. A direct debit in
 * flight blocks it until its money can be there.
 */
export function blockCase(deps: InsolvencyDeps, command: BlockCase): Promise<CommandAnswer> {
  if (command.cause === 'insolvency') return recordInsolvency(deps, command);
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
    const ends = await endOf(deps, file, command);
    const block: Block = { reason, since: dunningCase.block?.since ?? today, ...ends, actor };
    const blocked: HistoryDraft = { type: 'CaseBlocked', actor, data: ends };
    const remarks = remarksWith(dunningCase, command, 'CaseBlocked');
    const edit = { drafts: [blocked], changes: { standing: 'blocked', block, remarks } } as const;
    return { invoiceId, wasThere: false, change: await restateCase(ledger, file, edit, at) };
  });
}

/** Through which day a block stands: of a direct debit, as long as the money may take after its collection. */
async function endOf(
  deps: InsolvencyDeps,
  file: CaseFile,
  { cause, until }: BlockCase,
): Promise<Pick<Block, 'until' | 'cause' | 'collectedOn'>> {
  if (cause !== 'direct-debit' || until === null) return { until };
  const { customer } = await loadDebtor(deps.ledger, file);
  const arrivesBy = promiseAwaitedUntil(until, debtorCalendar(customer, deps));
  return { until: arrivesBy, cause: 'direct-debit', collectedOn: until };
}

function isBlockedSo({ block }: DunningCase, { reason, until, cause }: BlockCase): boolean {
  return (
    block !== null && block.reason === reason && block.cause === cause && (block.collectedOn ?? block.until) === until
  );
}
