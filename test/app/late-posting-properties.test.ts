import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwed } from '../../lib/domain/dunning-case.ts';
import { isFinal, type StepClaim } from '../../lib/domain/step-claim.ts';
import type { Task } from '../../lib/domain/task.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';
import { type Crash, FlakyLedger } from '../support/flaky-ledger.ts';

const INVOICES = ['INV-2026-0042', 'INV-B', 'INV-C'] as const;

const HOUR = 3_600_000;

/** What may happen to letters; `invoice`, `letter` and `task` are places in a list, wrapped around. `isMeanwhile`: the report comes while the next message is being made. */
type Operation =
  | { readonly do: 'run'; readonly hours: number }
  | { readonly do: 'pay'; readonly invoice: number; readonly amountMinor: number }
  | { readonly do: 'promise' | 'block' | 'unblock'; readonly invoice: number }
  | { readonly do: 'approve' }
  | { readonly do: 'post'; readonly letter: number; readonly isMeanwhile: boolean; readonly crash: Crash | null };

const invoice = fc.nat({ max: INVOICES.length - 1 });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('run' as const), hours: fc.constantFrom(1, 14, 24, 24, 72) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      invoice,
      amountMinor: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1000, max: 9000 }) }, fc.constant(120_000)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('promise' as const, 'block' as const), invoice }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unblock' as const), invoice }) },
  { weight: 2, arbitrary: fc.constant({ do: 'approve' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      letter: fc.nat({ max: 5 }),
      isMeanwhile: fc.boolean(),
      crash: fc.option(
        fc.record({
          write: fc.integer({ min: 1, max: 2 }),
          when: fc.constantFrom('before' as const, 'after' as const),
        }),
        { freq: 3 },
      ),
    }),
  },
);

const story = fc.record({
  stepId: fc.constantFrom('A4', 'B1', 'C2'),
  operations: fc.array(operation, { minLength: 3, maxLength: 25, size: 'max' }),
});

/** A desk whose debtor has three invoices that have come to a letter, and what is known of every report so far. */
class LetterWorld {
  readonly ledger = new FlakyLedger();
  readonly desk = new Desk(this.ledger);
  #payments = 0;

  async begin(stepId: string): Promise<void> {
    await this.desk.register({ customer: aReachableCustomer() });
    for (const invoiceId of INVOICES.slice(1)) await this.desk.registerSibling(invoiceId);
    await this.desk.runUntil(await this.desk.climbTo(stepId));
  }

  async perform(step: Operation): Promise<void> {
    const { desk } = this;
    const commands = new CaseCommands(desk);
    switch (step.do) {
      case 'run':
        return desk.runUntil(new Date(Date.parse(desk.now) + step.hours * HOUR).toISOString());
      case 'pay': {
        this.#payments += 1;
        const transactionId = `BK-${this.#payments}`;
        await desk.payPart(INVOICES[step.invoice]!, { amountMinor: step.amountMinor, transactionId });
        return;
      }
      case 'promise':
        await commands.promise(desk.now.slice(0, 10), undefined, { invoiceId: INVOICES[step.invoice]! });
        return;
      case 'block':
        await commands.block(null, { invoiceId: INVOICES[step.invoice]! });
        return;
      case 'unblock':
        await commands.unblock({ invoiceId: INVOICES[step.invoice]! });
        return;
      case 'approve':
        for (const { taskId, kind } of await desk.openTasks()) {
          if (kind === 'approval') await desk.report(taskId, { result: 'approved' });
        }
        return;
      case 'post':
        return step.isMeanwhile ? this.#postMeanwhile(step.letter) : this.#postOrDie(step);
    }
  }

  /** Every letter there ever was, oldest first. */
  async letters(): Promise<Task[]> {
    const slices = await Promise.all(
      (['open', 'done'] as const).map((state) => this.ledger.listTasks({ state }, { limit: 1000, cursor: null })),
    );
    return slices
      .flatMap((slice) => (slice === 'bad-cursor' ? [] : slice.tasks))
      .filter(({ kind }) => kind === 'letter')
      .toSorted((one, other) => Date.parse(one.raisedAt) - Date.parse(other.raisedAt));
  }

