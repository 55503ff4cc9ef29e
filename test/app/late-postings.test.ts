import { beforeEach, describe, expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import type { Task } from '../../lib/domain/task.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';
const C = 'INV-C';

let ledger: FlakyLedger;
let desk: Desk;
let payments = 0;

beforeEach(async () => {
  payments = 0;
  ledger = new FlakyLedger();
  desk = new Desk(ledger);
  await desk.register({ customer: aReachableCustomer() });
});

const payPart = (invoiceId = A) => {
  payments += 1;
  return desk.payPart(invoiceId, { amountMinor: 20_000, transactionId: `BK-${payments}` });
};

const unposted = async () => (await desk.openTasks()).filter(({ kind, postedOn }) => kind === 'letter' && !postedOn);

const onlyLetter = async (): Promise<Task> => {
  const letters = await unposted();
  expect(letters).toHaveLength(1);
  return letters[0]!;
};

const approvals = async () => (await desk.openTasks()).filter(({ kind }) => kind === 'approval');

const outcomeOf = async ({ taskId }: Task) => (await desk.ledger.loadTask(taskId))?.outcome;

const doneAlready = { conflict: expect.stringContaining('done already') };

describe('a letter that had left before it was withdrawn, and is reported late', () => {
  const posted = { result: 'posted', postedOn: '2026-02-17' } as const;

  /** The letter A4 of Tuesday 17 February. */
  const firstLetter = async () => {
    await desk.runUntil(await desk.climbTo('A4'));
    return onlyLetter();
  };

  it('is taken as posted while the one made in its place is on the list: that one is withdrawn', async () => {
    const first = await firstLetter();
    await payPart();
    await desk.runUntil('2026-02-18T22:00:00Z');
    const second = await onlyLetter();
    expect(await desk.report(first.taskId, posted)).toMatchObject({ task: { state: 'done', outcome: 'posted' } });
    expect(await desk.claim('A4')).toMatchObject({ state: 'sent', taskId: first.taskId, postedOn: '2026-02-17' });
    expect(await outcomeOf(second)).toBe('withdrawn');
    expect((await desk.ledger.loadCaseFile(A))!.dunningCase.openTaskIds).not.toContain(second.taskId);
    expect((await desk.history()).slice(-4)).toMatchObject([
      { type: 'NoticeDeferred', data: { stepId: 'A4', taskId: second.taskId, reason: 'letter-withdrawn' } },
      { type: 'TaskClosed', actor: 'relance', data: { taskId: second.taskId, outcome: 'withdrawn' } },
      { type: 'NoticeSent', data: { stepId: 'A4', taskId: first.taskId, postedOn: '2026-02-17' } },
      { type: 'TaskClosed', actor: 'anne', data: { taskId: first.taskId, outcome: 'posted' } },
    ]);
    await desk.runUntil('2026-02-20T22:00:00Z');
    expect(await unposted()).toEqual([]);
    // Six days from Tuesday, and the day after.
    const { step } = await desk.plan(desk.now);
    expect(step).toMatchObject({ stepId: 'B1', at: expect.stringMatching(/^2026-02-24/) });
  });

  it('is taken once, and what was made in its place not at all then', async () => {
    const first = await firstLetter();
    await payPart();
    await desk.runUntil('2026-02-18T22:00:00Z');
    const second = await onlyLetter();
    await desk.report(first.taskId, posted);
    expect(await desk.report(first.taskId, posted)).toMatchObject(doneAlready);
    expect(await desk.report(second.taskId, { ...posted, postedOn: '2026-02-18' })).toMatchObject(doneAlready);
    const sent = (await desk.history()).filter(({ type, data }) => type === 'NoticeSent' && data.stepId === 'A4');
    expect(sent.map(({ data }) => data.taskId)).toEqual([first.taskId]);
  });

  it('is not taken when the one made in its place was reported first: both have left', async () => {
    const first = await firstLetter();
    await payPart();
    await desk.runUntil('2026-02-18T22:00:00Z');
    const second = await onlyLetter();
    await desk.report(second.taskId, { ...posted, postedOn: '2026-02-18' });
    expect(await desk.report(first.taskId, posted)).toMatchObject(doneAlready);
    expect(await desk.claim('A4')).toMatchObject({ taskId: second.taskId, postedOn: '2026-02-18' });
  });

  it('is taken however many were made in its place, all of them withdrawn but the last', async () => {
    const first = await firstLetter();
    await payPart();
    await desk.runUntil('2026-02-18T22:00:00Z');
    const second = await onlyLetter();
    await payPart();
    await desk.runUntil('2026-02-19T22:00:00Z');
    const third = await onlyLetter();
    expect(third.taskId).not.toBe(second.taskId);
    expect(await desk.report(first.taskId, posted)).toMatchObject({ task: { outcome: 'posted' } });
    expect(await outcomeOf(third)).toBe('withdrawn');
    expect(await desk.report(second.taskId, { ...posted, postedOn: '2026-02-18' })).toMatchObject(doneAlready);
  });

  it('changes nothing while the next one is being made: the person tries again', async () => {
    const first = await firstLetter();
    await payPart();
    const answers: unknown[] = [];
    desk.provider.duringSend = async () => {
      desk.provider.duringSend = async () => undefined;
      answers.push(await desk.report(first.taskId, posted, '2026-02-18T09:00:00Z'));
    };
    await desk.runUntil('2026-02-18T22:00:00Z');
    expect(answers).toMatchObject([{ conflict: expect.stringContaining('being made') }]);
    const second = await onlyLetter();
    expect(await outcomeOf(first)).toBe('withdrawn');
    expect(await desk.report(first.taskId, posted)).toMatchObject({ task: { outcome: 'posted' } });
    expect(await outcomeOf(second)).toBe('withdrawn');
  });

  it('is taken in one transaction with what is withdrawn', async () => {
    const first = await firstLetter();
    await payPart();
    await desk.runUntil('2026-02-18T22:00:00Z');
    const second = await onlyLetter();
    ledger.crashAt({ write: 1, when: 'after' });
    await expect(desk.report(first.taskId, posted)).rejects.toThrow('the function died');
    ledger.crashAt(null);
    expect([await outcomeOf(first), await outcomeOf(second)]).toEqual(['posted', 'withdrawn']);
    expect(await desk.claim('A4')).toMatchObject({ state: 'sent', taskId: first.taskId });
  });

  it('is not taken when the one made in its place is reported in the same instant', async () => {
    const first = await firstLetter();
    await payPart();
    await desk.runUntil('2026-02-18T22:00:00Z');
    const second = await onlyLetter();
    ledger.cutInBefore(1, () => desk.report(second.taskId, { ...posted, postedOn: '2026-02-18' }));
    expect(await desk.report(first.taskId, posted)).toMatchObject(doneAlready);
    expect(await desk.claim('A4')).toMatchObject({ state: 'sent', taskId: second.taskId });
  });

  it('leaves what is on the list there when the report does not suit', async () => {
    const first = await firstLetter();
    await payPart();
    await desk.runUntil('2026-02-18T22:00:00Z');
    const refused = await desk.report(first.taskId, { ...posted, postedOn: '2026-02-16' });
    expect(refused).toMatchObject({ refused: { pointer: '/postedOn' } });
    expect(await outcomeOf(await onlyLetter())).toBeUndefined();
  });

  it('opens the step again of an invoice that only the newer letter names', async () => {
    await desk.registerSibling(C);
    const commands = new CaseCommands(desk);
    const at = await desk.climbTo('A4');
    await commands.block(null, { invoiceId: C });
    await desk.runUntil(at);
    const first = await onlyLetter();
    expect(first.invoiceIds).toEqual([A]);
    await commands.unblock({ invoiceId: C });
    await payPart();
    await desk.runUntil('2026-02-18T22:00:00Z');
    const second = await onlyLetter();
    expect(second.invoiceIds.toSorted()).toEqual([A, C]);
    await desk.report(first.taskId, posted);
    const sent = await desk.claim('A4');
    expect(sent).toMatchObject({ state: 'sent', taskId: first.taskId });
    expect(sent?.servedBy).toBeUndefined();
    expect(await desk.claim('A4', C)).toMatchObject({ state: 'released', taskId: second.taskId });
    await desk.runUntil('2026-02-20T22:00:00Z');
    expect((await onlyLetter()).invoiceIds).toEqual([C]);
  });

  it('leaves out an invoice of its that is paid, and one whose newer letter was posted', async () => {
    await desk.registerSibling(B);
    await desk.registerSibling(C);
    const first = await firstLetter();
    const commands = new CaseCommands(desk);
    await commands.block(null, { invoiceId: C });
    await payPart();
    await desk.runUntil('2026-02-18T22:00:00Z');
    const second = await onlyLetter();
    expect(second.invoiceIds.toSorted()).toEqual([A, B]);
    await desk.report(second.taskId, { ...posted, postedOn: '2026-02-18' });
    await desk.payInvoice(B);
    await commands.unblock({ invoiceId: C });
    await desk.runUntil('2026-02-20T22:00:00Z');
    const third = await onlyLetter();
    expect(await desk.report(first.taskId, posted)).toMatchObject({ task: { outcome: 'posted', invoiceIds: [C] } });
    expect(await outcomeOf(third)).toBe('withdrawn');
    expect(await desk.claim('A4')).toMatchObject({ state: 'sent', taskId: second.taskId, postedOn: '2026-02-18' });
    expect(await desk.claim('A4', C)).toMatchObject({ state: 'sent', taskId: first.taskId });
  });

  it('about as many invoices as it can name is taken in two transactions, the second of them done again if need be', async () => {
    for (let number = 1; number <= 19; number += 1) await desk.registerSibling(`INV-${number}`);
    const first = await firstLetter();
    expect(first.invoiceIds).toHaveLength(20);
    await payPart();
    await desk.runUntil('2026-02-18T22:00:00Z');
    const second = await onlyLetter();
    expect(second.invoiceIds).toHaveLength(20);
    ledger.crashAt({ write: 1, when: 'after' });
    await expect(desk.report(first.taskId, posted)).rejects.toThrow('the function died');
    ledger.crashAt(null);
    expect([await outcomeOf(first), await outcomeOf(second)]).toEqual(['withdrawn', 'withdrawn']);
    expect(await desk.report(first.taskId, posted)).toMatchObject({ task: { outcome: 'posted' } });
    for (const invoiceId of desk.invoiceIds) {
      const { claims } = (await desk.ledger.loadCaseFile(invoiceId))!;
      // Some of them were behind: the letter serves an earlier step of theirs.
      const ofFirst = claims.filter(({ taskId }) => taskId === first.taskId);
      expect(ofFirst).toMatchObject([{ state: 'sent', channel: 'letter', postedOn: '2026-02-17' }]);
    }
    await desk.runUntil('2026-02-20T22:00:00Z');
    expect(await unposted()).toEqual([]);
  });

  it('about as many invoices as it can name is taken at once when nothing dies', async () => {
    for (let number = 1; number <= 19; number += 1) await desk.registerSibling(`INV-${number}`);
    const first = await firstLetter();
    await payPart();
    await desk.runUntil('2026-02-18T22:00:00Z');
    const second = await onlyLetter();
    expect(await desk.report(first.taskId, posted)).toMatchObject({ task: { outcome: 'posted' } });
    expect(await outcomeOf(second)).toBe('withdrawn');
    for (const invoiceId of desk.invoiceIds) {
      const { claims } = (await desk.ledger.loadCaseFile(invoiceId))!;
      expect(claims.filter(({ taskId }) => taskId === first.taskId)).toMatchObject([{ state: 'sent' }]);
      expect(claims.filter(({ taskId }) => taskId === second.taskId)).toEqual([]);
    }
  });

  it('is of an earlier cycle once a payment was taken back: nothing of the next is touched', async () => {
    const first = await firstLetter();
    await desk.payInvoice(A);
    const returned = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: `PAY-${A}` } as const;
    const dates = { bookedOn: '2026-02-17', valueOn: '2026-02-17', receivedAt: desk.now };
    await applyPayment(desk.planning, aCredit({ ...returned, ...dates, remittance: 'REJET' }));
    expect(await desk.report(first.taskId, posted)).toMatchObject(doneAlready);
    await desk.runUntil('2026-02-20T22:00:00Z');
    const again = await onlyLetter();
    expect(again.step).toMatchObject({ cycle: 2, stepId: 'A4' });
    expect(await desk.report(first.taskId, posted)).toMatchObject(doneAlready);
    expect(await outcomeOf(again)).toBeUndefined();
  });
});

