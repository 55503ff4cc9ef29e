import fc from 'fast-check';
import type { CUSTOMER_KINDS, PayerProfile } from '../../lib/domain/customer.ts';
import type { Level } from '../../lib/domain/level.ts';
import type { Overlay, Policy, PolicyStep } from '../../lib/domain/policy.ts';
import { POLICIES } from '../../lib/generated/policies.ts';

type Kind = (typeof CUSTOMER_KINDS)[number];

/** How a notice may reach a debtor, with a template for each level. */
const MEANS = ['email', 'call', 'sms', 'letter'] as const;

const TEMPLATES = {
  email: ['preventive-check', 'courteous-notice', 'firm-notice', 'final-proposal'],
  call: ['preventive-call', 'courteous-call', 'firm-call', 'last-call'],
  sms: ['short-message', 'short-message', 'short-message', 'short-message'],
  letter: ['statement-letter', 'statement-letter', 'registered-notice', 'registered-notice'],
} as const;

const LEVELS: readonly Level[] = ['preventive', 'level1', 'level2', 'level3'];

const threshold = fc.integer({ min: 0, max: 1_000_00 }).map((EUR) => ({ EUR }));

const conditions: fc.Arbitrary<PolicyStep['conditions']> = fc.option(
  fc.oneof<fc.Arbitrary<NonNullable<PolicyStep['conditions']>>[]>(
    threshold.map((amountAtLeast) => ({ amountAtLeast })),
    threshold.map((amountAtLeast) => ({
      amountAtLeast,
      regardlessOfAmount: { firstInvoice: true, lastInvoiceLate: true },
    })),
    fc.constant({ notForProfiles: ['bad-payer'] }),
  ),
  { nil: undefined, freq: 3 },
);

/** What is random of one notice: how, how long it waits beyond what the last one gave, how long it gives itself, and to whom it does not go. */
const notice = fc.record({
  means: fc.constantFrom(...MEANS),
  waits: fc.integer({ min: 1, max: 4 }),
  grantsDays: fc.integer({ min: 1, max: 6 }),
  conditions,
});

type Notice = typeof notice extends fc.Arbitrary<infer Value> ? Value : never;

const notices = (minLength: number, maxLength: number) => fc.array(notice, { minLength, maxLength });

/**
 * Policies that the linter has nothing against, of random length, channels, offsets, grants, hours, budgets and overlays. All are for one kind of customer. Each has a
 * preventive notice, up to three at level 1, a registered letter after three weeks, and may have a formal notice, announced or not, before the hand-over.
 */
export const policyArbitrary: fc.Arbitrary<Policy> = fc
  .record({
    kind: fc.constantFrom<Kind>('business', 'consumer', 'public'),
    preventive: notices(1, 2),
    early: notices(1, 3),
    late: notices(0, 2),
    registered: fc.record({ gap: fc.integer({ min: 0, max: 4 }), grantsDays: fc.integer({ min: 1, max: 10 }) }),
    hasFormalNotice: fc.boolean(),
    isAnnounced: fc.boolean(),
    formalGrantsDays: fc.integer({ min: 15, max: 30 }),
    contactBudget: fc.constantFrom({ perDay: 1, perWeek: 3 }, { perDay: 1, perWeek: 1 }, { perDay: 2, perWeek: 4 }),
    callAttempts: fc.integer({ min: 1, max: 3 }),
    groupsInvoices: fc.boolean(),
    quickerDays: fc.integer({ min: 0, max: 3 }),
    dropsLate: fc.boolean(),
  })
  .map((choice) => {
    const steps = ladder(choice);
    return {
      ...POLICIES.find(({ name }) => name === (choice.kind === 'consumer' ? 'consumer' : 'standard'))!,
      name: 'random',
      forKinds: [choice.kind],
      contactBudget: choice.contactBudget,
      callAttempts: choice.callAttempts,
      groupsInvoices: choice.groupsInvoices,
      steps,
      overlays: overlays(steps, choice),
    };
  });

interface Choice {
  readonly kind: Kind;
  readonly preventive: readonly Notice[];
  readonly early: readonly Notice[];
  readonly late: readonly Notice[];
  readonly registered: { readonly gap: number; readonly grantsDays: number };
  readonly hasFormalNotice: boolean;
  readonly isAnnounced: boolean;
  readonly formalGrantsDays: number;
  readonly quickerDays: number;
  readonly dropsLate: boolean;
}

