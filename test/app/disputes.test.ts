import { beforeEach, describe, expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { viewCase } from '../../lib/app/view-case.ts';
import { caseView } from '../../lib/contracts/case-view.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';
const EUR = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

/** A desk on Wednesday 4 February 2026: A1 left on Tuesday, A2 is due on Thursday; 1 200.00 EUR are owed. */
async function aDesk(siblings: readonly string[] = []) {
  const desk = new Desk();
  await desk.register({ customer: aReachableCustomer() });
  for (const invoiceId of siblings) await desk.registerSibling(invoiceId);
  await desk.runUntil('2026-02-04T11:00:00Z');
  return {
    desk,
    commands: new CaseCommands(desk),
    theCase: async (invoiceId = A) => (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase,
    served: () => [...desk.departures, ...desk.assigned].map(({ stepId, at }) => [stepId, at.slice(0, 10)]),
    last: async (type: string) => (await desk.history()).findLast((entry) => entry.type === type),
    kinds: async () => (await desk.openTasks()).map(({ kind }) => kind).toSorted(),
    step: async () => (await desk.plan(desk.now)).step,
  };
}

type World = Awaited<ReturnType<typeof aDesk>>;

describe('a dispute about the whole of an invoice', () => {
  let world: World;

  beforeEach(async () => {
    world = await aDesk();
  });

  it('is confirmed at once, has its proof put together, and keeps every notice back', async () => {
    const { desk, commands, theCase, served, step } = world;
    expect(await commands.dispute(undefined, { note: 'half of it is broken' })).toEqual({
      invoiceId: A,
      wasThere: false,
    });
    expect(await theCase()).toMatchObject({
      ...{ standing: 'disputed', lastAnsweredOn: '2026-02-04', hold: null },
      disputes: [
        {
          ...{ disputeId: '1', category: 'quality', amountMinor: null, openedOn: '2026-02-04', state: 'open' },
          // Ten open days after Wednesday the 4th.
          ...{ wasAskedBefore: true, ownerEmail: 'paul@vendeur.example', reviewOn: '2026-02-18' },
        },
      ],
      remarks: [{ type: 'DisputeOpened', reason: 'half of it is broken', actor: 'anne' }],
    });
    expect(await desk.taskOf('dispute')).toMatchObject({
      ...{ owner: 'paul@vendeur.example', dueOn: '2026-02-06', invoiceIds: [A] },
      reason: expect.stringContaining('contract, order, signed delivery note, invoice'),
    });
    await desk.runUntil(desk.now);
    expect(desk.departures.at(-1)).toMatchObject({
      ...{ stepId: 'confirmation-1', template: 'dispute-confirmation', at: '2026-02-04T11:00:00Z' },
      facts: { confirms: { result: 'dispute', category: 'quality', amountMinor: null } },
    });
    const before = served().length;
    expect(await step()).toEqual({
      ...{ stepId: 'review', level: 'level1', lane: 'dispute', channel: 'review', at: '2026-02-17T23:00:00Z' },
    });
    await desk.runUntil('2026-12-31T00:00:00Z');
    expect(served()).toHaveLength(before);
    expect(JSON.stringify(await desk.history())).not.toContain('broken');
  });

  it('is brought up once with its owner, then with the owner of the tasks, who has it once at a time', async () => {
    const { desk, commands, theCase, step, last, kinds } = world;
    await commands.dispute();
    await desk.runUntil('2026-02-17T22:59:59Z');
    expect(await kinds()).toEqual(['dispute']);
    await desk.runUntil('2026-02-18T08:00:00Z');
    expect(await theCase()).toMatchObject({ disputes: [{ remindedOn: '2026-02-18', escalatedOn: null }] });
    expect(await last('DisputeReviewed')).toMatchObject({
      actor: 'relance',
      data: { disputeId: '1', openedOn: '2026-02-04' },
    });
    expect(await kinds()).toEqual(['dispute', 'dispute']);
    // Five open days after Wednesday the 18th.
    expect(await step()).toMatchObject({ lane: 'dispute', channel: 'review', at: '2026-02-24T23:00:00Z' });
    await desk.runUntil('2026-02-25T08:00:00Z');
    expect(await theCase()).toMatchObject({ disputes: [{ escalatedOn: '2026-02-25' }] });
    expect(await desk.taskOf('attention')).toMatchObject({ owner: 'compta@vendeur.example', dueOn: '2026-02-25' });
    // Five more, and so on.
    expect(await step()).toMatchObject({ lane: 'dispute', channel: 'review', at: '2026-03-03T23:00:00Z' });
    await desk.runUntil('2026-11-30T00:00:00Z');
    expect(await kinds()).toEqual(['attention', 'dispute', 'dispute']);
    expect(await theCase()).toMatchObject({ disputes: [{ escalatedOn: '2026-02-25' }] });
  });

  it('is escalated again and again while all of its work is said to be done and nobody settles it', async () => {
    const { desk, commands, theCase, kinds } = world;
    await commands.dispute();
    await desk.runUntil('2026-02-25T08:00:00Z');
    for (const escalatedOn of ['2026-03-04', '2026-03-11', '2026-03-18']) {
      for (const { taskId } of await desk.openTasks()) await desk.report(taskId, { result: 'done' });
      expect(await kinds()).toEqual([]);
      await desk.runUntil(`${escalatedOn}T08:00:00Z`);
      expect(await kinds()).toEqual(['attention']);
      expect(await theCase()).toMatchObject({ disputes: [{ escalatedOn }] });
    }
    const told = (await desk.historyTypes()).filter((type) => type === 'DisputeEscalated');
    expect(told).toHaveLength(4);
    await commands.resolve('rejected');
    expect(await kinds()).toEqual([]);
  });

  it('is escalated at its next turn when that is said after one has passed', async () => {
    const { desk, commands, kinds } = world;
    await commands.dispute();
    await desk.runUntil('2026-03-05T08:00:00Z');
    for (const { taskId } of await desk.openTasks()) await desk.report(taskId, { result: 'done' });
    await desk.runUntil('2026-03-10T22:59:59Z');
    expect(await kinds()).toEqual([]);
    await desk.runUntil('2026-03-11T08:00:00Z');
    expect(await kinds()).toEqual(['attention']);
  });

  it('is escalated again once it is open again because the payment of its invoice was taken back', async () => {
    const { desk, commands, theCase, kinds } = world;
    await commands.dispute();
    await desk.runUntil('2026-02-25T08:00:00Z');
    await desk.payInvoice(A);
    const returned = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: `PAY-${A}` } as const;
    const on = { bookedOn: '2026-02-25', valueOn: '2026-02-25', receivedAt: desk.now };
    await applyPayment(desk.planning, aCredit({ ...returned, ...on, amountMinor: 120_000 }));
    for (const { taskId } of await desk.openTasks()) await desk.report(taskId, { result: 'done' });
    expect(await theCase()).toMatchObject({ standing: 'disputed', cycle: 2 });
    await desk.runUntil('2026-03-04T08:00:00Z');
    expect(await kinds()).toEqual(['attention']);
  });

  it('is looked at once however often that is asked', async () => {
    const { desk, commands, theCase } = world;
    await commands.dispute();
    await desk.runUntil(desk.now);
    const { planRevision } = await theCase();
    expect(await desk.review('2026-02-10T08:00:00Z', planRevision)).toMatchObject({ outcome: 'nothing-due' });
    expect(await desk.review('2026-02-18T08:00:00Z', planRevision)).toMatchObject({
      ...{ outcome: 'dispute-reviewed', step: { lane: 'dispute', at: '2026-02-24T23:00:00Z' } },
    });
    const entries = await desk.historyTypes();
    expect(await desk.review('2026-02-18T08:00:00Z', planRevision)).toMatchObject({ outcome: 'nothing-due' });
    expect(await desk.historyTypes()).toEqual(entries);
    expect((await theCase()).planRevision).toBe(planRevision);
  });

  it('is upheld: all that is owed is credited, the case is settled, and its work is off the list', async () => {
    const { desk, commands, theCase, last, kinds } = world;
    await commands.dispute();
    await desk.runUntil('2026-02-18T08:00:00Z');
    expect(await commands.resolve('upheld')).toEqual({ invoiceId: A, wasThere: false });
    expect(await theCase()).toMatchObject({
      ...{ standing: 'settled', creditedMinor: 120_000, openTaskIds: [] },
      disputes: [{ state: 'upheld', resolvedOn: '2026-02-18', creditedMinor: 120_000 }],
    });
    expect(await last('DisputeResolved')).toMatchObject({
      actor: 'anne',
      data: {
        ...{ disputeId: '1', category: 'quality', amount: null, outcome: 'upheld' },
        credited: { amount: '1200.00', currency: 'EUR' },
      },
    });
    expect(await last('CreditNoteApplied')).toMatchObject({ data: { creditNoteId: 'dispute-1' } });
    expect((await desk.historyTypes()).filter((type) => type === 'DisputeResolved')).toHaveLength(1);
    expect(await kinds()).toEqual([]);
  });

  it('is upheld but for a rest too small to chase: the case is settled, and its work is off the list', async () => {
    const { commands, theCase, kinds } = world;
    await commands.dispute();
    await commands.resolve('upheld', { credited: EUR(119_950) });
    expect(await theCase()).toMatchObject({ standing: 'settled', creditedMinor: 119_950, writtenOffMinor: 50 });
    expect(await kinds()).toEqual([]);
  });

  it('is upheld in part: the rest is dunned on with the next step, at once', async () => {
    const { desk, commands, theCase, served, kinds } = world;
    await commands.dispute();
    await desk.runUntil('2026-02-11T10:00:00Z');
    await commands.resolve('upheld', { credited: EUR(50_000) });
    expect(await theCase()).toMatchObject({ standing: 'open', creditedMinor: 50_000, hold: null, openTaskIds: [] });
    await desk.runUntil('2026-02-11T20:00:00Z');
    expect(served().at(-1)).toEqual(['A2', '2026-02-11']);
    expect(await kinds()).toEqual(['call']);
  });

  it('is rejected: told in writing at once, and the next step follows after the days of grace', async () => {
    const { desk, commands, theCase, served, kinds } = world;
    await commands.dispute();
    await desk.runUntil('2026-02-11T10:00:00Z');
    expect(await commands.resolve('rejected', { note: 'the delivery note is signed' })).toMatchObject({
      wasThere: false,
    });
    // Three open days after Wednesday the 11th.
    expect(await theCase()).toMatchObject({
      ...{ standing: 'open', creditedMinor: 0, openTaskIds: [] },
      hold: { reason: 'dispute-rejected', since: '2026-02-11', until: '2026-02-16' },
      disputes: [{ state: 'rejected', resolvedOn: '2026-02-11', creditedMinor: 0 }],
    });
    await desk.runUntil(desk.now);
    expect(desk.departures.at(-1)).toMatchObject({
      template: 'dispute-rejected-confirmation',
      facts: { confirms: { result: 'dispute-rejected', category: 'quality' } },
    });
    await desk.runUntil('2026-02-16T22:00:00Z');
    expect(served().at(-1)).toEqual(['confirmation-2', '2026-02-11']);
    await desk.runUntil('2026-02-17T20:00:00Z');
    expect(served().at(-1)).toEqual(['A2', '2026-02-17']);
    expect(await kinds()).toEqual(['call']);
  });

  it('is settled: what is credited and what is left are told in writing, and the rest is dunned on after the grace', async () => {
    const { desk, commands, theCase, served } = world;
    await commands.dispute();
    await desk.runUntil('2026-02-11T10:00:00Z');
    await commands.resolve('settled', { credited: EUR(20_000) });
    expect(await theCase()).toMatchObject({
      ...{ standing: 'open', creditedMinor: 20_000, hold: { reason: 'dispute-settled', until: '2026-02-16' } },
      disputes: [{ state: 'settled', creditedMinor: 20_000 }],
    });
    await desk.runUntil(desk.now);
    expect(desk.departures.at(-1)).toMatchObject({
      template: 'dispute-settled-confirmation',
      facts: { confirms: { amountMinor: 20_000 }, invoices: [{ outstandingMinor: 100_000 }] },
    });
    await desk.runUntil('2026-02-17T20:00:00Z');
    expect(served().at(-1)).toEqual(['A2', '2026-02-17']);
  });

  it('is settled by crediting all of it: nothing is left to say or to wait for', async () => {
    const { commands, theCase } = world;
    await commands.dispute();
    await commands.resolve('settled', { credited: EUR(120_000) });
    const { confirmations, ...settled } = await theCase();
    expect(settled).toMatchObject({ standing: 'settled', hold: null, disputes: [{ state: 'settled' }] });
    expect(confirmations.map(({ template }) => template)).toEqual(['dispute-confirmation']);
  });

  it('is settled without a credit note', async () => {
    const { commands, theCase } = world;
    await commands.dispute();
    expect(await commands.resolve('settled', { credited: EUR(0) })).toMatchObject({ wasThere: false });
    expect(await theCase()).toMatchObject({ standing: 'open', creditedMinor: 0, disputes: [{ state: 'settled' }] });
  });

  it('is over when the invoice is paid, and nobody found it founded or not', async () => {
    const { desk, commands, theCase, last } = world;
    await commands.dispute();
    await desk.runUntil('2026-02-10T10:00:00Z');
    await desk.payInvoice(A);
    expect(await theCase()).toMatchObject({
      ...{ standing: 'settled', openTaskIds: [], disputes: [{ state: 'settled', resolvedOn: expect.any(String) }] },
    });
    expect(await last('DisputeResolved')).toMatchObject({
      ...{ actor: 'relance', data: { outcome: 'settled', reason: 'case-settled' } },
    });
    const { closedInvoices } = (await desk.ledger.loadCustomer('C-100'))!;
    expect(closedInvoices).toMatchObject([{ invoiceId: A, disputes: 1, disputesUnfounded: 0 }]);
  });

  it('that was rejected counts as unfounded once the invoice is paid', async () => {
    const { desk, commands } = world;
    await commands.dispute();
    await commands.resolve('rejected');
    await desk.payInvoice(A);
    const { closedInvoices } = (await desk.ledger.loadCustomer('C-100'))!;
    expect(closedInvoices).toMatchObject([{ invoiceId: A, disputes: 1, disputesUnfounded: 1 }]);
  });

  it('is over when the invoice is written off', async () => {
    const { commands, theCase, last } = world;
    await commands.dispute();
    await commands.writeOff();
    expect(await theCase()).toMatchObject({ standing: 'written-off', disputes: [{ state: 'settled' }] });
    expect(await last('DisputeResolved')).toMatchObject({ data: { reason: 'case-closed' } });
  });

  it('overtakes a promise, which is judged by what came so far', async () => {
    const { desk, commands, theCase, last } = world;
    await commands.promise('2026-02-18', 70_000);
    await desk.payPart(A, { amountMinor: 30_000, transactionId: 'BK-1' });
    await commands.dispute();
    expect(await theCase()).toMatchObject({ standing: 'disputed', hold: null, promises: [{ state: 'partly-kept' }] });
    expect(await last('PromisePartlyKept')).toMatchObject({ data: { reason: 'overtaken' } });
  });

  it('takes the call that lies on the list back', async () => {
    const { desk, commands } = world;
    await desk.runUntil('2026-02-05T12:00:00Z');
    const { taskId } = await desk.taskOf('call');
    await commands.dispute();
    expect(await desk.ledger.loadTask(taskId)).toMatchObject({ state: 'done', outcome: 'withdrawn' });
  });

  it('stands behind a block, and its clock goes on', async () => {
    const { desk, commands, theCase, step } = world;
    await commands.dispute();
    await commands.block(null);
    expect(await step()).toMatchObject({ lane: 'block', channel: 'review' });
    await desk.runUntil('2026-02-18T10:00:00Z');
    expect(await theCase()).toMatchObject({ standing: 'blocked', disputes: [{ remindedOn: '2026-02-18' }] });
    await commands.unblock();
    expect(await theCase()).toMatchObject({ standing: 'disputed' });
    await commands.block(null);
    await commands.resolve('rejected');
    expect(await theCase()).toMatchObject({ standing: 'blocked' });
  });

  it('told twice is taken once', async () => {
    const { desk, commands } = world;
    await commands.dispute();
    const entries = await desk.historyTypes();
    expect(await commands.dispute()).toEqual({ invoiceId: A, wasThere: true });
    expect(await commands.dispute(120_000)).toEqual({ invoiceId: A, wasThere: true });
    expect(await desk.historyTypes()).toEqual(entries);
    expect(await commands.dispute(10_000)).toHaveProperty('conflict');
    expect(await commands.dispute(undefined, { category: 'price' })).toHaveProperty('conflict');
  });

  it('ends once', async () => {
    const { desk, commands } = world;
    await commands.dispute();
    await commands.resolve('rejected');
    const entries = await desk.historyTypes();
    expect(await commands.resolve('rejected')).toEqual({ invoiceId: A, wasThere: true });
    expect(await commands.resolve('upheld')).toEqual({
      conflict: 'Dispute 1 was rejected on 2026-02-04; nothing was changed.',
    });
    expect(await desk.historyTypes()).toEqual(entries);
    expect(await commands.resolve('upheld', { disputeId: '2' })).toEqual({
      notFound: `There is no dispute 2 about invoice ${A}.`,
    });
    // What was rejected can be raised again.
    expect(await commands.dispute()).toEqual({ invoiceId: A, wasThere: false });
  });

  it('is refused with what does not suit the case', async () => {
    const { desk, commands } = world;
    const refused = (pointer: string) => ({ refused: { pointer, detail: expect.any(String) } });
    expect(await commands.dispute(120_001)).toEqual(refused('/amount/amount'));
    expect(await commands.dispute(undefined, { amount: { amountMinor: 1, currency: 'USD' } })).toEqual(
      refused('/amount/currency'),
    );
    expect(await commands.dispute(undefined, { reviewOn: '2026-02-03' })).toEqual(refused('/reviewOn'));
    // 180 days are 3 August.
    expect(await commands.dispute(undefined, { reviewOn: '2026-08-04' })).toEqual(refused('/reviewOn'));
    expect(await commands.dispute(undefined, { invoiceId: 'nobody' })).toBe('unknown-case');
    expect(await commands.resolve('upheld', { invoiceId: 'nobody' })).toBe('unknown-case');
    await commands.dispute();
    expect(await commands.resolve('upheld', { credited: EUR(120_001) })).toEqual(refused('/credited/amount'));
    expect(await commands.resolve('upheld', { credited: EUR(0) })).toEqual(refused('/credited/amount'));
    expect(await commands.resolve('rejected', { credited: EUR(1) })).toEqual(refused('/credited/amount'));
    const dollars = { amountMinor: 1, currency: 'USD' };
    expect(await commands.resolve('settled', { credited: dollars })).toEqual(refused('/credited/currency'));
    await desk.payInvoice(A);
    expect(await commands.dispute()).toHaveProperty('conflict');
  });

  it('is refused its credit note when the billing system used that id', async () => {
    const { commands, theCase } = world;
    await commands.credit(10_000, { creditNoteId: 'dispute-1' });
    await commands.dispute();
    expect(await commands.resolve('upheld')).toEqual({
      conflict: 'Credit note dispute-1 was taken before; nothing was changed.',
    });
    expect(await theCase()).toMatchObject({ disputes: [{ state: 'open' }] });
  });
});

describe('a dispute about a part of an invoice', () => {
  let world: World;

  beforeEach(async () => {
    world = await aDesk();
  });

  it('leaves the rest to be dunned on, and says what is contested', async () => {
    const { desk, commands, theCase, served, last } = world;
    await commands.dispute(30_000);
    expect(await theCase()).toMatchObject({ standing: 'open', disputes: [{ amountMinor: 30_000 }] });
    expect(await last('DisputeOpened')).toMatchObject({ data: { amount: { amount: '300.00', currency: 'EUR' } } });
    await desk.runUntil('2026-02-13T20:00:00Z');
    expect(served().map(([stepId]) => stepId)).toEqual(['P1', 'A1', 'confirmation-1', 'A3', 'A2']);
    const notice = desk.departures.at(-1);
    expect(notice).toMatchObject({ facts: { invoices: [{ outstandingMinor: 90_000, disputedMinor: 30_000 }] } });
  });

  it('has its owner reminded between two notices, in the lane of the level it has reached', async () => {
    const { desk, commands, theCase } = world;
    await commands.dispute(30_000, { reviewOn: '2026-02-09' });
    await desk.runUntil('2026-02-06T10:00:00Z');
    const { step } = await desk.plan(desk.now);
    expect(step).toEqual({
      ...{ stepId: 'review', level: 'level1', lane: 'level1', channel: 'review', at: '2026-02-08T23:00:00Z' },
    });
    // What people are shown is the next notice.
    const view = caseView({ ...(await viewCase(desk.planning, A, desk.now))!, execution: null });
    expect(view).toMatchObject({
      ...{ standing: 'open', nextStep: { stepId: 'A3' } },
      disputes: [
        {
          ...{
            disputeId: '1',
            category: 'quality',
            amount: { amount: '300.00', currency: 'EUR' },
            openedOn: '2026-02-04',
          },
          ...{ wasAskedBefore: true, ownerEmail: 'paul@vendeur.example', reviewOn: '2026-02-09', state: 'open' },
          ...{ resolvedOn: null, credited: null },
        },
      ],
    });
    await desk.runUntil('2026-02-09T10:00:00Z');
    expect(await theCase()).toMatchObject({ disputes: [{ remindedOn: '2026-02-09' }] });
    expect((await desk.plan(desk.now)).step).toMatchObject({ stepId: 'A3' });
  });

  it('waits as a whole one would once the rest is paid', async () => {
    const { desk, commands, theCase, served, step } = world;
    await commands.dispute(30_000);
    await desk.runUntil('2026-02-04T12:00:00Z');
    const before = served().length;
    await desk.payPart(A, { amountMinor: 90_000, transactionId: 'BK-1' });
    expect(await theCase()).toMatchObject({ standing: 'disputed' });
    expect(await step()).toMatchObject({ lane: 'dispute', channel: 'review' });
    await desk.runUntil('2026-12-31T00:00:00Z');
    expect(served()).toHaveLength(before);
    await commands.resolve('upheld');
    expect(await theCase()).toMatchObject({ standing: 'settled', creditedMinor: 30_000 });
  });

  it('is upheld by what is still owed of it', async () => {
    const { desk, commands, theCase } = world;
    await commands.dispute(30_000);
    await desk.payPart(A, { amountMinor: 100_000, transactionId: 'BK-1' });
    await commands.resolve('upheld');
    expect(await theCase()).toMatchObject({ standing: 'settled', creditedMinor: 20_000 });
  });

  it('overtakes a promise when it contests all that was left', async () => {
    const { commands, theCase } = world;
    await commands.promise('2026-02-18', 90_000);
    await commands.dispute(30_000);
    await commands.dispute(90_000, { category: 'price' });
    expect(await theCase()).toMatchObject({ standing: 'disputed', hold: null, promises: [{ state: 'broken' }] });
  });

  it('leaves a promise about the rest standing', async () => {
    const { commands, theCase } = world;
    await commands.promise('2026-02-18', 90_000);
    await commands.dispute(30_000);
    expect(await theCase()).toMatchObject({ standing: 'promised', promises: [{ state: 'open' }] });
  });

  it('counts with the others: together they are never more than is owed', async () => {
    const { commands, theCase } = world;
    await commands.dispute(50_000);
    expect(await commands.dispute(50_000)).toEqual({ invoiceId: A, wasThere: true });
    expect(await commands.dispute(70_001, { category: 'price' })).toEqual({
      refused: {
        pointer: '/amount/amount',
        detail: 'must be at most 700.00, which is what is owed and not contested yet',
      },
    });
    expect(await commands.dispute(undefined, { category: 'price' })).toMatchObject({ refused: { pointer: '/amount' } });
    expect(await commands.dispute(70_000, { category: 'price' })).toEqual({ invoiceId: A, wasThere: false });
    expect(await theCase()).toMatchObject({
      standing: 'disputed',
      disputes: [{}, { disputeId: '2', amountMinor: 70_000 }],
    });
    await commands.resolve('rejected', { disputeId: '2' });
    expect(await theCase()).toMatchObject({ standing: 'open', disputes: [{ state: 'open' }, { state: 'rejected' }] });
  });

  it('is below the threshold of a step by what is not contested', async () => {
    const { desk, commands, served } = world;
    await commands.dispute(119_000);
    await desk.runUntil('2026-02-10T20:00:00Z');
    expect(served().map(([stepId]) => stepId)).not.toContain('A2');
    expect(await desk.claim('A2')).toMatchObject({ state: 'skipped', skipReason: 'amount-below-threshold' });
  });
});

describe('a dispute told on a call', () => {
  it('does to each invoice what one recorded by hand does', async () => {
    const { desk, theCase, kinds } = await aDesk(['INV-Z']);
    await desk.runUntil('2026-02-05T12:00:00Z');
    const { taskId, invoiceIds } = await desk.taskOf('call');
    await desk.report(taskId, { result: 'dispute', category: 'price', reviewOn: '2026-03-02', note: 'a discount' });
    const { taskId: proof } = await desk.taskOf('dispute');
    for (const invoiceId of invoiceIds) {
      expect(await theCase(invoiceId)).toMatchObject({
        ...{ standing: 'disputed', hold: null, openTaskIds: [proof] },
        disputes: [{ category: 'price', amountMinor: null, reviewOn: '2026-03-02', taskIds: [proof] }],
      });
    }
    await desk.runUntil(desk.now);
    expect(desk.departures.at(-1)).toMatchObject({ template: 'dispute-confirmation' });
    const commands = new CaseCommands(desk);
    await commands.resolve('upheld');
    expect(await desk.ledger.loadTask(proof)).toMatchObject({ state: 'open', invoiceIds: ['INV-Z'] });
    await commands.resolve('rejected', { invoiceId: 'INV-Z' });
    expect(await desk.ledger.loadTask(proof)).toMatchObject({ state: 'done', outcome: 'dispute-resolved' });
    expect(await kinds()).toEqual([]);
  });

  it('goes to the invoices in their order, and the rest is dunned on', async () => {
    const { desk, theCase } = await aDesk(['INV-Z']);
    await desk.runUntil('2026-02-05T12:00:00Z');
    const { taskId, invoiceIds } = await desk.taskOf('call');
    await desk.report(taskId, { result: 'dispute', category: 'price', amount: EUR(150_000) });
    const [first, second] = await Promise.all(invoiceIds.map((invoiceId) => theCase(invoiceId)));
    expect(first).toMatchObject({ standing: 'disputed', disputes: [{ amountMinor: null }] });
    expect(second).toMatchObject({ standing: 'open', disputes: [{ amountMinor: 30_000 }] });
  });
});
