import type { DunningCase } from '../domain/dunning-case.ts';
import type { Ledger } from './ports.ts';

/** Cases read at a time: as many as one answer of the ledger holds. */
const SLICE = 100;

/** The open cases of a customer, the earliest due date first; eventually consistent in which they are. */
export async function openCasesOf(ledger: Ledger, customerId: string): Promise<DunningCase[]> {
  const found: DunningCase[] = [];
  let cursor: string | null = null;
  do {
    const slice = await ledger.listCases({ isOpen: true, sort: 'overdue', customerId }, { limit: SLICE, cursor });
    if (slice === 'bad-cursor') return found;
    found.push(...slice.cases);
    ({ cursor } = slice);
  } while (cursor !== null);
  return found;
}
