import type { PolicyRule } from './policy-rule.ts';
import { PROPOSAL } from './sources.ts';

/** PROPOSAL: a ladder longer than this is no practice. */
const STEPS_MAX = 40;

/** A ladder has no more steps than a person can read. */
export const readableLength: PolicyRule = {
  id: 'readable-length',
  source: `${PROPOSAL}: no ladder is longer, and each rule compares every step with every other`,
  check: ({ steps, overlays }) => {
    const added = Object.entries(overlays ?? {}).flatMap(([profile, overlay]) => {
      const count = overlay?.addedSteps?.length;
      return count ? [{ path: ['overlays', profile, 'addedSteps'], count: steps.length + count }] : [];
    });
    return [{ path: ['steps'], count: steps.length }, ...added]
      .filter(({ count }) => count > STEPS_MAX)
      .map(({ path, count }) => ({
        path,
        problem: `${count} steps are more than a debtor should go through`,
        cure: `write ${STEPS_MAX} steps at most`,
      }));
  },
};
