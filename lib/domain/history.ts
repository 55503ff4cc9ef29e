import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { InstantSchema } from './identifiers.ts';

/** The past-tense facts a history is made of. More join as the life of a case grows; none is ever renamed. */
const HISTORY_TYPES = [
  'InvoiceRegistered',
  'NoticeReserved',
  'NoticeDeferred',
  'NoticeSent',
  'DeliveryReported',
  'NoticeFailed',
  'NoticeSkipped',
  'NoticeAssigned',
  'NoticeApproved',
  'LetterReceived',
  'TaskRaised',
  'TaskClosed',
  'AnswerRecorded',
  'HoldPlaced',
  'HoldLifted',
  'ContactMarked',
  'CustomerChanged',
  'PolicyChanged',
  'PaymentApplied',
  'PaymentReturned',
  'EarlyPaymentDiscountTaken',
  'SmallBalanceWrittenOff',
  'CreditNoteApplied',
  'PromiseMade',
  'PromiseKept',
  'PromisePartlyKept',
  'PromiseBroken',
  'DisputeOpened',
  'DisputeReviewed',
  'DisputeEscalated',
  'DisputeResolved',
  'PlanAgreed',
  'InstalmentReminded',
  'InstalmentMissed',
  'PlanKept',
  'PlanBroken',
  'DueDateMoved',
  'CaseSettled',
  'CaseReopened',
  'CaseBlocked',
  'CaseUnblocked',
  'CaseCancelled',
  'CaseWrittenOff',
  'CaseHandedOver',
] as const;

/** See {@link HISTORY_TYPES}. */
export const HistoryTypeSchema = z.enum(HISTORY_TYPES);

/** One entry of a case's append-only history. `data` holds plain JSON: ids, levels, amounts as the wire writes them; no names, addresses or message bodies. */
export const HistoryEntrySchema = z.object({
  seq: z.int().check(z.positive()),
  at: InstantSchema,
  type: HistoryTypeSchema,
  actor: z.string(),
  data: z.record(z.string(), z.unknown()),
  previousHash: z.nullable(z.string()),
  hash: z.string(),
});

/** An entry of the history; see {@link HistoryEntrySchema}. */
export type HistoryEntry = z.infer<typeof HistoryEntrySchema>;

/** A fact that is about to be appended: who says what; the ledger adds its place in the chain. */
export type HistoryDraft = Pick<HistoryEntry, 'type' | 'actor' | 'data'>;

/** The newest entry of a chain: its number and hash; `{seq: 0, hash: null}` before the first. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string | null;
}

/**
 * Appends drafts to a hash chain.
 *
 * @param invoiceId whose history it is; part of every hash, so an entry cannot be moved to another case
 * @returns the sealed entries, in order, each with the hash of the one before
 */
export function sealEntries(
  invoiceId: string,
  head: ChainHead,
  at: string,
  drafts: readonly HistoryDraft[],
): HistoryEntry[] {
  const sealed: HistoryEntry[] = [];
  let { seq, hash } = head;
  for (const draft of drafts) {
    const body = { ...draft, seq: seq + 1, at, previousHash: hash };
    const entry = { ...body, hash: hashEntry(invoiceId, body) };
    sealed.push(entry);
    ({ seq, hash } = entry);
  }
  return sealed;
}

/**
 * Checks that a history is complete and untouched.
 *
 * @returns the number of the first entry that is missing, out of order or altered, or `null` when the chain holds
 */
export function firstBrokenLink(invoiceId: string, entries: readonly HistoryEntry[]): number | null {
  let previousHash: string | null = null;
  for (const [index, { hash, ...body }] of entries.entries()) {
    const holds = body.seq === index + 1 && body.previousHash === previousHash && hash === hashEntry(invoiceId, body);
    if (!holds) return index + 1;
    previousHash = hash;
  }
  return null;
}

function hashEntry(invoiceId: string, body: Omit<HistoryEntry, 'hash'>): string {
  const { seq, at, type, actor, data, previousHash } = body;
  return createHash('sha256')
    .update(canonicalJson({ invoiceId, seq, at, type, actor, data, previousHash }))
    .digest('hex');
}

/** JSON with the keys of every object sorted and nothing undefined: the same value always gives the same text, and so the same hash. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
}
