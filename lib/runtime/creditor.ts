import type { Creditor } from '../app/compose-notice.ts';

/** The variables of a function's environment that say who the creditor is. */
interface CreditorEnvironment {
  readonly CREDITOR_COUNTRY: string;
  readonly CREDITOR_NAME: string;
  readonly CREDITOR_PHONE_DISPLAY: string;
  readonly CREDITOR_IBAN: string;
  readonly CREDITOR_BIC: string;
  readonly CREDITOR_LEGAL_NOTICE: string;
  readonly CREDITOR_PRIVACY_URL: string;
  readonly CREDITOR_ADDRESS: readonly string[];
  readonly SIGNATORY_NAME: string;
  readonly SIGNATORY_TITLE: string;
  readonly REPLY_TO_ADDRESS: string;
}

/** The creditor as notices present it. Letters abroad name the country. */
export function creditorOf(environment: CreditorEnvironment): Creditor {
  return {
    name: environment.CREDITOR_NAME,
    phone: environment.CREDITOR_PHONE_DISPLAY,
    iban: environment.CREDITOR_IBAN,
    bic: environment.CREDITOR_BIC,
    replyToAddress: environment.REPLY_TO_ADDRESS,
    legalNotice: environment.CREDITOR_LEGAL_NOTICE,
    privacyUrl: environment.CREDITOR_PRIVACY_URL || null,
    addressLines: environment.CREDITOR_ADDRESS,
    signatory: { name: environment.SIGNATORY_NAME, title: environment.SIGNATORY_TITLE },
    country: environment.CREDITOR_COUNTRY,
  };
}

/** A creditor of whom only a name and a phone number are said: in a text message, and where nothing is written to the debtor. */
export function namedCreditor(name: string, phone: string): Creditor {
  return {
    ...{ name, phone, iban: '', bic: '', replyToAddress: '', legalNotice: '', privacyUrl: null, addressLines: [] },
    signatory: { name: '', title: '' },
    country: '',
  };
}
