import { describe, expect, it } from 'vitest';
import { passedCalls } from '../../../lib/domain/plan/passed-calls.ts';
import type { StepClaim } from '../../../lib/domain/step-claim.ts';
import { aClaim, planFacts } from '../../support/case-builders.ts';

const AT = '2026-02-05T09:00:00Z';
const call = aClaim({ stepId: 'A2', at: AT, state: 'assigned', taskId: 'T-1' });
const later = (state: StepClaim['state'], stepId = 'A3') => aClaim({ stepId, at: AT, state });

describe('a call on the list', () => {
  it.each([
    ['sent', later('sent')],
    ['in a person’s hands', later('assigned', 'A4')],
  ])('is passed once a later step is %s', (_how, claim) => {
    expect(passedCalls(planFacts({ claims: [call, claim] }))).toEqual([call]);
  });

  it.each([
    ['none is', []],
    ['it is on its way', [later('reserved')]],
    ['it was put off', [later('released')]],
    ['it never will be', [later('skipped')]],
    ['only an earlier one was', [later('sent', 'A1')]],
  ])('is not passed while %s', (_why, claims) => {
    expect(passedCalls(planFacts({ claims: [call, ...claims] }))).toEqual([]);
  });

  it('that was made is left as it is, and so is what is no call', () => {
    const made = { ...call, state: 'sent' as const };
    const letter = aClaim({ stepId: 'A4', at: AT, state: 'assigned' });
    expect(passedCalls(planFacts({ claims: [made, letter, later('sent', 'B1')] }))).toEqual([]);
  });
});
