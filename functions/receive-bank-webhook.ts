import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ReceiveBankWebhookEnvironmentSchema } from '../lib/contracts/environment.ts';
import { callFrom, requestFrom, resultFrom } from '../lib/http/api-gateway.ts';
import { type BankWebhook, receiveBankWebhook } from '../lib/http/bank-webhook.ts';
import { publishBankEvents } from '../lib/runtime/bank-bus.ts';
import { bankSecrets } from '../lib/runtime/bank-secrets.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logFault, logger } from '../lib/runtime/lambda.ts';

type Deps = Pick<BankWebhook, 'loadSecrets' | 'publish'>;

/** `POST /webhooks/bank`: believes a signature, puts the event on the bus, and answers. Nothing is recorded of what is not believed. */
export async function handle(deps: Deps, event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const nowSeconds = Math.floor(Date.parse(callFrom(event).at) / 1000);
  const response = await receiveBankWebhook(requestFrom(event), { ...deps, nowSeconds, onFault: logFault });
  logger.info('bank webhook answered', { status: response.status });
  return resultFrom(response);
}

/** Lambda entry point. */
export const handler = lambda(() => {
  const { BANK_SECRET_ARN, BUS_NAME } = readEnvironment(ReceiveBankWebhookEnvironmentSchema);
  return {
    loadSecrets: bankSecrets(new SecretsManagerClient(), BANK_SECRET_ARN),
    publish: publishBankEvents(new EventBridgeClient(), BUS_NAME),
  };
}, handle);
