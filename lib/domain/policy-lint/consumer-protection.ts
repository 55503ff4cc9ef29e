import type { Policy } from '../policy.ts';
import { pathOf } from './ladders.ts';
import type { Breach, LadderRule, PolicyRule } from './policy-rule.ts';
import { TEN_TIPS } from './sources.ts';

/** A policy that names consumers must not harm them; one for anybody may never meet one. */
function severityFor({ forKinds }: Policy): 'fault' | 'warning' {
  return forKinds ? 'fault' : 'warning';
}

/** No penalties are announced to, or claimed from, a consumer. */
export const noPenaltiesForConsumers: LadderRule = {
  id: 'no-penalties-for-consumers',
  source: 'C. com. L441-10: penalties and the 40 euros bind professionals between themselves',
  check: (ladder) => {
    if (ladder.kind !== 'consumer') return [];
    return ladder.steps.flatMap((step): Breach[] => {
      const key = step.announces?.some(({ measure }) => measure === 'penalties') ? 'announces' : 'carriesOut';
      if (key === 'carriesOut' && !step.carriesOut?.includes('penalties')) return [];
      const problem = `${step.stepId} speaks of penalties to a consumer`;
      const cure = 'leave penalties out, or send the step to other kinds only (conditions.onlyForKinds)';
      return [{ path: pathOf(ladder, step, key), problem, cure, severity: severityFor(ladder.policy) }];
    });
  },
};

/** A consumer is never written to at a general mailbox: it may be an employer's. */
export const noMailboxForConsumers: LadderRule = {
  id: 'no-mailbox-for-consumers',
  source: `${TEN_TIPS}, "L’entreprise": the general mailbox "si votre client n’est pas un particulier"`,
  check: (ladder) => {
    if (ladder.kind !== 'consumer') return [];
    return ladder.steps.flatMap((step): Breach[] => {
      const key = step.recipientRoles.includes('generic') ? 'recipientRoles' : 'alsoToRoles';
      if (key === 'alsoToRoles' && !step.alsoToRoles?.includes('generic')) return [];
      const problem = `${step.stepId} goes to the general mailbox of a consumer`;
      const cure = 'leave the role generic out, or send the step to other kinds only (conditions.onlyForKinds)';
      return [{ path: pathOf(ladder, step, key), problem, cure, severity: severityFor(ladder.policy) }];
    });
  },
};

/** A policy for consumers alone adds no general mailbox by itself either. */
export const noAddedMailbox: PolicyRule = {
  id: 'no-added-mailbox',
  source: `${TEN_TIPS}, "L’entreprise"`,
  check: ({ forKinds, genericMailboxFrom }) => {
    if (!genericMailboxFrom || !forKinds?.every((kind) => kind === 'consumer')) return [];
    const problem = `the general mailbox is added from ${genericMailboxFrom} on, and consumers have none`;
    return [{ path: ['genericMailboxFrom'], problem, cure: 'leave genericMailboxFrom out' }];
  },
};

const CALL_HOURS = { from: '10:00', to: '20:00' };

/** Consumers are called at hours that nobody would call harassment. */
export const decentCallsToConsumers: PolicyRule = {
  id: 'decent-calls-to-consumers',
  source: 'decree 2022-1313 on telephone prospection (by analogy): weekdays 10:00–13:00 and 14:00–20:00',
  check: ({ forKinds, callWindows }) =>
    forKinds?.includes('consumer')
      ? callWindows.flatMap(({ from, to }, index): Breach[] => {
          if (from >= CALL_HOURS.from && to <= CALL_HOURS.to && !(from < '14:00' && to > '13:00')) return [];
          const problem = `consumers are called from ${from} to ${to}`;
          const cure = 'call them between 10:00 and 13:00, or 14:00 and 20:00';
          return [{ path: ['callWindows', index], problem, cure, severity: 'warning' }];
        })
      : [],
};
