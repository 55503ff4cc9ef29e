import { LANGUAGES } from '../customer.ts';
import type { PolicyStep } from '../policy.ts';
import { type TemplateNames, templateKindOf } from '../template-names.ts';
import { pathOf } from './ladders.ts';
import type { Breach, LadderRule } from './policy-rule.ts';
import { ARIANE, ETREPAYE, FORMAT, PROPOSAL } from './sources.ts';

/** Every step that speaks to a debtor has a template of its channel, and a hand-over has none. */
export const templateOfItsChannel: LadderRule = {
  id: 'template-of-its-channel',
  source: `${FORMAT}: what has no template cannot be sent`,
  check: (ladder, templates) =>
    ladder.steps.flatMap((step): Breach[] => {
      const fault = templateFault(step, templates);
      return fault ? [{ path: pathOf(ladder, step, 'template'), ...fault }] : [];
    }),
};

function templateFault({ stepId, channel, template }: PolicyStep, templates: TemplateNames) {
  const kind = templateKindOf(channel);
  if (kind === null) {
    if (template === undefined) return null;
    const problem = `${stepId} is a hand-over and says nothing to the debtor`;
    return { problem, cure: 'leave its template out' };
  }
  const known = templates[kind];
  if (template !== undefined && known.includes(template)) return null;
  const cure = `write it in lib/channels/templates, or use one of ${known.join(', ')}`;
  if (template === undefined) return { problem: `${stepId} has no template`, cure };
  return { problem: `no ${kind} template "${template}" in ${LANGUAGES.join(', ')}`, cure };
}

/** Only letters wait for an approval. */
export const approvalOfLetters: LadderRule = {
  id: 'approval-of-letters',
  source: `${FORMAT}: a person approves what is printed and posted`,
  check: (ladder) =>
    ladder.steps
      .filter(({ requiresApproval, channel }) => requiresApproval && templateKindOf(channel) !== 'letter')
      .map((step) => ({
        path: pathOf(ladder, step, 'requiresApproval'),
        problem: `${step.stepId} is no letter and requires an approval`,
        cure: 'take requiresApproval out, or make it a letter',
      })),
};

/** A formal notice is a registered letter that a person approved, and says what it is. */
export const formalNoticeInForm: LadderRule = {
  id: 'formal-notice-in-form',
  source: `C. civ. 1344; ${ARIANE}; ${PROPOSAL}: a person approves it`,
  check: (ladder) =>
    ladder.steps
      .filter(({ isFormalNotice }) => isFormalNotice)
      .flatMap((step): Breach[] => {
        const breaches: Breach[] = [];
        if (step.channel !== 'registered-letter') {
          const problem = `${step.stepId} is a formal notice by ${step.channel}`;
          breaches.push({ path: pathOf(ladder, step, 'channel'), problem, cure: 'send it as a registered-letter' });
        }
        if (!step.requiresApproval) {
          const problem = `${step.stepId} is a formal notice that nobody approves`;
          breaches.push({
            path: pathOf(ladder, step, 'requiresApproval'),
            problem,
            cure: 'set requiresApproval: true',
          });
        }
        if (!step.carriesOut?.includes('formal-notice')) {
          const problem = `${step.stepId} is a formal notice and does not carry out formal-notice`;
          breaches.push({ path: pathOf(ladder, step, 'carriesOut'), problem, cure: 'add formal-notice to carriesOut' });
        }
        return breaches;
      }),
};

/** Days the debtor has from the receipt of a formal notice. */
const FORMAL_NOTICE_DAYS = { business: 8, public: 8, consumer: 15 };

/** A formal notice leaves the usual time to comply. */
export const formalNoticeLeavesTime: LadderRule = {
  id: 'formal-notice-leaves-time',
  source: `${ARIANE}: 8 to 15 days are usual; ${PROPOSAL}: 15 towards a consumer`,
  check: (ladder) =>
    ladder.steps
      .filter(({ isFormalNotice, grantsDays }) => isFormalNotice && grantsDays < FORMAL_NOTICE_DAYS[ladder.kind])
      .map((step) => ({
        path: pathOf(ladder, step, 'grantsDays'),
        problem: `${step.stepId} gives ${step.grantsDays} days from its receipt`,
        cure: `give ${FORMAL_NOTICE_DAYS[ladder.kind]} days or more`,
        severity: 'warning',
      })),
};

/** Whoever is spoken to is named by a role; only a hand-over stays in the house. */
export const someoneReceivesIt: LadderRule = {
  id: 'someone-receives-it',
  source: `${ETREPAYE}: "La recherche du bon interlocuteur"`,
  check: (ladder) =>
    ladder.steps
      .filter(({ channel, recipientRoles }) => channel !== 'hand-over' && recipientRoles.length === 0)
      .map((step) => ({
        path: pathOf(ladder, step, 'recipientRoles'),
        problem: `${step.stepId} goes to nobody`,
        cure: 'name the roles that receive it, the best first',
      })),
};

/** Copies go by email. */
export const copiesByEmail: LadderRule = {
  id: 'copies-by-email',
  source: `${FORMAT}: alsoToRoles and copiesSalesRep address an email`,
  check: (ladder) =>
    ladder.steps
      .filter(
        ({ channel, alsoToRoles, copiesSalesRep }) => channel !== 'email' && (alsoToRoles?.length || copiesSalesRep),
      )
      .map((step) => ({
        path: pathOf(ladder, step, step.copiesSalesRep ? 'copiesSalesRep' : 'alsoToRoles'),
        problem: `${step.stepId} is no email and copies somebody`,
        cure: 'take the copies out, or make it an email',
        severity: 'warning',
      })),
};
