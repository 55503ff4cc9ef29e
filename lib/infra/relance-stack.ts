import { join } from 'node:path';
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic.ts';
import { BankStatements } from './bank-statements.ts';
import { BankWebhook } from './bank-webhook.ts';
import { CaseDesk } from './case-desk.ts';
import { CasePlanning } from './case-planning.ts';
import { CaseReview } from './case-review.ts';
import { CaseWakeUp } from './case-wake-up.ts';
import { CollectionReports } from './collection-reports.ts';
import type { Configuration } from './configuration.ts';
import { creditorEnvironment } from './creditor-environment.ts';
import { DeliveryEvents } from './delivery-events.ts';
import { DunningWorkflow } from './dunning-workflow.ts';
import { Identity } from './identity.ts';
import type { Installation } from './installation.ts';
import { LedgerTables } from './ledger-tables.ts';
import { LetterDesk } from './letter-desk.ts';
import { Letters } from './letters.ts';
import { Notices } from './notices.ts';
import { PaymentEvents } from './payment-events.ts';
import { PolicyPreview } from './policy-preview.ts';
import { PublicApi } from './public-api.ts';
import { WorkForPeople } from './work-for-people.ts';

const PROJECT = join(import.meta.dirname, '..', '..');

interface RelanceStackProps {
  readonly configuration: Configuration;
  /**
   * Folder with `<function>/index.mjs` of each function.
   * @default dist/functions, where `npm run build` puts them
   */
  readonly bundleFolder?: string;
  /**
   * The state machine in Amazon States Language.
   * @default statemachines/dunning.asl.json
   */
  readonly definitionPath?: string;
}

/** One installation of Relance. It only puts the capabilities together; each says in its own file what it grants. */
export class RelanceStack extends Stack {
  constructor(scope: Construct, id: string, props: RelanceStackProps) {
    const { configuration, bundleFolder = join(PROJECT, 'dist', 'functions') } = props;
    const { definitionPath = join(PROJECT, 'statemachines', 'dunning.asl.json') } = props;
    super(scope, id, {
      env: { region: configuration.region },
      description: `Relance (${configuration.stage}): dunning of unpaid invoices`,
      terminationProtection: true,
    });
    Tags.of(this).add('application', 'relance');
    Tags.of(this).add('stage', configuration.stage);
    const installation: Installation = {
      stage: configuration.stage,
      bundleFolder,
      logRetention: configuration.logRetentionDays,
      alarmTopic: new AlarmTopic(this, 'Alarms', { email: configuration.alarmEmail }).topic,
    };
    this.compose(installation, configuration, definitionPath);
  }

  private compose(installation: Installation, configuration: Configuration, definitionPath: string): void {
    const { creditor } = configuration;
    const tables = new LedgerTables(this, 'Tables');
    const letters = new Letters(this, 'Letters');
    const { planNextStep, environment: planning } = new CasePlanning(this, 'CasePlanning', {
      installation,
      configuration,
      tables,
    });
    const { configurationSet } = new DeliveryEvents(this, 'DeliveryEvents', { installation, tables, planning });
    const wording = { installation, tables, planning, printed: creditorEnvironment(creditor) };
    const { sendEmail, sendSms } = new Notices(this, 'Notices', { ...wording, creditor, configurationSet });
    const { assignCall, postLetter, handOver } = new WorkForPeople(this, 'WorkForPeople', { ...wording, letters });
    const { reviewCase } = new CaseReview(this, 'CaseReview', { installation, tables, planning });
    const steps = { planNextStep, sendEmail, sendSms, assignCall, postLetter, handOver, reviewCase };
    const workflow = new DunningWorkflow(this, 'DunningWorkflow', { installation, tables, definitionPath, steps });
    const { stateMachineArn } = workflow;
    const { bus } = new PaymentEvents(this, 'PaymentEvents', { installation, configuration, tables });
    new CaseWakeUp(this, 'CaseWakeUp', { installation, ledger: tables.ledger, stateMachineArn, letters, bus });
    const { receiveBankWebhook, secret } = new BankWebhook(this, 'BankWebhook', { installation, bus });
    const { api } = new CaseDesk(this, 'CaseDesk', { installation, tables, planning, workflow });
    const { readLetter } = new LetterDesk(this, 'LetterDesk', { installation, tables, letters });
    const { previewPolicy } = new PolicyPreview(this, 'PolicyPreview', wording);
    const { financeCallbackUrl } = configuration;
    const identity = new Identity(this, 'Identity', { installation, financeCallbackUrl });
    const { importStatement } = new BankStatements(this, 'BankStatements', { installation, configuration, tables });
    const { reports } = new CollectionReports(this, 'CollectionReports', { installation, configuration, tables });
    const called = { api, previewPolicy, receiveBankWebhook, readLetter, importStatement, reports };
    const { url } = new PublicApi(this, 'PublicApi', { installation, identity, ...called });
    this.output('ApiUrl', url, 'Where the billing system and the bank post');
    this.output('BusName', bus.eventBusName, 'Event bus for payments from other systems, and for letters to post');
    this.output('StateMachineArn', workflow.stateMachine.stateMachineArn, 'The dunning workflow');
    this.output('LedgerTableName', tables.ledger.tableName, 'What is true now');
    this.output('HistoryTableName', tables.history.tableName, 'What happened');
    this.output('LettersBucketName', letters.bucket.bucketName, 'Where letters lie until somebody posts them');
    this.output('BankSecretArn', secret.secretArn, "Signs the bank's webhooks");
    this.output('UserPoolId', identity.userPool.userPoolId, 'Where finance people and systems have their accounts');
    this.output('UserPoolClientId', identity.billingSystem.userPoolClientId, 'OAuth client of the billing system');
    this.output('FinanceClientId', identity.people.userPoolClientId, 'OAuth client finance people sign in with');
    this.output('ExecutionsUrl', this.executionsUrl(stateMachineArn), 'Every case as an execution, in the AWS console');
  }

  private output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }

  private executionsUrl(stateMachineArn: string): string {
    return `https://${this.region}.console.aws.amazon.com/states/home?region=${this.region}#/statemachines/view/${stateMachineArn}`;
  }
}
