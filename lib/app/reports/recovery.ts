import { dateIn } from '../../domain/calendar/sending-window.ts';
import type { CaseFile } from '../../domain/case-file.ts';
import type { HistoryEntry } from '../../domain/history.ts';
import { LevelSchema } from '../../domain/level.ts';
import type { RecoveredInvoice } from '../../domain/reports/recovered-by-level.ts';

/**
 * What was paid of an invoice and not taken back, and the notices that had left: a confirmation of what was agreed is none.
 *
 * @param timeZone the creditor's
 */
export function recoveryOf(
  { payments }: CaseFile,
  history: readonly HistoryEntry[],
  timeZone: string,
): RecoveredInvoice {
  return {
    payments: payments.map(({ valueOn, amountMinor, returnedMinor = 0 }) => ({
      on: valueOn,
      amountMinor: amountMinor - returnedMinor,
    })),
    notices: history.flatMap(({ type, data, at }) => {
      const level = LevelSchema.safeParse(data.level);
      return type === 'NoticeSent' && level.success ? [{ on: dateIn(at, timeZone), level: level.data }] : [];
    }),
  };
}
