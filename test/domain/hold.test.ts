import { describe, expect, it } from 'vitest';
import { afterLift, type Hold, holdInForce, laterHold, overtaking } from '../../lib/domain/hold.ts';

const promise: Hold = { reason: 'promise', since: '2026-02-05', until: '2026-02-20' };
const grace: Hold = { reason: 'dispute-rejected', since: '2026-02-06', until: '2026-02-19' };
const insolvency: Hold = { reason: 'insolvency', since: '2026-02-07', until: null };

describe('the hold in force', () => {
  it('is that of the case while nothing is known of the debtor', () => {
    expect(holdInForce(promise, null)).toBe(promise);
    expect(holdInForce(null, null)).toBeNull();
  });

  it('is the insolvency of the debtor, whatever was said of the case', () => {
    expect(holdInForce(promise, '2026-02-07')).toEqual(insolvency);
    expect(holdInForce(null, '2026-02-07')).toEqual(insolvency);
  });
});

describe('a hold that is asked for', () => {
  it('is placed when there is none, or one that ends no later', () => {
    expect(laterHold(null, grace)).toBe(grace);
    expect(laterHold(grace, promise)).toBe(promise);
    expect(laterHold(promise, { ...grace, until: promise.until })).toMatchObject({ reason: 'dispute-rejected' });
    expect(laterHold(promise, insolvency)).toBe(insolvency);
  });

  it('never replaces one that ends later, or never', () => {
    expect(laterHold(promise, grace)).toBe(promise);
    expect(laterHold(insolvency, promise)).toBe(insolvency);
  });
});

describe('a hold that a task is to lift', () => {
  const money: Hold = { reason: 'unplaced-payment', since: '2026-02-07', until: null, taskId: 'T-1' };

  it('remembers what ends later of what it overtakes, for when it is lifted', () => {
    const both = overtaking(overtaking(money, grace), { ...grace, reason: 'payment-returned', until: '2026-02-07' });
    expect(both).toEqual({ ...money, overtaken: grace });
    expect(afterLift(both)).toEqual(grace);
    expect(afterLift(money)).toBeNull();
  });

  it('remembers no promise, which its case stands for, nor what is known of the debtor', () => {
    expect(overtaking(money, promise)).toBe(money);
    expect(overtaking(money, insolvency)).toBe(money);
    expect(overtaking(money, null)).toBe(money);
  });
});
