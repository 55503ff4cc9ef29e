import type { Policy } from '../policy.ts';
import type { Breach, PolicyPath, PolicyRule } from './policy-rule.ts';
import { FORMAT } from './sources.ts';

/** Each step has an id of its own, since it is claimed by it once. */
export const ownStepId: PolicyRule = {
  id: 'own-step-id',
  source: `${FORMAT}: a step is sent at most once, by its id`,
  check: (policy) => {
    const seen = new Set<string>();
    return writtenIds(policy).flatMap(({ stepId, path, overlay }): Breach[] => {
      // Two overlays may add a step of the same id: nobody has two profiles.
      const keys = overlay === null ? [stepId] : [stepId, `${overlay} ${stepId}`];
      const isTaken = keys.some((key) => seen.has(key));
      seen.add(keys.at(-1) ?? stepId);
      if (!isTaken) return [];
      const cure = 'give each step an id of its own: it is claimed once';
      return [{ path, problem: `stepId "${stepId}" is there twice`, cure }];
    });
  },
};

/** Ids beginning `confirmation-` belong to the written confirmations of calls. */
export const noConfirmationId: PolicyRule = {
  id: 'no-confirmation-id',
  source: `${FORMAT}: confirmations of a call are claimed as confirmation-1, confirmation-2, …`,
  check: (policy) =>
    writtenIds(policy)
      .filter(({ stepId }) => stepId.startsWith('confirmation-'))
      .map(({ stepId, path }) => ({
        path,
        problem: `stepId "${stepId}" is the id of a written confirmation`,
        cure: 'choose an id that does not begin with confirmation-',
      })),
};

/** An overlay changes only steps that there are. */
export const knownSteps: PolicyRule = {
  id: 'known-steps',
  source: `${FORMAT}: an overlay replaces keys of the steps of the policy`,
  check: ({ steps, overlays }) =>
    Object.entries(overlays ?? {}).flatMap(([profile, overlay]) =>
      Object.keys(overlay?.steps ?? {})
        .filter((stepId) => !steps.some((step) => step.stepId === stepId))
        .map((stepId) => ({
          path: ['overlays', profile, 'steps', stepId],
          problem: `the policy has no step "${stepId}"`,
          cure: `name one of ${steps.map((step) => step.stepId).join(', ')}, or put it into addedSteps`,
        })),
    ),
};

interface WrittenId {
  readonly stepId: string;
  readonly path: PolicyPath;
  readonly overlay: string | null;
}

function writtenIds({ steps, overlays }: Policy): WrittenId[] {
  const own = steps.map(({ stepId }, index) => ({ stepId, path: ['steps', index, 'stepId'], overlay: null }));
  const added = Object.entries(overlays ?? {}).flatMap(([overlay, { addedSteps = [] } = {}]) =>
    addedSteps.map(({ stepId }, index) => {
      return { stepId, path: ['overlays', overlay, 'addedSteps', index, 'stepId'], overlay };
    }),
  );
  return [...own, ...added];
}
