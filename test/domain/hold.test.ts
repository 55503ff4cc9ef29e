import { describe, expect, it } from 'vitest';
import { type Hold, holdInForce, laterHold } from '../../lib/domain/hold.ts';

const promise: Hold = { reason: 'promise', since: '2026-02-05', until: '2026-02-20' };
const dispute: Hold = { reason: 'dispute', since: '2026-02-06', until: '2026-02-19' };
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
    expect(laterHold(null, dispute)).toBe(dispute);
    expect(laterHold(dispute, promise)).toBe(promise);
    expect(laterHold(promise, { ...dispute, until: promise.until })).toMatchObject({ reason: 'dispute' });
    expect(laterHold(promise, insolvency)).toBe(insolvency);
  });

  it('never replaces one that ends later, or never', () => {
    expect(laterHold(promise, dispute)).toBe(promise);
    expect(laterHold(insolvency, promise)).toBe(insolvency);
  });
});
