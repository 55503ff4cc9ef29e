import { beforeEach, describe, expect, it } from 'vitest';
import { loadLetter } from '../../lib/app/load-letter.ts';
import { changeTransaction } from '../../lib/ledger/change-transaction.ts';
import { aReachableCustomer } from '../support/builders.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const B = 'INV-B';

describe('a letter on the work list', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.registerSibling(B);
  });

  const letterOf = async (stepId: 'A4' | 'B1') => {
    await desk.runUntil(await desk.climbTo(stepId));
    return (await desk.openTasks()).find(({ kind, step }) => kind === 'letter' && step?.stepId === stepId)!;
  };

  it('names its document, and what it says', async () => {
    expect(await letterOf('A4')).toMatchObject({
      ...{ kind: 'letter', channel: 'letter', dueOn: '2026-02-17', owner: 'compta@vendeur.example' },
      documentKey: expect.stringMatching(/^letters\/[0-9a-f]{32}\.pdf$/),
      title: 'Post the letter to Boulangerie Martin SARL about 2 invoices',
      script: expect.stringContaining('statement-letter'),
    });
    expect(await desk.claim('A4')).toMatchObject({ state: 'assigned', documentKey: expect.any(String) });
  });

  it('counts as delivered once it is posted, for every invoice it names, and its time runs from there', async () => {
    const { taskId } = await letterOf('A4');
    const answer = await desk.report(taskId, { result: 'posted', postedOn: '2026-02-18' }, '2026-02-19T10:00:00Z');
    expect(answer).toMatchObject({ task: { state: 'done', outcome: 'posted', postedOn: '2026-02-18' } });
    for (const invoiceId of [A, B]) {
      expect(await desk.claim('A4', invoiceId)).toMatchObject({ state: 'sent', postedOn: '2026-02-18' });
      // Wednesday 18 February, six days, and the day after.
      const { step } = await desk.plan('2026-02-19T10:00:00Z', { invoiceId });
      expect(step).toMatchObject({ stepId: 'B1', at: expect.stringMatching(/^2026-02-25/) });
    }
  });

  it('cannot be posted tomorrow, nor received before it was posted', async () => {
    const { taskId } = await letterOf('A4');
    expect(await desk.report(taskId, { result: 'posted', postedOn: '2026-02-18' })).toMatchObject({
      refused: { pointer: '/postedOn' },
    });
    expect(await desk.report(taskId, { result: 'received', receivedOn: '2026-02-17' })).toMatchObject({
      refused: { pointer: '/result' },
    });
    expect(await desk.claim('A4')).toMatchObject({ state: 'assigned' });
  });

  it('cannot have been posted before it was there to be posted', async () => {
    const { taskId } = await letterOf('A4');
    const posted = { result: 'posted', postedOn: '2026-02-16' } as const;
    expect(await desk.report(taskId, posted, '2026-02-19T10:00:00Z')).toMatchObject({
      refused: { pointer: '/postedOn', detail: expect.stringContaining('between 2026-02-17') },
    });
  });

  it('that cannot be posted to its address is written to it no more: a person is asked for another', async () => {
    const { taskId } = await letterOf('A4');
    const answer = await desk.report(taskId, { result: 'wrong-contact', note: 'No such street.' });
    expect(answer).toMatchObject({ task: { state: 'done', outcome: 'wrong-contact' } });
    expect(Object.values((await desk.ledger.loadCustomer('C-100'))!.addressMarks)).toEqual(['wrong']);
    await desk.runUntil('2026-02-20T22:00:00Z');
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'letter')).toEqual([]);
    expect(await desk.taskOf('no-contact')).toMatchObject({ title: 'Nobody to send notice A4 to by letter' });
    for (const invoiceId of [A, B]) {
      expect(await desk.claim('A4', invoiceId)).toMatchObject({ state: 'skipped', skipReason: 'no-usable-contact' });
    }
    const both = await Promise.all([A, B].map((invoiceId) => desk.history(invoiceId)));
    const marked = both.flat().filter(({ type }) => type === 'ContactMarked');
    expect(marked).toMatchObject([{ actor: 'anne', data: { mark: 'wrong', channel: 'letter' } }]);
  });

  it.each([
    { result: 'wrong-contact', note: 'No such street.' } as const,
    { result: 'posted', postedOn: '2026-02-17' } as const,
  ])('about as many invoices as it can name has an outcome that fits one transaction: $result', async (outcome) => {
    for (let number = 1; number <= 18; number += 1) await desk.registerSibling(`INV-${number}`);
    const letter = await letterOf('A4');
    expect(letter.invoiceIds).toHaveLength(20);
    const commit = desk.ledger.commit.bind(desk.ledger);
    desk.ledger.commit = (change) => {
      changeTransaction({ ledgerTable: 'ledger', historyTable: 'history' }, change);
      return commit(change);
    };
    expect(await desk.report(letter.taskId, outcome)).toMatchObject({ task: { outcome: outcome.result } });
  });

  it('cannot be to a wrong address once it is posted', async () => {
    const { taskId } = await letterOf('B1');
    await desk.report(taskId, { result: 'posted', postedOn: desk.now.slice(0, 10), trackingNumber: 'RK 1' });
    expect(await desk.report(taskId, { result: 'wrong-contact' })).toMatchObject({ refused: { pointer: '/result' } });
  });

  it('needs the tracking number when it is registered, and stays on the list until its receipt is reported', async () => {
    const { taskId } = await letterOf('B1');
    const postedOn = desk.now.slice(0, 10);
    expect(await desk.report(taskId, { result: 'posted', postedOn })).toMatchObject({
      refused: { pointer: '/trackingNumber' },
    });
    const posted = await desk.report(taskId, { result: 'posted', postedOn, trackingNumber: 'RK 1' });
    expect(posted).toMatchObject({ task: { state: 'open', postedOn, trackingNumber: 'RK 1' } });
    expect(await desk.claim('B1', B)).toMatchObject({ state: 'sent', postedOn, trackingNumber: 'RK 1' });
    const twice = await desk.report(taskId, { result: 'posted', postedOn, trackingNumber: 'RK 2' });
    expect(twice).toMatchObject({ refused: { pointer: '/result' } });
    const early = await desk.report(taskId, { result: 'received', receivedOn: '2026-02-01' });
    expect(early).toMatchObject({ refused: { pointer: '/receivedOn' } });
    const received = { result: 'received', receivedOn: '2026-02-26' } as const;
    expect(await desk.report(taskId, received, '2026-02-27T09:00:00Z')).toMatchObject({ task: { state: 'done' } });
    expect(await desk.claim('B1', B)).toMatchObject({ state: 'sent', postedOn, receivedOn: '2026-02-26' });
    expect((await desk.history(B)).slice(-2)).toMatchObject([
      { type: 'LetterReceived', data: { stepId: 'B1', receivedOn: '2026-02-26' } },
      { type: 'TaskClosed', data: { outcome: 'received' } },
    ]);
  });

  it('is withdrawn when an invoice it names is paid: the others get one of their own on the next open day', async () => {
    const { taskId } = await letterOf('A4');
    await desk.payInvoice(B);
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
    expect(await desk.claim('A4', B)).toMatchObject({ state: 'skipped', skipReason: 'case-settled' });
    expect(await desk.claim('A4', A)).toMatchObject({ state: 'released' });
    const letters = async () => (await desk.openTasks()).filter(({ kind }) => kind === 'letter');
    await desk.runUntil(`${desk.now.slice(0, 10)}T22:00:00Z`);
    expect(await letters()).toEqual([]);
    await desk.runUntil('2026-02-18T22:00:00Z');
    const again = await letters();
    expect(again.map(({ invoiceIds, dueOn }) => [invoiceIds, dueOn])).toEqual([[[A], '2026-02-18']]);
    expect(again[0]?.taskId).not.toBe(taskId);
    expect(again[0]?.documentKey).not.toBe((await desk.ledger.loadTask(taskId))?.documentKey);
  });

  it('is withdrawn whoever of them pays: the rest goes on together', async () => {
    await desk.registerSibling('INV-C');
    const { taskId, step } = await letterOf('A4');
    await desk.payInvoice(step!.invoiceId);
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ outcome: 'withdrawn' });
    await desk.runUntil('2026-02-18T22:00:00Z');
    const again = (await desk.openTasks()).filter(({ kind }) => kind === 'letter');
    expect(again.map(({ invoiceIds }) => invoiceIds.length)).toEqual([2]);
  });

  it('that was posted while it was withdrawn is taken as posted, and no other is made', async () => {
    const { taskId } = await letterOf('A4');
    await desk.payPart(B, { amountMinor: 20_000, transactionId: 'BK-1' });
    expect(await desk.claim('A4', A)).toMatchObject({ state: 'released', taskId });
    const posted = { result: 'posted', postedOn: '2026-02-17' } as const;
    expect(await desk.report(taskId, posted)).toMatchObject({ task: { state: 'done', outcome: 'posted' } });
    for (const invoiceId of [A, B]) {
      expect(await desk.claim('A4', invoiceId)).toMatchObject({ state: 'sent', postedOn: '2026-02-17' });
    }
    expect(await desk.report(taskId, posted)).toMatchObject({ conflict: expect.stringContaining('done already') });
    await desk.runUntil('2026-02-18T22:00:00Z');
    expect((await desk.openTasks()).filter(({ kind }) => kind === 'letter')).toEqual([]);
  });

  it('that was withdrawn is posted no more once another was posted, or all of it is paid', async () => {
    const { taskId } = await letterOf('A4');
    await desk.payInvoice(B);
    await desk.runUntil('2026-02-18T22:00:00Z');
    const posted = { result: 'posted', postedOn: '2026-02-18' } as const;
    const again = (await desk.openTasks()).find(({ kind }) => kind === 'letter')!;
    await desk.report(again.taskId, posted);
    expect(await desk.report(taskId, posted)).toMatchObject({ conflict: expect.stringContaining('done already') });
    await desk.payInvoice(A);
    expect(await desk.report(taskId, posted)).toMatchObject({ conflict: expect.stringContaining('is open any more') });
  });

  it('that was posted while it was withdrawn has its receipt reported, about what is not paid', async () => {
    const { taskId } = await letterOf('B1');
    await desk.payInvoice(B);
    const postedOn = desk.now.slice(0, 10);
    const posted = await desk.report(taskId, { result: 'posted', postedOn, trackingNumber: 'RK1' });
    expect(posted).toMatchObject({ task: { state: 'open', postedOn, invoiceIds: [A] } });
    expect((await desk.ledger.loadCaseFile(A))!.dunningCase.openTaskIds).toContain(taskId);
    await desk.report(taskId, { result: 'received', receivedOn: postedOn });
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'received' });
    expect(await desk.claim('B1')).toMatchObject({ state: 'sent', receivedOn: postedOn });
  });

  it('can be read while it is to be posted, and not once it is withdrawn', async () => {
    const { taskId, documentKey } = await letterOf('A4');
    const pdf = new Uint8Array([37, 80, 68, 70]);
    const read = async (key: string) => (key === documentKey ? pdf : null);
    expect(await loadLetter(desk.ledger, read, taskId)).toEqual(pdf);
    await desk.payInvoice(B);
    expect(await loadLetter(desk.ledger, read, taskId)).toBeNull();
    expect(await loadLetter(desk.ledger, read, 'letter-unknown')).toBeNull();
  });

  it('that is posted stays so when an invoice it names is paid: only the receipt is asked for the rest', async () => {
    const { taskId } = await letterOf('B1');
    const postedOn = desk.now.slice(0, 10);
    await desk.report(taskId, { result: 'posted', postedOn, trackingNumber: 'RK1' });
    await desk.payInvoice(B);
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'open', invoiceIds: [A] });
    await desk.payInvoice(A);
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'case-settled' });
  });

  it('is not written when an invoice is paid while it is being printed', async () => {
    const at = await desk.climbTo('A4');
    desk.provider.duringSend = async () => {
      desk.provider.duringSend = async () => undefined;
      desk.now = at;
      await desk.payInvoice(B);
    };
    await desk.runUntil('2026-02-18T22:00:00Z');
    const letters = (await desk.openTasks()).filter(({ kind }) => kind === 'letter');
    expect(letters.map(({ invoiceIds }) => invoiceIds)).toEqual([[A]]);
    expect(await desk.claim('A4', B)).not.toMatchObject({ state: 'assigned' });
  });
});
