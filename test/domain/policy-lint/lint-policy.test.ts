import { describe, expect, it } from 'vitest';
import type { PayerProfile } from '../../../lib/domain/customer.ts';
import type { Overlay, Policy, PolicyStep } from '../../../lib/domain/policy.ts';
import { lintPolicy, RULE_SOURCES } from '../../../lib/domain/policy-lint/lint-policy.ts';
import { POLICIES } from '../../../lib/generated/policies.ts';
import { TEMPLATE_NAMES } from '../../support/template-names.ts';

/** A shipped policy with a change that breaks one rule, and what the linter says then. */
interface Case {
  readonly when: string;
  readonly says: string;
  readonly policy?: string;
  readonly change: (policy: Policy) => void;
}

function shipped(name: string): Policy {
  return structuredClone(POLICIES.find((policy) => policy.name === name)!);
}

/** A shipped policy that only spares those who pay by themselves: every other debtor goes up the base ladder. */
function withoutOverlays(name: string): Policy {
  const spared = { steps: { P1: { isDropped: true }, P2: { isDropped: true } } };
  return { ...shipped(name), overlays: { automatic: spared, 'good-payer': spared } };
}

/** Rule, severity and place of each thing the linter has against a policy. */
function findings(policy: Policy): string[] {
  return lintPolicy(policy, TEMPLATE_NAMES).map(
    ({ rule, severity, path }) => `${severity} ${rule} at ${path.join('.')}`,
  );
}

function step(policy: Policy, stepId: string): PolicyStep {
  return policy.steps.find((candidate) => candidate.stepId === stepId)!;
}

function overlay(policy: Policy, profile: PayerProfile): Required<Pick<Overlay, 'steps'>> & Overlay {
  return policy.overlays![profile] as Required<Pick<Overlay, 'steps'>> & Overlay;
}

/** A change of the keys of one step. */
function set(stepId: string, keys: Partial<PolicyStep>): (policy: Policy) => void {
  return (policy) => Object.assign(step(policy, stepId), keys);
}

/** A change of what an overlay says of one step. */
function setFor(profile: PayerProfile, stepId: string, keys: Partial<PolicyStep>): (policy: Policy) => void {
  return (policy) => {
    const { steps } = overlay(policy, profile);
    steps[stepId] = { ...steps[stepId], ...keys };
  };
}

