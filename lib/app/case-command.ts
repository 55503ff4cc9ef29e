import type { Fault } from '../contracts/fault.ts';
import { dateIn } from '../domain/calendar/sending-window.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { type DunningCase, isClosedStanding } from '../domain/dunning-case.ts';
import { ConflictError } from '../domain/errors.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { Money } from '../domain/money.ts';
import { type Remark, withRemark } from '../domain/remark.ts';
import type { Ledger, LedgerChange } from './ports.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** What every command about a case needs: the ledger, and the zone of the creditor's own dates. */
export interface CommandDeps {
  readonly ledger: Ledger;
  readonly creditorTimeZone: string;
}

/** What somebody asks of one case: `at` is the UTC instant, `actor` who asks, for the history. */
export interface CaseCommand {
  readonly invoiceId: string;
  readonly at: string;
  readonly actor: string;
}

/** A command that was done; `wasThere` when it had been before, and nothing was written now. `unapplied` is what the invoice could not take of an amount. */
export interface CommandDone {
  readonly invoiceId: string;
  readonly wasThere: boolean;
  readonly unapplied?: Money;
}

/** A business no: something in the command that does not suit the case, or a sentence about how the case stands. */
export type CommandNo = { readonly refused: Fault } | { readonly conflict: string };

/** A sentence about what the command names and the case does not have. */
type NotThere = { readonly notFound: string };

/** What became of a command about a case. */
export type CommandAnswer = 'unknown-case' | CommandNo | NotThere | CommandDone;

/** What a command does to a case as it was read: nothing more, or a change of the ledger, and what follows from it once it is written. */
export type Decision = CommandNo | NotThere | CommandDone | DecidedChange;

type DecidedChange = CommandDone & { readonly change: LedgerChange; readonly andThen?: () => Promise<void> };

/**
 * Decides a command on the case as it is now and writes what was decided, in one transaction; decides again when somebody wrote in between.
 *
 * @throws ConflictError when the case is written by others again and again
 */
export function commandCase(
  ledger: Ledger,
  invoiceId: string,
  decide: (file: CaseFile) => Decision | Promise<Decision>,
): Promise<CommandAnswer> {
  return withFreshRead(async () => {
    const file = await ledger.loadCaseFile(invoiceId);
    if (!file) return 'unknown-case';
    const decision = await decide(file);
    if (!('change' in decision)) return decision;
    const { change, andThen, ...done } = decision;
    const written = await ledger.commit(change);
    // Another delivery of the same command was faster: what is there now answers this one.
    if (written === 'duplicate') throw new ConflictError(`the command about case ${invoiceId} was written by another`);
    await andThen?.();
    return done;
  });
}

/** The no to a command about a case that is closed, or null when it is not. */
export function closedAlready({ invoice, standing }: DunningCase): CommandNo | null {
  return isClosedStanding(standing)
    ? { conflict: `Case ${invoice.invoiceId} is ${standing}; nothing was changed.` }
    : null;
}

/** The no to an amount in another currency than the invoice's, or null; `pointer` is where the amount stands in the body. */
export function otherCurrency({ invoice }: DunningCase, amount: Money, pointer = '/amount'): CommandNo | null {
  if (amount.currency === invoice.currency) return null;
  const detail = `must be ${invoice.currency}, the currency of invoice ${invoice.invoiceId}, not ${amount.currency}`;
  return { refused: { pointer: `${pointer}/currency`, detail } };
}

/** The creditor's date of a command. */
export function todayOf({ creditorTimeZone }: CommandDeps, { at }: CaseCommand): string {
  return dateIn(at, creditorTimeZone);
}

/** The remarks of a case with the reason of a command, which goes with the history entry of this type. */
export function remarksWith(
  { remarks }: DunningCase,
  { actor, at, reason }: CaseCommand & { readonly reason: string },
  type: HistoryDraft['type'],
): Remark[] {
  return withRemark(remarks, { type, reason, actor, at });
}