describe('a formal notice that had left before it was withdrawn, and is reported late', () => {
  const posted = { result: 'posted', postedOn: '2026-03-20', trackingNumber: 'RK1' } as const;

  const approve = async () => {
    const [asked] = await approvals();
    return desk.report(asked!.taskId, { result: 'approved' });
  };

  /** The registered letter of C2, approved on Friday 20 March, and what is asked again by the end of Monday. */
  const firstNotice = async () => {
    await desk.runUntil(await desk.climbTo('C2'));
    await approve();
    await desk.runUntil(desk.now);
    const first = await onlyLetter();
    await payPart();
    expect(await outcomeOf(first)).toBe('withdrawn');
    return first;
  };

  const isTaken = async (first: Task) => {
    const answer = await desk.report(first.taskId, posted);
    expect(answer).toMatchObject({ task: { state: 'open', postedOn: '2026-03-20', trackingNumber: 'RK1' } });
    expect(await desk.claim('C2')).toMatchObject({
      ...{ state: 'sent', taskId: first.taskId, postedOn: '2026-03-20', trackingNumber: 'RK1' },
    });
    await desk.runUntil('2026-03-30T22:00:00Z');
    expect(await approvals()).toEqual([]);
    expect(await unposted()).toEqual([]);
    expect((await desk.ledger.loadCaseFile(A))!.dunningCase.openTaskIds).toContain(first.taskId);
    await desk.report(first.taskId, { result: 'received', receivedOn: '2026-03-30' });
    expect(await desk.ledger.loadTask(first.taskId)).toMatchObject({ state: 'done', outcome: 'received' });
    expect(await desk.claim('C2')).toMatchObject({ state: 'sent', receivedOn: '2026-03-30' });
    expect((await desk.plan(desk.now)).step).toMatchObject({ stepId: 'C3', at: expect.stringMatching(/^2026-04-09/) });
  };

  it('is taken as posted while a person is asked to approve the next: they are asked no more', async () => {
    const first = await firstNotice();
    await desk.runUntil('2026-03-23T23:00:00Z');
    const [asked] = await approvals();
    await isTaken(first);
    expect(await outcomeOf(asked!)).toBe('withdrawn');
    expect(await desk.report(asked!.taskId, { result: 'approved' })).toMatchObject(doneAlready);
  });

  it('is taken as posted when the next is approved and not made yet: it never is', async () => {
    const first = await firstNotice();
    await desk.runUntil('2026-03-23T23:00:00Z');
    await approve();
    expect(await desk.claim('C2')).toMatchObject({ state: 'approved' });
    await isTaken(first);
  });

  it('is taken as posted while the next lies ready: that one is withdrawn', async () => {
    const first = await firstNotice();
    await desk.runUntil('2026-03-23T23:00:00Z');
    await approve();
    await desk.runUntil('2026-03-24T23:00:00Z');
    const second = await onlyLetter();
    await isTaken(first);
    expect(await outcomeOf(second)).toBe('withdrawn');
  });

  it('lets the approval of the next not stand for the invoice that only this one names', async () => {
    await desk.registerSibling(C);
    const commands = new CaseCommands(desk);
    const at = await desk.climbTo('C2');
    await commands.block(null, { invoiceId: C });
    await desk.runUntil(at);
    await approve();
    await desk.runUntil(desk.now);
    const first = await onlyLetter();
    await commands.unblock({ invoiceId: C });
    // Somebody calls about it first: its formal notice falls on Thursday.
    await desk.runUntil('2026-03-25T20:00:00Z');
    await payPart();
    await desk.runUntil('2026-03-26T23:00:00Z');
    const [both, ...others] = await approvals();
    expect([both!.invoiceIds.toSorted(), others]).toEqual([[A, C], []]);
    await approve();
    expect(await desk.report(first.taskId, posted)).toMatchObject({ task: { state: 'open', invoiceIds: [A] } });
    expect(await desk.claim('C2', C)).toMatchObject({ state: 'approved' });
    await desk.runUntil('2026-03-27T23:00:00Z');
    expect(await unposted()).toEqual([]);
    expect((await approvals()).map(({ invoiceIds }) => invoiceIds)).toEqual([[C]]);
  });

  it('needs its tracking number, and withdraws nothing without it', async () => {
    const first = await firstNotice();
    await desk.runUntil('2026-03-23T23:00:00Z');
    const refused = await desk.report(first.taskId, { result: 'posted', postedOn: '2026-03-20' });
    expect(refused).toMatchObject({ refused: { pointer: '/trackingNumber' } });
    expect(await approvals()).toHaveLength(1);
  });
});