const IN_THE_LADDER: readonly Case[] = [
  {
    when: 'a step has the id of another',
    says: 'fault own-step-id at steps.3.stepId',
    change: set('A2', { stepId: 'A1' }),
  },
  {
    when: 'a step takes the id of a written confirmation',
    says: 'fault no-confirmation-id at steps.3.stepId',
    change: set('A2', { stepId: 'confirmation-1' }),
  },
  {
    when: 'a step is written after a later one',
    says: 'fault steps-in-order at steps.1.offsetDays',
    change: (policy) => policy.steps.splice(0, 2, step(policy, 'P2'), step(policy, 'P1')),
  },
  {
    when: 'a level is lower than the one before',
    says: 'fault firmness-never-falls at steps.4.level',
    change: set('A2', { level: 'level2' }),
  },
  {
    when: 'a step comes before the time of the last one is over',
    says: 'fault time-given-is-kept at steps.7.offsetDays',
    change: set('B2', { offsetDays: 30 }),
  },
  {
    when: 'a step comes too soon after one before the last, which may be left out',
    says: 'fault time-given-is-kept at steps.10.offsetDays',
    change: (policy) => {
      set('C1', { offsetDays: 44, grantsDays: 1 })(policy);
      set('C2', { offsetDays: 46 })(policy);
      set('B3', { grantsDays: 11, offsetDays: 35 })(policy);
      set('C1', { conditions: { onlyForKinds: ['public'] } })(policy);
    },
  },
  {
    when: 'a preventive step comes on the due date',
    says: 'fault due-date-divides at steps.1.offsetDays',
    change: set('P2', { offsetDays: 0, grantsDays: 1 }),
  },
  {
    when: 'something is claimed on the due date',
    says: 'fault due-date-divides at steps.2.offsetDays',
    change: set('A1', { offsetDays: 0 }),
  },
  {
    when: 'nobody does what was announced',
    says: 'fault announced-is-done at steps.8.announces',
    change: set('B3', { announces: [{ measure: 'credit-hold', withinDays: 30 }] }),
  },
  {
    when: 'what was announced comes a day too late',
    says: 'fault announced-is-done at steps.8.announces',
    change: set('B3', { announces: [{ measure: 'formal-notice', withinDays: 9 }] }),
  },
  {
    when: 'the last step announces',
    says: 'fault announced-is-done at steps.11.announces',
    change: set('C3', { announces: [{ measure: 'agency', withinDays: 30 }] }),
  },
  {
    when: 'what was announced to everybody is done to large debtors only',
    says: 'fault announced-is-done at steps.9.announces',
    change: (policy) => {
      set('B3', { announces: [] })(policy);
      set('C2', { conditions: { amountAtLeast: { EUR: 1_000_00 } } })(policy);
    },
  },
  {
    when: 'a letter goes to court',
    says: 'fault measure-has-its-step at steps.10.carriesOut',
    change: (policy) => step(policy, 'C2').carriesOut!.push('court'),
  },
  {
    when: 'an ordinary registered letter is said to be the formal notice',
    says: 'fault measure-has-its-step at steps.6.carriesOut',
    change: (policy) => step(policy, 'B1').carriesOut!.push('formal-notice'),
  },
  {
    when: 'no step of a level demands anything',
    says: 'fault every-level-demands at steps.9.demands',
    change: (policy) => {
      set('C1', { demands: [] })(policy);
      set('C2', { demands: [] })(policy);
    },
  },
  {
    when: 'nothing is asked before the due date',
    says: 'fault preventive-where-wanted at steps',
    change: (policy) => {
      policy.steps.splice(0, 2);
      policy.overlays = {};
    },
  },
  {
    when: 'nothing is registered by the fifth week',
    says: 'fault registered-after-three-weeks at steps',
    change: set('B1', { channel: 'email', template: 'penalty-notice' }),
  },
  {
    when: 'the registered letter is for large amounts only',
    says: 'fault registered-after-three-weeks at steps',
    change: (policy) => {
      set('A4', { announces: [] })(policy);
      set('B1', { conditions: { amountAtLeast: { EUR: 1_000_00 } } })(policy);
    },
  },
  {
    when: 'a letter of the sixth week is an ordinary one',
    says: 'fault registered-after-three-weeks at steps.8.channel',
    change: set('B3', { channel: 'letter', template: 'statement-letter', copiesSalesRep: false }),
  },
  {
    when: 'nothing is registered to a consumer by the fifth week',
    says: 'warning registered-after-three-weeks at steps',
    policy: 'consumer',
    change: set('B1', { channel: 'email', template: 'firm-notice' }),
  },
  {
    when: 'the ladder ends in silence',
    says: 'fault ends-with-hand-over at steps.10',
    change: (policy) => {
      policy.steps.pop();
      set('C2', { announces: [] })(policy);
    },
  },
  {
    when: 'small amounts end in silence',
    says: 'fault ends-with-hand-over at steps.11.conditions',
    change: (policy) => {
      set('C2', { announces: [] })(policy);
      set('C3', { conditions: { amountAtLeast: { EUR: 100_00 } } })(policy);
    },
  },
  {
    when: 'a template does not exist',
    says: 'fault template-of-its-channel at steps.4.template',
    change: set('A3', { template: 'firm-notise' }),
  },
  {
    when: 'an email has no template',
    says: 'fault template-of-its-channel at steps.4.template',
    change: set('A3', { template: undefined }),
  },
  {
    when: 'a call has the template of an email',
    says: 'fault template-of-its-channel at steps.3.template',
    change: set('A2', { template: 'firm-notice' }),
  },
  {
    when: 'a hand-over has a template',
    says: 'fault template-of-its-channel at steps.11.template',
    change: set('C3', { template: 'last-call' }),
  },
  {
    when: 'a call waits for an approval',
    says: 'fault approval-of-letters at steps.9.requiresApproval',
    change: set('C1', { requiresApproval: true }),
  },
  {
    when: 'nobody approves the formal notice',
    says: 'fault formal-notice-in-form at steps.10.requiresApproval',
    change: set('C2', { requiresApproval: false }),
  },
  {
    when: 'the formal notice is announced by nobody and does not say what it is',
    says: 'fault formal-notice-in-form at steps.10.carriesOut',
    change: (policy) => {
      set('B3', { announces: [] })(policy);
      set('C1', { announces: [] })(policy);
      set('C2', { carriesOut: ['penalties'] })(policy);
    },
  },
  {
    when: 'a formal notice gives a week',
    says: 'warning formal-notice-leaves-time at steps.10.grantsDays',
    change: set('C2', { grantsDays: 7 }),
  },
  {
    when: 'a formal notice gives a consumer eight days',
    says: 'warning formal-notice-leaves-time at steps.10.grantsDays',
    policy: 'consumer',
    change: set('C2', { grantsDays: 8 }),
  },
  {
    when: 'a letter goes to nobody',
    says: 'fault someone-receives-it at steps.5.recipientRoles',
    change: set('A4', { recipientRoles: [] }),
  },
  {
    when: 'a call copies the sales representative',
    says: 'warning copies-by-email at steps.7.copiesSalesRep',
    change: set('B2', { copiesSalesRep: true }),
  },
  {
    when: 'hours never open',
    says: 'fault hours-open at sendingHours.sms',
    change: (policy) => {
      policy.sendingHours.sms = { from: '19:00', to: '09:00' };
    },
  },
  {
    when: 'calls are tried when nobody may be called',
    says: 'fault call-windows-within-hours at callWindows.1',
    change: (policy) => {
      policy.callWindows[1] = { from: '14:00', to: '18:30' };
    },
  },
  {
    when: 'a window begins within another',
    says: 'fault call-windows-within-hours at callWindows.1',
    change: (policy) => {
      policy.callWindows[1] = { from: '11:00', to: '18:00' };
    },
  },
  {
    when: 'text messages go out late',
    says: 'warning decent-sms-hours at sendingHours.sms',
    change: (policy) => {
      policy.sendingHours.sms = { from: '09:00', to: '21:00' };
    },
  },
  {
    when: 'a day may have more contacts than a week',
    says: 'fault sane-contact-budget at contactBudget',
    change: (policy) => {
      policy.contactBudget = { perDay: 2, perWeek: 1 };
    },
  },
  {
    when: 'a debtor may be contacted every day',
    says: 'warning sane-contact-budget at contactBudget',
    change: (policy) => {
      policy.contactBudget = { perDay: 1, perWeek: 7 };
    },
  },
  {
    when: 'a call is tried four times',
    says: 'fault few-call-attempts at callAttempts',
    change: (policy) => {
      policy.callAttempts = 4;
    },
  },
  {
    when: 'penalties are claimed from a consumer',
    says: 'fault no-penalties-for-consumers at steps.6.carriesOut',
    policy: 'consumer',
    change: set('B1', { carriesOut: ['penalties'] }),
  },
  {
    when: 'a consumer is written to at a general mailbox',
    says: 'fault no-mailbox-for-consumers at steps.0.recipientRoles',
    policy: 'consumer',
    change: (policy) => step(policy, 'P1').recipientRoles.push('generic'),
  },
  {
    when: 'a general mailbox of a consumer is copied',
    says: 'fault no-mailbox-for-consumers at steps.2.alsoToRoles',
    policy: 'consumer',
    change: set('A1', { alsoToRoles: ['generic'] }),
  },
  {
    when: 'a general mailbox is added for consumers',
    says: 'fault no-added-mailbox at genericMailboxFrom',
    policy: 'consumer',
    change: (policy) => {
      policy.genericMailboxFrom = 'level2';
    },
  },
  {
    when: 'consumers are called at lunch',
    says: 'warning decent-calls-to-consumers at callWindows.0',
    policy: 'consumer',
    change: (policy) => {
      policy.callWindows = [{ from: '12:00', to: '14:00' }];
    },
  },
  {
    when: 'a ladder has 41 steps',
    says: 'fault readable-length at steps',
    change: (policy) => {
      policy.steps = Array.from({ length: 41 }, (_, index) => ({ ...policy.steps[0]!, stepId: `S${index}` }));
    },
  },
];

