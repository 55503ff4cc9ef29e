import { beforeEach, describe, expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';

let desk: Desk;
let commands: CaseCommands;

beforeEach(async () => {
  desk = new Desk();
  commands = new CaseCommands(desk);
  await desk.register({ customer: aReachableCustomer() });
  // A1 left on Tuesday 3 February, A2 is due on Thursday.
  await desk.runUntil('2026-02-04T11:00:00Z');
});

/** What the debtor may say, outside of a call on the list; each is about the first invoice. */
const SAID = {
  'another promise': () => commands.promise('2026-03-16'),
  'a plan': () => commands.plan(['2026-03-16', '2026-04-16'], { force: true }),
  'a dispute about all of it': () => commands.dispute(),
  'a dispute about a part': () => commands.dispute(20_000),
};
const said = Object.entries(SAID);
const outcomeOf = async (taskId: string) => (await desk.ledger.loadTask(taskId))?.outcome;
const answerCall = async (outcome: Parameters<Desk['report']>[1]) =>
  desk.report((await desk.taskOf('call')).taskId, outcome);

describe('the call about a broken promise', () => {
  const broken = async () => {
    await commands.promise('2026-02-18');
    await desk.runUntil('2026-02-23T10:00:00Z');
    return desk.taskOf('promise-broken');
  };

  it.each(said)('is off the list once the debtor has spoken anew: %s', async (_, happens) => {
    const { taskId } = await broken();
    expect(await happens()).toEqual({ invoiceId: A, wasThere: false });
    expect(await outcomeOf(taskId)).toBe('withdrawn');
    expect((await desk.ledger.loadCaseFile(A))!.dunningCase.openTaskIds).not.toContain(taskId);
    expect((await desk.history()).filter(({ type }) => type === 'TaskClosed')).toMatchObject([
      { actor: 'relance', data: { taskId, outcome: 'withdrawn' } },
    ]);
  });

  it.each([
    { result: 'promise', promisedOn: '2026-03-16' },
    { result: 'dispute', category: 'quality' },
    { result: 'dispute', category: 'quality', amount: { amountMinor: 20_000, currency: 'EUR' } },
  ] as const)('is off the list once the debtor has spoken anew on another call: %j', async (outcome) => {
    const { taskId } = await broken();
    await desk.runUntil('2026-02-24T20:00:00Z');
    expect(await answerCall(outcome)).toHaveProperty('task');
    expect(await outcomeOf(taskId)).toBe('withdrawn');
  });

  it('is off the list once the invoice is paid, and stays on it when only a part is', async () => {
    const { taskId } = await broken();
    await desk.payPart(A, { amountMinor: 20_000, transactionId: 'BK-1' });
    expect(await outcomeOf(taskId)).toBeUndefined();
    await desk.payPart(A, { amountMinor: 100_000, transactionId: 'BK-2' });
    expect(await outcomeOf(taskId)).toBe('case-settled');
  });
});

describe('the call about a broken plan', () => {
  const broken = async () => {
    await commands.plan(['2026-02-06', '2026-04-03'], { force: true });
    await desk.runUntil('2026-02-18T10:00:00Z');
    return desk.taskOf('attention');
  };

  it.each(said)('is off the list once the debtor has spoken anew: %s', async (_, happens) => {
    const { taskId, title } = await broken();
    expect(title).toContain('Call about a broken plan');
    await happens();
    expect(await outcomeOf(taskId)).toBe('withdrawn');
  });
});

describe('the call about a payment that was taken back', () => {
  it.each(said)(
    'stays on the list: what the bank charged is to be claimed whatever is said: %s',
    async (_, happens) => {
      await desk.payPart(A, { amountMinor: 20_000, transactionId: 'BK-1' });
      const on = { bookedOn: '2026-02-04', valueOn: '2026-02-04', receivedAt: desk.now };
      const returned = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: 'BK-1' } as const;
      await applyPayment(desk.planning, aCredit({ ...returned, ...on, amountMinor: 20_000 }));
      const { taskId } = await desk.taskOf('attention');
      await happens();
      expect(await outcomeOf(taskId)).toBeUndefined();
    },
  );
});
