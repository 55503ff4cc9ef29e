import type { HistoryEntry } from '../domain/history.ts';

/** A slice of a history, oldest entry first; `cursor` asks for the next one and is null at the end. */
export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  readonly cursor: string | null;
}

/** The answer of `GET /cases/{invoiceId}/history`. */
export function historyView({ entries, cursor }: HistoryPage) {
  return { entries: entries.map(entryView), cursor };
}

function entryView({ seq, at, type, actor, data, hash, previousHash }: HistoryEntry) {
  return { seq, at, type, actor, data, hash, previousHash };
}