const IN_AN_OVERLAY: readonly Case[] = [
  {
    when: 'an overlay changes a step that is not there',
    says: 'fault known-steps at overlays.negligent.steps.A9',
    change: setFor('negligent', 'A9', { offsetDays: 9 }),
  },
  {
    when: 'an overlay adds a step of a known id',
    says: 'fault own-step-id at overlays.negligent.addedSteps.0.stepId',
    change: (policy) => {
      overlay(policy, 'negligent').addedSteps = [{ ...step(policy, 'P1'), offsetDays: -20 }];
    },
  },
  {
    when: 'an overlay makes firmness fall',
    says: 'fault firmness-never-falls at overlays.bad-payer.steps.A2',
    change: setFor('bad-payer', 'A1', { level: 'level2' }),
  },
  {
    when: 'an overlay sends a step too early',
    says: 'fault time-given-is-kept at overlays.disputing.steps.B2.offsetDays',
    change: setFor('disputing', 'B2', { offsetDays: 20 }),
  },
  {
    when: 'an overlay claims on the due date',
    says: 'fault due-date-divides at overlays.negligent.steps.A1.offsetDays',
    change: (policy) => {
      setFor('negligent', 'P2', { offsetDays: -4 })(policy);
      setFor('negligent', 'A1', { offsetDays: 0 })(policy);
    },
  },
  {
    when: 'an overlay comes too late for what it announces',
    says: 'fault announced-is-done at overlays.administrative.steps.A4.announces',
    change: setFor('administrative', 'A4', { announces: [{ measure: 'penalties', withinDays: 19 }] }),
  },
  {
    when: 'an overlay takes out what the ladder announces',
    says: 'fault announced-is-done at overlays.good-payer',
    change: (policy) => {
      overlay(policy, 'good-payer').steps.B1 = { carriesOut: [] };
      overlay(policy, 'good-payer').steps.B3 = { carriesOut: [] };
      overlay(policy, 'good-payer').steps.C2 = { carriesOut: ['formal-notice'] };
    },
  },
  {
    when: 'an overlay demands nothing on a level',
    says: 'fault every-level-demands at overlays.insolvent.steps.B3.demands',
    change: setFor('insolvent', 'B3', { demands: [] }),
  },
  {
    when: 'one who waits to be chased is not asked before the due date',
    says: 'fault preventive-where-wanted at overlays.negligent',
    change: (policy) => {
      setFor('negligent', 'P1', { isDropped: true })(policy);
      setFor('negligent', 'P2', { isDropped: true })(policy);
    },
  },
  {
    when: 'a good payer is asked before the due date',
    says: 'fault preventive-where-wanted at overlays.good-payer.steps.P1',
    change: setFor('good-payer', 'P1', { isDropped: false }),
  },
  {
    when: 'nothing is registered to the insolvent by the fifth week',
    says: 'fault registered-after-three-weeks at overlays.insolvent',
    change: (policy) => {
      setFor('insolvent', 'C2', { offsetDays: 30 })(policy);
      setFor('insolvent', 'C3', { offsetDays: 43 })(policy);
    },
  },
  {
    when: 'every step is dropped',
    says: 'fault ends-with-hand-over at overlays.automatic',
    change: setFor('automatic', 'C3', { isDropped: true }),
  },
  {
    when: 'an overlay turns a step into a call with the template of an email',
    says: 'fault template-of-its-channel at overlays.bad-payer.steps.A1.template',
    change: setFor('bad-payer', 'A1', { template: 'courteous-notice' }),
  },
  {
    when: 'the formal notice is an ordinary letter',
    says: 'fault formal-notice-in-form at overlays.insolvent.steps.C2.channel',
    change: setFor('insolvent', 'C2', { channel: 'letter' }),
  },
];

