import { EmailSender } from '../../../lib/local/aws/email-sender.ts';
import { eventBridgeService } from '../../../lib/local/aws/event-bridge.ts';
import { s3Service } from '../../../lib/local/aws/s3.ts';
import { Secrets } from '../../../lib/local/aws/secrets.ts';
import { secretsManagerService } from '../../../lib/local/aws/secrets-manager.ts';
import { type AwsEndpoint, startAwsEndpoint } from '../../../lib/local/aws/server.ts';
import { sesService } from '../../../lib/local/aws/ses.ts';
import { snsService } from '../../../lib/local/aws/sns.ts';
import { statesService } from '../../../lib/local/aws/states-service.ts';
import { stsService } from '../../../lib/local/aws/sts.ts';
import { VirtualClock } from '../../../lib/local/clock.ts';
import { DeadLetters } from '../../../lib/local/dead-letters.ts';
import { type BusEvent, EventBuses } from '../../../lib/local/event-bus.ts';
import { Faults } from '../../../lib/local/faults.ts';
import { Mailbox } from '../../../lib/local/mailbox.ts';
import { Objects } from '../../../lib/local/objects.ts';
import type { DeployedRule } from '../../../lib/local/template/deployment.ts';
import { RecordingFunctions } from '../recording-functions.ts';

export const START = Date.UTC(2026, 10, 10, 8, 41);
export const SENDER = 'Relance <relance@creditor.example>';
export const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:relance/bank-AbCdEf';

/** What every SDK client of a test gets; one attempt, so that a fault reaches the test. */
export const CLIENT = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
};

/** Every service but DynamoDB behind one endpoint, with a rule that takes all events of either bus. */
export async function startLocalAws() {
  const clock = new VirtualClock(START);
  const faults = new Faults();
  const functions = new RecordingFunctions();
  const mailbox = new Mailbox();
  const secrets = new Secrets(() => clock.now());
  secrets.add({ arn: SECRET_ARN, name: 'relance/bank', text: 'first' });
  const place = { accountId: '123456789012', region: 'eu-west-1', clock, faults };
  const deadLetters = new DeadLetters(() => clock.now());
  const busNames = ['default', 'relance'];
  const buses = new EventBuses({
    ...place,
    busNames,
    rules: busNames.map(aRuleForAll),
    invoker: functions,
    deadLetters,
  });
  const configurationSets = [
    { name: 'notices', publishedEventTypes: ['SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT', 'OPEN'] },
    { name: 'bounces-only', publishedEventTypes: ['BOUNCE'] },
  ];
  const identities = ['relance@creditor.example', 'verified.example'];
  const sender = new EmailSender({ ...place, identities, configurationSets, mailbox, buses });
  const services = [
    eventBridgeService(buses),
    sesService(sender),
    snsService({ mailbox, now: () => clock.now() }),
    s3Service({ objects: new Objects(['letters']), now: () => clock.now() }),
    secretsManagerService(secrets),
    stsService('123456789012'),
    statesService(async (target, body) => ({ status: 200, body: { target, body } })),
  ];
  const endpoint: AwsEndpoint = await startAwsEndpoint({ port: 0, services, faults });
  const events = () =>
    functions.invocations.map(({ payload }) => payload as BusEvent & { detail: Record<string, unknown> });
  return { clock, faults, functions, mailbox, secrets, sender, endpoint, events };
}

export type LocalAws = Awaited<ReturnType<typeof startLocalAws>>;

function aRuleForAll(busName: string): DeployedRule {
  return {
    name: `all-of-${busName}`,
    arn: `arn:aws:events:eu-west-1:123456789012:rule/${busName}/all`,
    busName,
    eventPattern: { source: [{ prefix: '' }] },
    isEnabled: true,
    targets: [{ id: 'T', arn: 'watch', deadLetterArn: undefined, retryAttemptsMax: 185, eventAgeSecondsMax: 86_400 }],
  };
}
