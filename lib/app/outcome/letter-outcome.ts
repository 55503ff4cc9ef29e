import { dateIn } from '../../domain/calendar/sending-window.ts';
import { isSameStep } from '../../domain/contact-log.ts';
import type { StepClaim } from '../../domain/step-claim.ts';
import type { Task } from '../../domain/task.ts';
import { type ClaimMove, type ClaimTransition, editCase } from '../edit-case.ts';
import {
  claimOfTask,
  closedTask,
  type OutcomeContext,
  type OutcomeEffect,
  type OutcomeOf,
  taskClosed,
} from './outcome-context.ts';

/**
 * What the post does to a letter: posted, its step counts as delivered and the time it grants runs; received, the date goes to the history and the cut-off of a formal notice starts. A
 * registered letter stays on the list until its receipt is reported.
 */
export function letterEffect(
  context: OutcomeContext,
  outcome: OutcomeOf<'posted'> | OutcomeOf<'received'>,
): OutcomeEffect {
  return outcome.result === 'posted' ? posted(context, outcome) : received(context, outcome);
}

function posted(context: OutcomeContext, outcome: OutcomeOf<'posted'>): OutcomeEffect {
  const { task, today } = context;
  const { postedOn, trackingNumber, note } = outcome;
  const isRegistered = task.channel === 'registered-letter';
  if (isRegistered && trackingNumber === undefined) {
    return refuse('/trackingNumber', 'is required of a registered letter: it is the proof of posting');
  }
  const raisedOn = dateIn(task.raisedAt, context.calendar.timeZone);
  if (postedOn < raisedOn || postedOn > today) {
    return refuse(
      '/postedOn',
      `must lie between ${raisedOn}, when it was ready, and today ${today}, not "${postedOn}"`,
    );
  }
  const told = { postedOn, ...(trackingNumber && { trackingNumber }), ...(note && { note }) };
  const version = task.version + 1;
  const next: Task = isRegistered
    ? { ...task, ...told, version, title: `Report the receipt of the ${TITLE}`, reason: RECEIPT }
    : { ...closedTask(context, outcome), ...told };
  const transition: ClaimTransition = {
    ...{ state: 'sent', taskId: task.taskId, postedOn },
    ...(trackingNumber && { trackingNumber }),
  };
  return effect(context, { next, transition, from: ['assigned', 'released', 'approved'] });
}

const TITLE = 'registered letter';

const RECEIPT =
  'It was posted. Report the date on the advice of receipt when it comes back: the time to pay counts from it.';

function received(context: OutcomeContext, outcome: OutcomeOf<'received'>): OutcomeEffect {
  const { task, today } = context;
  const { receivedOn } = outcome;
  if (task.postedOn === undefined) return refuse('/result', 'must be "posted" first: the letter was not posted yet');
  if (receivedOn < task.postedOn || receivedOn > today) {
    return refuse('/receivedOn', `must lie between ${task.postedOn}, when it was posted, and today ${today}`);
  }
  const next = closedTask(context, outcome);
  const transition: ClaimTransition = { state: 'sent', receivedOn, entryType: 'LetterReceived' };
  return effect(context, { next, transition, from: ['sent'] });
}

function effect(
  context: OutcomeContext,
  { next, transition, from }: { next: Task; transition: ClaimTransition; from: readonly StepClaim['state'][] },
): OutcomeEffect {
  const isOver = next.state === 'done';
  const cases = context.files.map((file) => {
    const claim = claimOfTask(context, file);
    const moves = claim && from.includes(claim.state) ? [moveTo(claim, transition, context.task)] : [];
    const drafts = isOver ? [taskClosed(context, next.outcome ?? 'done')] : [];
    // One that was withdrawn and had left already is on the list again until its receipt.
    const tasks = isOver ? { closesTasks: [next.taskId] } : { opensTasks: [next.taskId] };
    return editCase(file, { moves, drafts, ...tasks, wakes: true }, context.at).write;
  });
  return { task: next, change: { cases, tasks: [{ task: next, expectedVersion: context.task.version }] } };
}

/** One claim of a letter that moves on. Another letter may have been made of the step since this one was withdrawn: the claim is of this one again. */
function moveTo(claim: StepClaim, transition: ClaimTransition, { channel, step: lead }: Task): ClaimMove {
  const link = lead && { servedBy: isSameStep(lead, claim) ? undefined : lead };
  return { step: { ...claim, channel: channel ?? claim.channel }, transition: { ...transition, ...link } };
}

function refuse(pointer: string, detail: string): OutcomeEffect {
  return { refused: { pointer, detail } };
}