describe('the linter', () => {
  it.each(IN_THE_LADDER)('says $says when $when', ({ says, change, policy = 'standard' }) => {
    const changed = withoutOverlays(policy);
    change(changed);
    expect(findings(changed)).toEqual([says]);
  });

  it.each(IN_AN_OVERLAY)('says $says when $when', ({ says, change }) => {
    const changed = shipped('standard');
    change(changed);
    expect(findings(changed)).toEqual([says]);
  });

  it('is shown a policy that breaks each of its rules', () => {
    const shown = [...IN_THE_LADDER, ...IN_AN_OVERLAY].map(({ says }) => says.split(' ')[1]);
    expect(new Set(shown)).toEqual(new Set(RULE_SOURCES.keys()));
  });

  it('tells the problem, the cure and the source, and for whom', () => {
    const policy = shipped('standard');
    setFor('disputing', 'B2', { offsetDays: 20 })(policy);
    expect(lintPolicy(policy, TEMPLATE_NAMES)).toEqual([
      {
        path: ['overlays', 'disputing', 'steps', 'B2', 'offsetDays'],
        rule: 'time-given-is-kept',
        severity: 'fault',
        problem: 'B2 at 20 comes before the 8 days that B1 at 12 gives are over (profile disputing)',
        cure: 'send it later by 1 or more, or let B1 give less',
        source:
          '"10 conseils pour une relance efficace de vos impayés", "La cohérence"; etrepaye.fr "Recouvrement amiable niveau 3": the cut-off date',
      },
    ]);
  });

  it('only warns of what would harm a consumer when a policy is for nobody in particular', () => {
    const policy = shipped('standard');
    delete policy.forKinds;
    const said = lintPolicy(policy, TEMPLATE_NAMES);
    expect(new Set(said.map(({ rule, severity }) => `${severity} ${rule}`))).toEqual(
      new Set([
        'warning no-penalties-for-consumers',
        'warning no-mailbox-for-consumers',
        'warning formal-notice-leaves-time',
      ]),
    );
  });

  it('lets a step that harms consumers pass when it goes to others only', () => {
    const policy = withoutOverlays('consumer');
    policy.forKinds = ['consumer', 'business'];
    set('A3', { conditions: { onlyForKinds: ['business'] }, alsoToRoles: [], recipientRoles: ['generic'] })(policy);
    expect(findings(policy)).toEqual([]);
  });
});
