import { beforeEach, describe, expect, it } from 'vitest';
import { applyPayment } from '../../lib/app/apply-payment.ts';
import { viewCase } from '../../lib/app/view-case.ts';
import { aCredit, aReachableCustomer } from '../support/builders.ts';
import { CaseCommands } from '../support/case-commands.ts';
import { Desk } from '../support/desk.ts';

const A = 'INV-2026-0042';

describe('a direct debit in flight', () => {
  let desk: Desk;
  let commands: CaseCommands;

  beforeEach(async () => {
    desk = new Desk();
    commands = new CaseCommands(desk);
    await desk.register({ customer: aReachableCustomer() });
    // A1 left on Tuesday 3 February.
    await desk.runUntil('2026-02-04T11:00:00Z');
  });

  const collect = (until: string, fields: object = {}) =>
    commands.block(until, { cause: 'direct-debit', reason: 'SEPA run 7', ...fields });
  const theCase = async () => (await desk.ledger.loadCaseFile(A))!.dunningCase;
  const served = () => [...desk.departures, ...desk.assigned].length;

  it('keeps everything back until the money can be there: two open days after its collection', async () => {
    const before = served();
    // Friday 13 March; Tuesday the 17th is the second open day after it.
    expect(await collect('2026-03-13')).toEqual({ invoiceId: A, wasThere: false });
    const dates = { until: '2026-03-17', cause: 'direct-debit', collectedOn: '2026-03-13' } as const;
    expect(await theCase()).toMatchObject({ standing: 'blocked', block: { ...dates, reason: 'SEPA run 7' } });
    expect((await desk.history()).at(-1)).toMatchObject({ type: 'CaseBlocked', actor: 'anne', data: dates });
    expect(await viewCase(desk.planning, A, desk.now)).toMatchObject({
      nextStep: {
        ...{ stepId: 'review', channel: 'review' },
        why: 'direct debit of 2026-03-13 in flight through 2026-03-17; looked at again on the day after',
      },
    });
    await desk.runUntil('2026-03-17T22:59:59Z');
    expect(served()).toBe(before);
  });

  it('that brought nothing is over by itself, and dunning goes on at the level it had reached', async () => {
    await collect('2026-03-13');
    await desk.runUntil('2026-03-18T20:00:00Z');
    expect(await theCase()).toMatchObject({ standing: 'open', block: null });
    expect(desk.assigned.map(({ stepId }) => stepId)).toEqual(['A2']);
    expect(desk.departures.map(({ stepId }) => stepId)).toEqual(['P1', 'A1']);
  });

  it('that was paid settles the case, and one that is rejected opens it again', async () => {
    await collect('2026-03-13');
    await desk.runUntil('2026-03-16T11:00:00Z');
    await desk.pay(120_000);
    expect(await theCase()).toMatchObject({ standing: 'settled', block: null });
    const rejected = { kind: 'return', transactionId: 'RT-1', returnsTransactionId: 'BK-120000' } as const;
    await applyPayment(desk.planning, aCredit({ ...rejected, bookedOn: '2026-03-16', receivedAt: desk.now }));
    expect(await theCase()).toMatchObject({ standing: 'open', cycle: 2, block: null });
  });

  it('is told once, and moved by another collection', async () => {
    await collect('2026-03-13');
    expect(await collect('2026-03-13')).toEqual({ invoiceId: A, wasThere: true });
    expect(await commands.block('2026-03-13', { reason: 'SEPA run 7' })).toMatchObject({ wasThere: false });
    expect(await theCase()).toMatchObject({ block: { until: '2026-03-13' } });
    expect((await theCase()).block).not.toHaveProperty('cause');
    await collect('2026-04-02');
    // The Friday after is Good Friday, which is no holiday of the region; Monday the 6th is Easter Monday.
    expect(await theCase()).toMatchObject({ block: { until: '2026-04-07', collectedOn: '2026-04-02' } });
  });

  it('is refused when it was collected before today', async () => {
    expect(await collect('2026-02-03')).toMatchObject({ refused: { pointer: '/until' } });
  });
});
