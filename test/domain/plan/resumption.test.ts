import { describe, expect, it } from 'vitest';
import { planNextStep } from '../../../lib/domain/plan/plan-next-step.ts';
import type { Resumption } from '../../../lib/domain/resumption.ts';
import { aCase, aClaim, planFacts } from '../../support/case-builders.ts';

/** What comes next of a case that resumes so on 16 February 2026, and the steps it passes over. */
function resuming(resumesFrom: Resumption) {
  const before = aClaim({ stepId: 'A2', at: '2026-02-05T09:00:00Z' });
  const dunningCase = aCase({ cycle: 2, resumesFrom });
  const plan = planNextStep(planFacts({ dunningCase, claims: [before], at: '2026-02-16T09:00:00Z' }));
  const { skipped = [], next = null } = plan.standing === 'open' ? plan : {};
  return { passed: skipped.map(({ step, reason }) => `${step.stepId} ${reason}`), next: next?.stepId };
}

describe('a case that resumes', () => {
  it('after a step goes on with the one that follows it, although its cycle has no claims yet', () => {
    const { passed, next } = resuming({ level: 'level1', afterStepId: 'A2' });
    expect(passed).toEqual(['P1 step-passed', 'P2 amount-below-threshold', 'A1 step-passed', 'A2 step-passed']);
    expect(next).toBe('A3');
  });

  it('at a level passes over whatever is gentler', () => {
    const { passed, next } = resuming({ level: 'level2', afterStepId: null });
    expect(passed.map((told) => told.slice(0, 2))).toEqual(['P1', 'P2', 'A1', 'A2', 'A3', 'A4']);
    expect(next).toBe('B1');
  });

  it('after a step the ladder does not have any more goes on at its level', () => {
    expect(resuming({ level: 'level2', afterStepId: 'gone' }).next).toBe('B1');
  });
});
