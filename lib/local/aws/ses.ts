import type { EmailSender } from './email-sender.ts';
import { jsonBody, jsonReply, unknownOperation } from './protocols.ts';
import { readSendEmailRequest } from './send-email-request.ts';
import { AwsError, type AwsService } from './service.ts';

/**
 * SES v2 behind the endpoint: `SendEmail` and `GetAccount`, outside the sandbox.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html
 */
export function sesService(sender: EmailSender): AwsService {
  return {
    name: 'ses',
    protocol: 'rest-json',
    claims: { pathPrefix: '/v2/email/', signingName: 'ses' },
    throttled: new AwsError('TooManyRequestsException', 'Maximum sending rate exceeded.', 429),
    internalError: new AwsError('InternalServiceErrorException', 'An internal error occurred', 500),
    async handle(request) {
      const operation = `${request.method} ${request.path}`;
      if (operation === 'POST /v2/email/outbound-emails') {
        const messageId = sender.send(readSendEmailRequest(jsonBody(request)));
        return jsonReply('rest-json', { MessageId: messageId });
      }
      if (operation === 'GET /v2/email/account') return jsonReply('rest-json', describeAccount(sender));
      throw unknownOperation('rest-json', 'ses', operation);
    },
  };
}

function describeAccount(sender: EmailSender) {
  return {
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: true,
    SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: sender.sentLast24Hours() },
    SendingEnabled: true,
  };
}
