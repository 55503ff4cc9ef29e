import { addBusinessDays } from '../domain/calendar/business-day.ts';
import type { HistoryDraft } from '../domain/history.ts';
import type { DebtorCalendar } from '../domain/plan/debtor-calendar.ts';
import type { Policy } from '../domain/policy.ts';
import type { Task } from '../domain/task.ts';
import { raiseTask, type TaskRequest } from './raise-task.ts';

/** A dispute for which the proof is put together: about which invoices, from which day on. */
interface ProofRequest extends Pick<TaskRequest, 'invoiceIds' | 'customerId' | 'owner' | 'about' | 'at'> {
  readonly category: string;
  readonly today: string;
  readonly policy: Pick<Policy, 'disputes'>;
  readonly calendar: DebtorCalendar;
}

/** The work of whoever settles a dispute: the proof of the claim, within the open days the policy gives for it, and then a decision. */
export function proofTask(request: ProofRequest): { task: Task; draft: HistoryDraft } {
  const { category, today, policy, calendar, ...asked } = request;
  const { proofDays } = policy.disputes;
  return raiseTask({
    ...asked,
    kind: 'dispute',
    title: `Settle a dispute: ${category}`,
    reason: `Send the proof of the claim within ${proofDays} open day${proofDays === 1 ? '' : 's'}: contract, order, signed delivery note, invoice. Then decide: founded, unfounded, or an arrangement.`,
    dueOn: addBusinessDays(today, proofDays, calendar),
  });
}
