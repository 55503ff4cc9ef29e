import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isClosedStanding } from '../../lib/domain/dunning-case.ts';
import { firstBrokenLink } from '../../lib/domain/history.ts';
import type { Desk } from '../support/desk.ts';
import { INVOICES, newDebtor } from '../support/fact-world.ts';
import {
  asksForMoney,
  onLeaving,
  type UnplacedStory,
  UnplacedWorld,
  unplacedStory,
} from '../support/unplaced-world.ts';

const STORIES = 1000;

/** Money of somebody else that covers the invoice only once the debtor has paid a part: nobody was held when it came. */
const COVERED_LATER: UnplacedStory = [
  { unplaced: 'arrives', key: 0, named: [0], amountMinor: 75_000 },
  { fact: 'credit', key: 1, invoice: 0, amountMinor: 60_000 },
  { fact: 'days', days: 30 },
];

const PATIENCE_MILLIS = 300_000;

const theCase = async ({ ledger }: Desk, invoiceId: string) => (await ledger.loadCaseFile(invoiceId))!.dunningCase;

/** What is kept back for money has a task that can end it, and such a task is about nothing else. */
async function waitsForSomebody(desk: Desk, world: UnplacedWorld): Promise<void> {
  for (const invoiceId of INVOICES) {
    const { hold, openTaskIds, standing } = await theCase(desk, invoiceId);
    if (isClosedStanding(standing)) expect(hold).toBeNull();
    if (hold?.reason !== 'unplaced-payment') continue;
    expect(openTaskIds, invoiceId).toContain(hold.taskId);
    const task = await desk.ledger.loadTask(hold.taskId!);
    expect(task).toMatchObject({ state: 'open', invoiceIds: expect.arrayContaining([invoiceId]) });
    const judged = (await desk.openTasks()).filter(
      ({ kind, raisedAt, invoiceIds }) =>
        ['promise-broken', 'plan-broken'].includes(kind) &&
        invoiceIds.includes(invoiceId) &&
        raisedAt.slice(0, 10) > hold.since,
    );
    expect(judged, `${invoiceId} is judged while it is held`).toEqual([]);
  }
  for (const { taskId, invoiceIds } of await world.placingTasks()) {
    for (const invoiceId of invoiceIds)
      expect((await theCase(desk, invoiceId)).openTaskIds, invoiceId).toContain(taskId);
  }
}

/** All the ledger holds about the debtor. */
async function everythingOf(desk: Desk, world: UnplacedWorld): Promise<unknown> {
  const cases = INVOICES.map(async (id) => [await desk.ledger.loadCaseFile(id), await desk.history(id)]);
  return [await Promise.all(cases), await world.receipts(), await desk.openTasks()];
}

it(
  'nobody is asked for what money may pay that nobody has placed, every case that waits for it has its task, and telling it all again changes nothing',
  () =>
    fc.assert(
      fc.asyncProperty(unplacedStory, async (story) => {
        const desk = await newDebtor({ allocationOrder: 'principal-first' });
        const world = new UnplacedWorld(desk);
        const wrong: string[] = [];
        onLeaving(desk.provider, async (departure) => {
          if (!asksForMoney(departure)) return;
          for (const invoiceId of departure.invoiceIds) {
            const [cover] = await world.coverOf(invoiceId);
            if (cover) wrong.push(`${departure.at} ${invoiceId}/${departure.stepId} although ${cover.transactionId}`);
          }
        });
        for (const fact of story) {
          await world.happen(fact);
          await waitsForSomebody(desk, world);
          expect(wrong).toEqual([]);
        }
        for (const invoiceId of INVOICES) expect(firstBrokenLink(invoiceId, await desk.history(invoiceId))).toBeNull();
        const before = await everythingOf(desk, world);
        await world.tellAgain();
        expect(await everythingOf(desk, world)).toEqual(before);
      }),
      { numRuns: STORIES, examples: [[COVERED_LATER]] },
    ),
  PATIENCE_MILLIS,
);
