import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import {
  addressLines,
  bic,
  callbackUrl,
  country,
  currency,
  emailAddress,
  iban,
  internalDomains,
  legalNotice,
  phoneNumber,
  privacyUrl,
  signatoryText,
  smsSenderId,
  text,
  timeZone,
  wholeNumber,
} from './settings.ts';

const RETENTIONS = Object.values(RetentionDays).filter((days) => typeof days === 'number' && days < 9999);

const SignatorySchema = z.strictObject({
  name: signatoryText('set the name of the person who signs letters and formal notices'),
  title: signatoryText('set the function of the person who signs, such as Credit manager'),
});

const CreditorSchema = z.strictObject({
  name: text({
    holds: (value) => value.trim() === value && value.length > 0 && value.length <= 80,
    fault: 'cannot be the name',
    cure: 'set the name debtors know the creditor by, 1 to 80 characters',
  }),
  timeZone,
  /** Whose law governs what its customers owe, and which country its letters do not name. */
  country: country.optional(),
  /** The currency of the creditor's own books, for reports. */
  currency,
  phone: phoneNumber,
  iban,
  bic,
  senderAddress: emailAddress('set the address SES has verified for you'),
  replyToAddress: emailAddress('set the address people read answers at'),
  smsSenderId,
  legalNotice,
  privacyUrl: privacyUrl.optional(),
  /** The letterhead below the name. */
  addressLines,
  signatory: SignatorySchema,
  /** Whose mail is the creditor's own: nobody there is ever dunned. */
  internalDomains: internalDomains.optional(),
  taskOwner: emailAddress('set who owns the tasks for people, or leave the key out for replyToAddress').optional(),
});

const ConfigurationSchema = z.strictObject({
  stage: text({
    holds: (value) => /^[a-z][a-z0-9-]{0,14}[a-z0-9]$/.test(value),
    fault: 'cannot name a stage',
    cure: 'set 2 to 16 small letters, digits and hyphens, such as dev or prod',
  }),
  region: text({
    holds: (value) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(value),
    fault: 'is not an AWS region',
    cure: 'set the region to deploy to, such as eu-west-1',
  }),
  /** The contract calls the bus `relance`; two stages in one account and region need two names. */
  busName: text({
    holds: (value) => /^[A-Za-z0-9._-]{1,64}$/.test(value) && value !== 'default',
    fault: 'cannot name the event bus',
    cure: 'set 1 to 64 letters, digits, dots, hyphens and underscores, or leave the key out for relance',
  }).default('relance'),
  creditor: CreditorSchema,
  /** Where finance people return after signing in: this machine, until their console has an address of its own. */
  financeCallbackUrl: callbackUrl.default('http://localhost:4000/'),
  alarmEmail: emailAddress('set who is told of alarms, or leave the key out').optional(),
  logRetentionDays: wholeNumber({
    holds: (days) => RETENTIONS.includes(days),
    cure: `set one of the periods CloudWatch Logs knows: ${RETENTIONS.join(', ')}`,
  }),
  /**
   * At least 5: the retries of a send last up to about a minute and keep the instant the state was entered, so a
   * shorter wait could take a send that is still going on for one that got lost.
   */
  sendTimeoutMinutes: wholeNumber({
    holds: (minutes) => minutes >= 5 && minutes <= 1440,
    cure: 'set how many minutes a reserved notice may stay unconfirmed, 5 to 1440',
  }).default(10),
});

/** What an installation is set to: where it runs, whose invoices it chases, how long it keeps logs. */
export type Configuration = z.output<typeof ConfigurationSchema>;

/**
 * Reads the configuration, all of it or none.
 *
 * @param context the value of the key `relance` under `context` in cdk.json
 * @throws with one line per fault, each naming the key, the value and what to set
 */
export function parseConfiguration(context: unknown): Configuration {
  const parsed = ConfigurationSchema.safeParse(context);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap(describe);
  throw new Error(
    `The configuration of Relance has ${faults.length} fault${faults.length > 1 ? 's' : ''}. ` +
      `Correct under "context" in cdk.json:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );
}

/** The objects the configuration is made of, by where they stand in it. */
const OBJECTS: Readonly<Record<string, z.ZodObject>> = {
  '': ConfigurationSchema,
  creditor: CreditorSchema,
  'creditor.signatory': SignatorySchema,
};

function describe(issue: z.core.$ZodIssue): string[] {
  const key = ['relance', ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => `${key}.${name}: is not a key of the configuration; remove it or correct its name`);
  }
  const object = issue.code === 'invalid_type' && OBJECTS[issue.path.join('.')];
  if (!object) return [`${key}: ${issue.message}`];
  return [`${key}: is not an object; set one with the keys ${Object.keys(object.shape).join(', ')}`];
}
