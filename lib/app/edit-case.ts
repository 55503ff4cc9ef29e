import { advanceCase, type Happening } from '../domain/case-change.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isConfirmation } from '../domain/confirmation.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { StepClaim, StepRef } from '../domain/step-claim.ts';
import type { CaseWrite, ClaimWrite, Ledger } from './ports.ts';

/** What a claim becomes. The optional fields are those the new state calls for; `detail` is told in the history when no reason is, `told` beside it, under `entryType` when the state alone does not say what happened. `wasTried`: the message a step is released from was made, though in vain. */
export type ClaimTransition = Pick<StepClaim, 'state'> &
  Partial<Omit<StepClaim, 'invoiceId' | 'cycle' | 'stepId' | 'level' | 'state' | 'attempt' | 'at'>> & {
    readonly detail?: string;
    readonly told?: HistoryDraft['data'];
    readonly entryType?: HistoryDraft['type'];
    readonly wasTried?: boolean;
  };

/** One claim and what it becomes; `channel` is that of the message, `cycle` the current one when left out. */
export interface ClaimMove {
  readonly step: Pick<StepClaim, 'stepId' | 'level' | 'channel'> & { readonly cycle?: number };
  readonly transition: ClaimTransition;
}

/** What happens to one case within a change of the ledger. `wakes` is for facts from outside, which raise the plan revision. */
export interface CaseEdit {
  readonly moves?: readonly ClaimMove[];
  readonly drafts?: readonly HistoryDraft[];
  readonly changes?: Happening['changes'];
  readonly opensTasks?: readonly string[];
  readonly closesTasks?: readonly string[];
  readonly wakes?: boolean;
}

/** A case after an edit: what to write, and how it reads then. */
export interface EditedCase {
  readonly write: CaseWrite;
  readonly file: CaseFile;
}

/** The claim of a step in a cycle, the current one unless another is said, or null when it is unclaimed. */
export function claimOf(file: CaseFile, stepId: string, cycle = file.dunningCase.cycle): StepClaim | null {
  return file.claims.find((claim) => claim.stepId === stepId && claim.cycle === cycle) ?? null;
}

/**
 * Applies an edit to a case: its claims move with their history, its chain and version advance. The version is the one that was read, so a claim is only ever made on facts that are
 * still true, and by one caller.
 *
 * @param at the UTC instant of the change
 */
export function editCase(file: CaseFile, edit: CaseEdit, at: string): EditedCase {
  const { moves = [], drafts = [], changes, opensTasks = [], closesTasks = [], wakes = false } = edit;
  const writes = moves.map((move): ClaimWrite & { draft: HistoryDraft } => {
    const claim = claimAfter(file, move, at);
    return { claim, replaces: claimOf(file, claim.stepId, claim.cycle), draft: entryFor(claim, move.transition) };
  });
  const stillOpen = file.dunningCase.openTaskIds.filter((taskId) => !closesTasks.includes(taskId));
  const openTaskIds = [...new Set([...stillOpen, ...opensTasks])];
  const change = advanceCase(file.dunningCase, {
    at,
    drafts: [...writes.map(({ draft }) => draft), ...drafts],
    changes: { ...changes, openTaskIds },
    changesPlan: wakes,
  });
  const replaced = writes.map(({ replaces }) => replaces);
  const others = file.claims.filter((other) => !replaced.includes(other));
  return {
    write: {
      ...change,
      expectedVersion: file.dunningCase.version,
      wakes,
      claims: writes.map(({ claim, replaces }) => ({ claim, replaces })),
    },
    file: { ...file, dunningCase: change.dunningCase, claims: [...others, ...writes.map(({ claim }) => claim)] },
  };
}

/** Applies one edit to one case and commits it; gives back the case as it is then. Throws ConflictError when it is no longer what was read. */
export async function commitEdit(ledger: Ledger, file: CaseFile, edit: CaseEdit, at: string): Promise<CaseFile> {
  const edited = editCase(file, edit, at);
  await ledger.commit({ cases: [edited.write] });
  return edited.file;
}

/**
 * What stays known of a claim whose step is open again: what a person was asked to let go out and that they did, how many addresses did not work, which letters were withdrawn that may have left, and the message that came
 * back, so that its late reports are told from those of the next one. A step that is released or approved remembers whose message it was in: unless that message was made, it does not keep the step from being served the same day.
 */
function carriedOver(previous: StepClaim | null, { state, wasTried }: ClaimTransition): Partial<StepClaim> {
  if (!previous) return {};
  const { isApproved, approval, withdrawnTaskIds, bounces, messageId, servedBy, skipReason, failureReason, ...told } =
    previous;
  const approved = { ...(approval && { approval }), ...(isApproved && { isApproved }) };
  const withdrawn = withdrawnTaskIds && { withdrawnTaskIds };
  const always = { ...approved, ...withdrawn, ...(bounces && { bounces }), ...(messageId && { messageId }) };
  if (state === 'reserved' || wasTried) return always;
  const served = servedBy && { servedBy };
  const isOpen = state === 'released' || state === 'approved';
  return isOpen ? { ...always, ...served } : { ...told, ...always, ...served };
}

function claimAfter(file: CaseFile, { step, transition }: ClaimMove, at: string): StepClaim {
  const { invoice } = file.dunningCase;
  const { detail, told: _, entryType, wasTried, ...fields } = transition;
  const { stepId, level, channel, cycle = file.dunningCase.cycle } = step;
  const previous = claimOf(file, stepId, cycle);
  const attempt = (previous?.attempt ?? 0) + (fields.state === 'reserved' ? 1 : 0);
  return {
    ...carriedOver(previous, transition),
    invoiceId: invoice.invoiceId,
    ...{ cycle, stepId, level, channel, at, attempt },
    ...fields,
  };
}

const ENTRY_TYPES = {
  reserved: 'NoticeReserved',
  released: 'NoticeDeferred',
  assigned: 'NoticeAssigned',
  approved: 'NoticeApproved',
  sent: 'NoticeSent',
  failed: 'NoticeFailed',
  skipped: 'NoticeSkipped',
} as const satisfies Record<StepClaim['state'], HistoryDraft['type']>;

function entryFor(claim: StepClaim, { detail, told, entryType }: ClaimTransition): HistoryDraft {
  const { stepId, level, channel, attempt, messageId, taskId, servedBy, postedOn, receivedOn, trackingNumber } = claim;
  const reason = claim.skipReason ?? claim.failureReason ?? detail;
  const data = {
    ...{ stepId, channel, attempt },
    // A confirmation is no notice of any level.
    level: isConfirmation(stepId) ? null : level,
    ...(messageId && claim.state !== 'reserved' && { messageId }),
    ...(taskId && { taskId }),
    ...(servedBy && { servedBy: refText(servedBy) }),
    ...(postedOn && { postedOn }),
    ...(trackingNumber && { trackingNumber }),
    ...(receivedOn && { receivedOn }),
    ...(reason && { reason }),
    ...told,
  };
  return { type: entryType ?? ENTRY_TYPES[claim.state], actor: 'relance', data };
}

/** A claim in one word, as the history names it: `INV-1/A1`. */
function refText({ invoiceId, stepId }: StepRef): string {
  return `${invoiceId}/${stepId}`;
}