function ladder(choice: Choice): PolicyStep[] {
  const steps: PolicyStep[] = [];
  let freeOn = -30;
  const add = (step: Omit<PolicyStep, 'stepId' | 'recipientRoles'>) => {
    const recipientRoles: PolicyStep['recipientRoles'] =
      step.channel === 'hand-over' ? [] : ['accounts-payable', 'approver'];
    steps.push({ ...step, stepId: `S${steps.length + 1}`, recipientRoles });
    // A later step waits for the longest of the times given, whichever steps in between are left out.
    freeOn = Math.max(freeOn, step.offsetDays + step.grantsDays + 1);
  };
  const addNotice = (level: Level, { means, waits, grantsDays, conditions }: Notice, isBare = false) => {
    // Beyond three weeks late there are no ordinary letters.
    const channel = means === 'letter' && (level === 'preventive' || level === 'level3') ? 'email' : means;
    const isRegistered = channel === 'letter' && level === 'level2';
    add({
      level,
      channel: isRegistered ? 'registered-letter' : channel,
      offsetDays: freeOn - 1 + waits,
      grantsDays,
      template: TEMPLATES[channel][LEVELS.indexOf(level)]!,
      demands: ['commitment', 'reason'],
      ...(conditions && !isBare ? { conditions } : {}),
    });
  };
  for (const [index, one] of choice.preventive.entries()) addNotice('preventive', one, index === 0);
  freeOn = Math.max(freeOn, 1);
  for (const one of choice.early) addNotice('level1', { ...one, grantsDays: Math.min(one.grantsDays, 2) });
  add({
    level: 'level2',
    channel: 'registered-letter',
    offsetDays: Math.max(freeOn, 22 + choice.registered.gap),
    grantsDays: choice.registered.grantsDays,
    template: 'registered-notice',
    demands: ['commitment'],
    ...(choice.hasFormalNotice && choice.isAnnounced
      ? { announces: [{ measure: 'formal-notice', withinDays: 90 }] }
      : {}),
  });
  for (const one of choice.late) addNotice('level2', one);
  if (choice.hasFormalNotice) {
    add({
      level: 'level3',
      channel: 'registered-letter',
      offsetDays: freeOn,
      grantsDays: choice.formalGrantsDays,
      template: 'formal-notice',
      demands: ['commitment'],
      announces: [{ measure: 'court', withinDays: choice.formalGrantsDays + 30 }],
      carriesOut: ['formal-notice'],
      isFormalNotice: true,
      requiresApproval: true,
    });
  }
  add({ level: 'litigation', channel: 'hand-over', offsetDays: freeOn, grantsDays: 5, carriesOut: ['court'] });
  return steps;
}

/** Those who pay by themselves are spared; bad payers are chased some days sooner, or with fewer steps. */
function overlays(steps: readonly PolicyStep[], choice: Choice): Partial<Record<PayerProfile, Overlay>> {
  const preventive = steps.filter(({ level }) => level === 'preventive');
  const spared = Object.fromEntries(preventive.map(({ stepId }) => [stepId, { isDropped: true }]));
  const last = steps.at(-1)!;
  const dropped = Object.fromEntries(steps.slice(0, -1).map(({ stepId }) => [stepId, { isDropped: true }]));
  const optional = choice.dropsLate
    ? steps.slice(-choice.late.length - 1 - Number(choice.hasFormalNotice), -1 - Number(choice.hasFormalNotice))
    : [];
  return {
    'good-payer': { steps: spared },
    automatic: { steps: { ...dropped, [last.stepId]: { level: 'level1', offsetDays: 5, carriesOut: [] } } },
    insolvent: { steps: Object.fromEntries(optional.map(({ stepId }) => [stepId, { isDropped: true }])) },
    'bad-payer': { steps: sooner(steps, choice.quickerDays) },
  };
}

/** The notices from the registered letter on, some days sooner, as far as what came before allows. */
function sooner(steps: readonly PolicyStep[], days: number): Overlay['steps'] {
  const from = steps.findIndex(({ level }) => level === 'level2');
  const freeOn = Math.max(...steps.slice(0, from).map(({ offsetDays, grantsDays }) => offsetDays + grantsDays + 1));
  const earlier = Math.min(days, steps[from]!.offsetDays - freeOn);
  return Object.fromEntries(
    steps.slice(from).map(({ stepId, offsetDays }) => [stepId, { offsetDays: offsetDays - earlier }]),
  );
}
