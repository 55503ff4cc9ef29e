import { EmailSender } from '../aws/email-sender.ts';
import { eventBridgeService } from '../aws/event-bridge.ts';
import { s3Service } from '../aws/s3.ts';
import type { Secrets } from '../aws/secrets.ts';
import { secretsManagerService } from '../aws/secrets-manager.ts';
import type { AwsService } from '../aws/service.ts';
import { sesService } from '../aws/ses.ts';
import { snsService } from '../aws/sns.ts';
import { statesService } from '../aws/states-service.ts';
import { stepFunctionsHandler } from '../aws/step-functions.ts';
import { stsService } from '../aws/sts.ts';
import type { VirtualClock } from '../clock.ts';
import type { EventBuses } from '../event-bus.ts';
import type { Faults } from '../faults.ts';
import type { Mailbox } from '../mailbox.ts';
import type { Objects } from '../objects.ts';
import type { StateMachines } from '../states/state-machines.ts';
import type { Deployment } from '../template/deployment.ts';

/** What the services of the endpoint act on. */
export interface AwsServicesOptions {
  readonly deployment: Deployment;
  readonly clock: VirtualClock;
  readonly faults: Faults;
  readonly mailbox: Mailbox;
  readonly secrets: Secrets;
  readonly machines: StateMachines;
  readonly buses: EventBuses;
  readonly objects: Objects;
  readonly dynamoDb: AwsService;
}

/** Every service that speaks at the AWS endpoint, and the sender of emails, which delivery events are asked of. */
export function awsServices(options: AwsServicesOptions): { services: AwsService[]; emails: EmailSender } {
  const { deployment, clock, faults, mailbox, secrets, machines, buses, objects, dynamoDb } = options;
  const { accountId, region, configurationSets } = deployment;
  const identities = senderAddresses(deployment);
  const emails = new EmailSender({ accountId, region, identities, configurationSets, mailbox, buses, faults, clock });
  const services = [
    dynamoDb,
    statesService(stepFunctionsHandler(machines)),
    eventBridgeService(buses),
    sesService(emails),
    snsService({ mailbox, now: () => clock.now() }),
    s3Service({ objects, now: () => clock.now() }),
    secretsManagerService(secrets),
    stsService(accountId),
  ];
  return { services, emails };
}

/**
 * SES identities are verified by hand and stand in no template. The sender a function is configured with is taken as
 * verified; any other is refused, as it would be on AWS.
 */
function senderAddresses({ functions }: Deployment): string[] {
  const addresses = functions.map(({ environment }) => environment.SENDER_ADDRESS);
  return [...new Set(addresses.filter((address) => address !== undefined))];
}