  async #postMeanwhile(letter: number): Promise<void> {
    this.desk.provider.duringSend = async () => {
      this.desk.provider.duringSend = async () => undefined;
      await this.#post(letter);
    };
  }

  async #postOrDie({ letter, crash }: Extract<Operation, { do: 'post' }>): Promise<void> {
    this.ledger.crashAt(crash);
    await this.#post(letter).catch((error: Error) => expect(error.message).toContain('the function died'));
    this.ledger.crashAt(null);
  }

  /** Reports one of the newest letters as posted on the day it was ready, and holds the answer to what is owed and open by then. */
  async #post(letter: number): Promise<void> {
    const letters = (await this.letters()).slice(-6);
    const task = letters[letter % Math.max(1, letters.length)];
    if (!task) return;
    const { taskId, postedOn } = task;
    const before = await this.#claimsOf(task);
    const posted = { result: 'posted', postedOn: task.raisedAt.slice(0, 10), trackingNumber: 'RK1' } as const;
    const answer = await this.desk.report(taskId, posted);
    if (postedOn !== undefined) {
      expect(answer).not.toHaveProperty('task');
    } else if (typeof answer === 'object' && 'task' in answer) {
      for (const claim of await this.#claimsOf(answer.task)) expect(claim).toMatchObject({ state: 'sent', taskId });
    } else {
      // It is refused only when there is nothing left that it could be for, or it cannot be told yet.
      const open = before.filter((claim) => !isFinal(claim));
      expect(open.length === 0 || open.some(({ state }) => state === 'reserved'), JSON.stringify(answer)).toBe(true);
    }
  }

  /** The claims of the steps a letter was laid ready for, as the histories tell it, in the cases that are still owed. */
  async #claimsOf({ taskId, invoiceIds }: Task): Promise<StepClaim[]> {
    const found = await Promise.all(
      invoiceIds.map(async (invoiceId) => {
        const { dunningCase, claims } = (await this.ledger.loadCaseFile(invoiceId))!;
        const assigned = (await this.desk.history(invoiceId)).filter(
          ({ type, data }) => type === 'NoticeAssigned' && data.taskId === taskId,
        );
        const steps = assigned.map(({ data }) => data.stepId);
        return isOwed(dunningCase) ? claims.filter(({ stepId }) => steps.includes(stepId)) : [];
      }),
    );
    return found.flat();
  }
}

describe('letters that are withdrawn, made again and reported in any order', () => {
  it('serve a step once, leave no work on the list for what was posted, and are refused for no other reason', () =>
    fc.assert(
      fc.asyncProperty(story, async ({ stepId, operations }) => {
        const world = new LetterWorld();
        await world.begin(stepId);
        for (const step of operations) await world.perform(step);
        const { desk, ledger } = world;
        const open = await desk.openTasks();
        for (const invoiceId of INVOICES) {
          const sent = (await desk.history(invoiceId)).filter(({ type }) => type === 'NoticeSent');
          const steps = sent.map(({ data }) => data.stepId);
          expect(new Set(steps).size, `${invoiceId}: ${steps}`).toBe(steps.length);
          const { claims, dunningCase } = (await ledger.loadCaseFile(invoiceId))!;
          const inHands = claims.filter(({ state }) => state === 'assigned').map(({ taskId }) => taskId);
          const asked = open.filter(
            ({ kind, postedOn, invoiceIds }) =>
              ['call', 'letter', 'approval'].includes(kind) && !postedOn && invoiceIds.includes(invoiceId),
          );
          expect(asked.map(({ taskId }) => taskId).toSorted()).toEqual(inHands.toSorted());
          expect(dunningCase.openTaskIds).toEqual(expect.arrayContaining(inHands));
        }
      }),
      { numRuns: 300 },
    ));
});
