import type { TemplateNames } from '../../lib/domain/template-names.ts';

/** The templates that ship. */
export const TEMPLATE_NAMES: TemplateNames = {
  email: [
    'preventive-check',
    'attentive-notice',
    'courteous-notice',
    'firm-notice',
    'penalty-notice',
    'final-proposal',
    'promise-confirmation',
    'paid-claimed-confirmation',
    'dispute-confirmation',
    'dispute-rejected-confirmation',
    'dispute-settled-confirmation',
    'block-confirmation',
    'call-summary',
    'plan-agreement',
    'instalment-reminder',
    'instalment-default-notice',
  ],
  sms: ['short-message'],
  call: ['preventive-call', 'courteous-call', 'firm-call', 'last-call'],
  letter: ['statement-letter', 'registered-notice', 'formal-notice'],
};
