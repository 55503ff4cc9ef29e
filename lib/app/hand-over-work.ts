import { dateIn } from '../domain/calendar/sending-window.ts';
import { levelReached } from '../domain/case-file.ts';
import type { AssignedWork } from './ports.ts';
import type { MessageOrder } from './serving.ts';

/** The decision the amicable ladder ends with, as work for a person. What was sent, posted and answered is in the history of the case. */
export function handOverWork({ message, creditorTimeZone, at }: MessageOrder): AssignedWork {
  const { file, step } = message.lead;
  const { number } = file.dunningCase.invoice;
  const isAfterNotice = levelReached(file) !== 'preventive';
  return {
    kind: 'attention',
    title: `Decide what follows for invoice ${number}`,
    reason: isAfterNotice
      ? `The amicable ladder has ended with ${step.stepId}. Do what was announced: lawyer or injunction to pay, agency, credit insurance claim, or write it off. The history is the file.`
      : 'The invoice is late although its debtor needs no notice. Find out why the money did not come (direct debit refused, bill not presented), then go on by hand.',
    dueOn: dateIn(at, creditorTimeZone),
  };
}
