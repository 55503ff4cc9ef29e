import type { NoticeFacts, RenderedLetter } from '../domain/notice.ts';
import { subjectOf } from './call-work.ts';
import { leftOutAdvice, type MessageCharges } from './charges.ts';
import type { AssignedWork } from './ports.ts';

/** A letter as work for a person: print it and post it today, and report the tracking number of a registered one. */
export function letterWork(
  { facts, letter, charges }: { facts: NoticeFacts; letter: RenderedLetter; charges: MessageCharges },
  { channel, documentKey }: { channel: 'letter' | 'registered-letter'; documentKey: string },
): AssignedWork {
  const isRegistered = channel === 'registered-letter';
  return {
    kind: 'letter',
    title: `Post the ${isRegistered ? 'registered letter' : 'letter'} to ${facts.customer.name} about ${subjectOf(facts)}`,
    reason: [isRegistered ? REGISTERED : ORDINARY, leftOutAdvice(charges)]
      .filter((sentence) => sentence !== null)
      .join(' '),
    dueOn: facts.today,
    channel,
    documentKey,
    script: letter.text,
  };
}

const REGISTERED =
  'Print it, have it signed and post it with advice of receipt. Then report the date and the tracking number: it counts from there.';

const ORDINARY = 'Print it and post it. Then report the date: it counts from there.';
