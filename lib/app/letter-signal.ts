import type { StepRef } from '../domain/step-claim.ts';
import type { Task } from '../domain/task.ts';

/** The letter a signal is about. `letterId` names it for ever; `step` is the claim it was written for. */
interface SignalledLetter extends Pick<Task, 'taskId' | 'invoiceIds' | 'level'> {
  readonly letterId: string;
  readonly channel: 'letter' | 'registered-letter';
  readonly documentKey: string;
  readonly step: StepRef;
}

/**
 * What became of a letter on the work list: it is `ready` to be posted, somebody `posted` it, or it was `withdrawn`
 * before. A postal provider reads it; `postedOn` is a calendar date.
 */
export type LetterSignal = SignalledLetter &
  (
    | { readonly kind: 'ready' | 'withdrawn' }
    | { readonly kind: 'posted'; readonly postedOn: string; readonly trackingNumber?: string }
  );
