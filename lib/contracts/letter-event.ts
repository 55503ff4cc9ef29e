/** What happens to a letter, and the type its event has on the bus. */
const DETAIL_TYPES = { ready: 'LetterReady', posted: 'LetterPosted', withdrawn: 'LetterWithdrawn' } as const;

/** Who publishes the events of letters. */
export const LETTER_EVENT_SOURCE = 'relance.letters';

/**
 * The detail of `LetterReady`, `LetterPosted` and `LetterWithdrawn`: which letter, where its PDF lies, and which step of which invoices it serves. `postedOn` is a
 * calendar date, there once a person has posted it; `trackingNumber` of a registered letter.
 */
export interface LetterEventDetail {
  readonly letterId: string;
  readonly taskId: string;
  readonly channel: 'letter' | 'registered-letter';
  readonly bucket: string;
  readonly documentKey: string;
  readonly invoiceIds: readonly string[];
  readonly stepId: string;
  readonly level?: string;
  readonly postedOn?: string;
  readonly trackingNumber?: string;
}

/** The type an event of a letter has on the bus. */
export function letterDetailTypeOf(
  change: keyof typeof DETAIL_TYPES,
): (typeof DETAIL_TYPES)[keyof typeof DETAIL_TYPES] {
  return DETAIL_TYPES[change];
}
