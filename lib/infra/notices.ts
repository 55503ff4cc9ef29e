import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { EnvironmentOf, SendEmailEnvironmentSchema, SendSmsEnvironmentSchema } from '../contracts/environment.ts';
import type { PlanningEnvironment } from './case-planning.ts';
import type { Configuration } from './configuration.ts';
import type { CreditorEnvironment } from './creditor-environment.ts';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { RelanceFunction } from './relance-function.ts';

interface NoticesProps {
  readonly installation: Installation;
  readonly creditor: Configuration['creditor'];
  readonly tables: LedgerTables;
  readonly planning: PlanningEnvironment;
  readonly printed: CreditorEnvironment;
  readonly configurationSet: ConfigurationSet;
}

// A function that finds its facts out of date throws Dunning.Replan, which is the workflow's daily bread.
const TOLERATED_ERRORS = 10;

/** Sends what a step asks for: by email from the verified address only, by SMS to a phone number only. */
export class Notices extends Construct {
  readonly sendEmail: RelanceFunction<EnvironmentOf<typeof SendEmailEnvironmentSchema>>;
  readonly sendSms: RelanceFunction<EnvironmentOf<typeof SendSmsEnvironmentSchema>>;

  constructor(scope: Construct, id: string, props: NoticesProps) {
    super(scope, id);
    this.sendEmail = this.emailSender(props);
    this.sendSms = this.smsSender(props);
    for (const sender of [this.sendEmail, this.sendSms]) props.tables.allowServing(sender);
  }

  private emailSender({ installation, creditor, planning, printed, configurationSet }: NoticesProps) {
    const sendEmail = new RelanceFunction(this, 'SendEmail', {
      installation,
      description: 'Claims, sends and records one notice by email',
      environment: {
        ...planning,
        ...printed,
        SENDER_ADDRESS: creditor.senderAddress,
        CONFIGURATION_SET: configurationSet.configurationSetName,
      },
      impact: 'Email notices do not go out: debtors are not reminded on the planned day.',
      toleratedErrors: TOLERATED_ERRORS,
    });
    sendEmail.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [
          ...identitiesOf(creditor.senderAddress).map((identity) => this.sesArn('identity', identity)),
          this.sesArn('configuration-set', configurationSet.configurationSetName),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': creditor.senderAddress } },
      }),
    );
    return sendEmail;
  }

  private smsSender({ installation, creditor, planning }: NoticesProps) {
    const sendSms = new RelanceFunction(this, 'SendSms', {
      installation,
      description: 'Claims, sends and records one notice by SMS',
      environment: {
        ...planning,
        CREDITOR_NAME: creditor.name,
        CREDITOR_PHONE: creditor.phone,
        SMS_SENDER_ID: creditor.smsSenderId,
      },
      impact: 'SMS notices do not go out: debtors are not reminded on the planned day.',
      toleratedErrors: TOLERATED_ERRORS,
    });
    // A phone number is no ARN. Everything but ARNs of topics leaves phone numbers and nothing else.
    const topics = Stack.of(this).formatArn({
      service: 'sns',
      region: '*',
      account: '*',
      resource: '*',
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
    sendSms.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], notResources: [topics] }));
    return sendSms;
  }

  private sesArn(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
  }
}

/**
 * The identities that may stand for a sender: the address, its domain, and each parent domain down to two labels. Which
 * of them is verified is not known here, and a verified domain covers its subdomains and every address below it.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html (inherited verification, read 2026-11-23)
 */
function identitiesOf(senderAddress: string): string[] {
  const labels = senderAddress.slice(senderAddress.lastIndexOf('@') + 1).split('.');
  const parents = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  return [senderAddress, ...parents];
}
