import type { AssignCallEnvironmentSchema, EnvironmentOf } from '../contracts/environment.ts';
import type { PlanningEnvironment } from './case-planning.ts';
import type { Configuration } from './configuration.ts';
import { phoneForReading } from './settings.ts';

/** The variables every function that words a notice reads, beside those of planning. */
export type CreditorEnvironment = Omit<EnvironmentOf<typeof AssignCallEnvironmentSchema>, keyof PlanningEnvironment>;

/** The creditor as a notice prints it: account, legal identity, letterhead, and who signs. */
export function creditorEnvironment(creditor: Configuration['creditor']): CreditorEnvironment {
  return {
    CREDITOR_NAME: creditor.name,
    CREDITOR_PHONE_DISPLAY: phoneForReading(creditor.phone),
    CREDITOR_IBAN: creditor.iban,
    CREDITOR_BIC: creditor.bic,
    CREDITOR_LEGAL_NOTICE: creditor.legalNotice,
    CREDITOR_PRIVACY_URL: creditor.privacyUrl ?? '',
    CREDITOR_ADDRESS: creditor.addressLines.join('\n'),
    SIGNATORY_NAME: creditor.signatory.name,
    SIGNATORY_TITLE: creditor.signatory.title,
    REPLY_TO_ADDRESS: creditor.replyToAddress,
  };
}
