import { nextCallAttempt } from '../../domain/call-retry.ts';
import { withContact } from '../../domain/contact-log.ts';
import { postalAddressMarked } from '../../domain/recipient.ts';
import type { Task } from '../../domain/task.ts';
import { type ClaimTransition, editCase } from '../edit-case.ts';
import { editCustomer } from '../edit-customer.ts';
import { findStep } from '../gather-message.ts';
import { policyOf } from '../policy-book.ts';
import type { CustomerWrite } from '../ports.ts';
import { raiseTask, taskRaised } from '../raise-task.ts';
import { failNotice } from '../unserved-notice.ts';
import {
  closedTask,
  type OutcomeContext,
  type OutcomeEffect,
  type OutcomeOf,
  openClaimOfTask,
  taskClosed,
} from './outcome-context.ts';

/**
 * What a call nobody answered does: it is put on the list for another day and part of the day, until the policy's attempts are used up; then a person looks for another way, and the steps of
 * the other invoices it was about are open again unless they are calls themselves: their own message was never tried.
 */
export async function unansweredEffect(
  context: OutcomeContext,
  outcome: OutcomeOf<'no-contact'>,
): Promise<OutcomeEffect> {
  const { deps, task, files, record, calendar, today, at } = context;
  const policy = await policyOf(deps.policies, files[0]);
  const attempt = task.attempt ?? 1;
  const contactsOn = record.contacts.map(({ on }) => on);
  const next = nextCallAttempt({
    policy,
    attempt,
    lastOn: today,
    contactsOn,
    budget: policy.contactBudget,
    ...calendar,
  });
  const closed = closedTask(context, outcome);
  const again = next && callAgain(task, { ...next, at });
  const unserved = failNotice({ stepId: task.step?.stepId ?? '', channel: 'call' }, 'nobody-reached');
  const raised =
    again ??
    raiseTask({
      ...unserved.task,
      invoiceIds: [files[0].dunningCase.invoice.invoiceId, ...files.slice(1).map(idOf)],
      customerId: task.customerId,
      about: `${task.taskId}/nobody-reached`,
      owner: deps.taskOwner,
      at,
    }).task;
  const policies = await Promise.all(files.map((file) => policyOf(deps.policies, file)));
  const cases = files.map((file, index) => {
    const claim = openClaimOfTask(context, file);
    const own = claim?.servedBy && findStep({ file, policy: policies[index] ?? policy, record }, claim.stepId);
    const isOwnCall = !claim?.servedBy || own?.channel === 'call';
    const openAgain: ClaimTransition = { state: 'released', detail: 'nobody-reached', wasTried: true };
    const over = isOwnCall ? unserved.transition : openAgain;
    const transition: ClaimTransition = again ? { state: 'assigned', taskId: again.taskId } : over;
    const moves = claim ? [{ step: claim, transition }] : [];
    const answered = { type: 'AnswerRecorded', actor: context.actor, data: toldOf(outcome, task) } as const;
    const drafts = [answered, taskClosed(context, outcome.result), taskRaised(raised)];
    const tasks = { opensTasks: [raised.taskId], closesTasks: [closed.taskId] };
    return editCase(file, { moves, drafts, ...tasks, wakes: true }, at).write;
  });
  const customer = next && task.step ? contactOn(context, next.dueOn, task.step) : null;
  const tasks = [
    { task: closed, expectedVersion: task.version },
    { task: raised, expectedVersion: null },
  ];
  return { task: closed, change: { cases, tasks, ...(customer && { customer }) } };
}

function toldOf({ result, reason }: OutcomeOf<'no-contact'>, { taskId, attempt = 1 }: Task): Record<string, unknown> {
  return { taskId, result, attempt, ...(reason && { reason }) };
}

function callAgain(
  task: Task,
  { attempt, dueOn, window, at }: { attempt: number; dueOn: string; window: { from: string; to: string }; at: string },
): Task {
  const { outcome, closedAt, note, ...asked } = task;
  const { task: raised } = raiseTask({
    ...asked,
    invoiceIds: [task.invoiceIds[0] ?? '', ...task.invoiceIds.slice(1)],
    about: `${task.taskId}/${attempt}`,
    reason: `Nobody answered before. Try between ${window.from} and ${window.to}, their time; attempt ${attempt}.`,
    attempt,
    dueOn,
    at,
  });
  return raised;
}

/** The day of the next attempt, kept free of other messages in the debtor's log. */
function contactOn({ record }: OutcomeContext, on: string, step: NonNullable<Task['step']>): CustomerWrite {
  const contacts = withContact(record.contacts, { on, channel: 'call', step });
  return editCustomer(record, { contacts });
}

/**
 * What a wrong contact does: the number and address that were called, or the postal address a letter cannot be posted to, are not used any more, and the step is open again: for the next
 * contact, or, when there is none, for a person to find one.
 */
export function wrongContactEffect(context: OutcomeContext, outcome: OutcomeOf<'wrong-contact'>): OutcomeEffect {
  const { task, files, record, at, actor } = context;
  const phone = task.contact?.phone;
  const wrong = record.customer.contacts.filter((contact) => phone !== undefined && contact.phone === phone);
  const called = [phone, ...wrong.map(({ email }) => email)].filter((address) => address !== undefined);
  const isLetter = task.kind === 'letter';
  const addresses = isLetter ? [postalAddressMarked(record.customer)] : called;
  const known = addresses.filter((address) => address !== '');
  const marks = Object.fromEntries(known.map((address) => [address, 'wrong' as const]));
  const closed = closedTask(context, outcome);
  const cases = files.map((file, index) => {
    const claim = openClaimOfTask(context, file);
    const transition: ClaimTransition = { state: 'released', detail: 'wrong-contact' };
    const moves = claim ? [{ step: claim, transition }] : [];
    const whose = task.channel ? { channel: task.channel } : { role: wrong[0]?.role ?? null };
    const marked = { type: 'ContactMarked', actor, data: { mark: 'wrong', ...whose } } as const;
    // A letter names twenty invoices: with one more entry in each it would not fit one transaction.
    const told = isLetter && index > 0 ? [] : [marked];
    const drafts = [...told, taskClosed(context, outcome.result)];
    return editCase(file, { moves, drafts, closesTasks: [closed.taskId], wakes: true }, at).write;
  });
  const addressMarks = { ...record.addressMarks, ...marks };
  const customer = editCustomer(record, { addressMarks });
  return { task: closed, change: { cases, customer, tasks: [{ task: closed, expectedVersion: task.version }] } };
}

function idOf(file: OutcomeContext['files'][number]): string {
  return file.dunningCase.invoice.invoiceId;
}
