import { expect } from 'vitest';
import type { SentMessage, ShownTask } from '../../lib/local/client/local-client.ts';
import type { TestSystem } from '../support/local-system.ts';

/** How a person says a task ended. */
export type Outcome = { readonly result: string } & Readonly<Record<string, unknown>>;

/** A task as the work list shows it, with what only its own page is asked for here. */
export interface OfficeTask extends ShownTask {
  readonly contact: { readonly name: string | null; readonly phone: string | null } | null;
  readonly postedOn: string | null;
  readonly attempt: number | null;
  readonly outcome: string | null;
  readonly raisedAt: string;
}

/** What the person says of a task on a date; null leaves it on the list. */
export type Answer = (task: OfficeTask, today: string) => Outcome | null;

/** One entry of a case's history. */
interface Entry {
  readonly at: string;
  readonly type: string;
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A case as finance sees it, as far as the stories look at it. */
export interface ShownCase {
  readonly standing: string;
  readonly level: string;
  readonly profile: string | null;
  readonly profileReasons: readonly string[];
  readonly policy: { readonly name: string; readonly version: number };
  readonly hold: { readonly reason: string; readonly until: string | null } | null;
  readonly nextStep: {
    readonly stepId: string;
    readonly at: string;
    readonly channel: string;
    readonly why: string;
  } | null;
  readonly balance: Readonly<Record<string, string>>;
}

const FINANCE = { scope: 'relance/finance' } as const;

/** Where finance works: they read their list at noon in UTC, every day, do what is due, and look into the cases. */
export class Office {
  readonly #local: TestSystem;

  constructor(local: TestSystem) {
    this.#local = local;
  }

  /** Day after day up to a date: everything due runs, then, on weekdays, the person does the tasks that are due, and those that follow from them at once, as `answer` says. */
  async work(untilOn: string, answer: Answer): Promise<void> {
    let on = (await this.#local.client.now()).slice(0, 10);
    while (on < untilOn) {
      on = daysAfter(on, 1);
      await this.#local.client.advance({ advanceTo: `${on}T12:00:00Z` });
      const isWeekend = [0, 6].includes(new Date(on).getUTCDay());
      while (!isWeekend && (await this.#answerAll(on, answer)) > 0);
    }
  }

  async #answerAll(on: string, answer: Answer): Promise<number> {
    // Whatever the last outcome set in motion has come to rest then.
    await this.#local.client.now();
    const due = (await this.tasks()).filter(({ dueOn }) => dueOn <= on);
    const answered = due.map((task) => ({ task, outcome: answer(task, on) })).filter(({ outcome }) => outcome !== null);
    for (const { task, outcome } of answered) await this.#answer(task, outcome);
    return answered.length;
  }

  async #answer({ taskId }: OfficeTask, outcome: Outcome | null): Promise<void> {
    if (!outcome) return;
    const { status, body } = await this.#local.client.report(taskId, outcome);
    expect(status, JSON.stringify({ taskId, outcome, body })).toBe(200);
  }

  /** The open tasks, of one invoice or all. */
  async tasks(invoiceId?: string): Promise<OfficeTask[]> {
    return (await this.#local.client.tasks(invoiceId)) as OfficeTask[];
  }

  async task(taskId: string): Promise<OfficeTask> {
    return (await this.#local.client.call<OfficeTask>(`GET /tasks/${taskId}`, FINANCE)).body;
  }

  async caseOf(invoiceId: string): Promise<ShownCase> {
    return (await this.#local.client.call<ShownCase>(`GET /cases/${invoiceId}`, FINANCE)).body;
  }

  async history(invoiceId: string): Promise<Entry[]> {
    const { body } = await this.#local.client.call<{ entries: Entry[] }>(
      `GET /cases/${invoiceId}/history?limit=200`,
      FINANCE,
    );
    return body.entries;
  }

  /** The facts of one type in a case's history, oldest first. */
  async facts(invoiceId: string, type: string): Promise<Entry['data'][]> {
    return (await this.history(invoiceId)).filter((entry) => entry.type === type).map(({ data }) => data);
  }

  /** What people were asked to do about an invoice, for some reason or all, oldest first: the day it was raised, and the title. */
  async asked(invoiceId: string, kind?: string): Promise<string[]> {
    const raised = (await this.history(invoiceId)).filter(
      ({ type, data }) => type === 'TaskRaised' && (!kind || data.kind === kind),
    );
    const tasks = await Promise.all(raised.map(({ data }) => this.task(String(data.taskId))));
    return tasks.map(({ title }, index) => `${raised[index]?.at.slice(0, 10)} | ${title}`);
  }

  /**
   * Everything that was done about an invoice, oldest first: what left by email, text message and post, and what people were asked to say, decide and approve. One line each: date in UTC, step,
   * channel, level, to whom, which invoices.
   */
  async contacts(invoiceId: string): Promise<string[]> {
    const sent = (await this.#local.client.outbox(invoiceId)).map((message) => ({
      at: message.at,
      line: sentLine(message),
    }));
    const asked = (await this.history(invoiceId)).filter(({ type, data }) => type === 'NoticeAssigned' && isWork(data));
    const work = await Promise.all(asked.map(({ at, data }) => this.#workLine({ at, data })));
    // What was asked of a person comes before what followed from it in the same second.
    return [...work.filter((item) => item !== null), ...sent].toSorted(inTime).map(({ line }) => line);
  }

  async #workLine({ at, data }: Pick<Entry, 'at' | 'data'>): Promise<{ at: string; line: string } | null> {
    const task = await this.task(String(data.taskId));
    if (task.kind === 'letter') return null;
    const channel = task.kind === 'approval' ? 'approval' : data.channel;
    const to = task.contact?.phone ?? task.owner ?? '';
    // A call that is tried again has its own day.
    const on = task.kind === 'call' ? task.dueOn : at.slice(0, 10);
    return {
      at: `${on}T${at.slice(11)}`,
      line: [on, data.stepId, channel, data.level, to, task.invoiceIds.join(' ')].join(' | '),
    };
  }
}

function isWork({ taskId }: Entry['data']): boolean {
  return typeof taskId === 'string';
}

function sentLine({ at, stepId, channel, level, to, cc, invoiceIds }: SentMessage): string {
  const copies = cc.length > 0 ? ` cc ${cc.join(', ')}` : '';
  return [
    at.slice(0, 10),
    stepId,
    channel,
    level ?? 'no level',
    `${to.join(', ')}${copies}`,
    invoiceIds.join(' '),
  ].join(' | ');
}

function inTime(one: { at: string }, other: { at: string }): number {
  return one.at === other.at ? 0 : one.at < other.at ? -1 : 1;
}

/** A calendar date so many days later. */
function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Posts what is to be posted, reports its receipt after so many days, approves what is to be approved, and is done with the rest; calls are not its own. */
export function clerk(task: OfficeTask, today: string, receiptDays = 3): Outcome | null {
  const { kind, channel, postedOn, invoiceIds } = task;
  if (kind === 'call') return null;
  if (kind === 'approval') return { result: 'approved' };
  if (kind !== 'letter') return { result: 'done' };
  if (postedOn !== null)
    return today >= daysAfter(postedOn, receiptDays) ? { result: 'received', receivedOn: today } : null;
  const trackingNumber = `RK-${invoiceIds[0]}-${today}`;
  return { result: 'posted', postedOn: today, ...(channel === 'registered-letter' && { trackingNumber }) };
}
