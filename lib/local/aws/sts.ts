import { queryReply, unknownOperation } from './protocols.ts';
import { readQueryInput } from './query-input.ts';
import { AwsError, type AwsService } from './service.ts';

/** STS behind the endpoint: `GetCallerIdentity`, by which tools check that they talk to the account they mean. */
export function stsService(accountId: string): AwsService {
  return {
    name: 'sts',
    protocol: 'query',
    claims: { signingName: 'sts' },
    throttled: new AwsError('Throttling', 'Rate exceeded'),
    internalError: new AwsError('InternalFailure', 'An internal error occurred', 500),
    async handle(request) {
      const { action } = readQueryInput(request);
      if (action !== 'GetCallerIdentity') throw unknownOperation('query', 'sts', action);
      const arn = `arn:aws:iam::${accountId}:user/local`;
      return queryReply(action, { Arn: arn, UserId: 'AIDALOCAL', Account: accountId });
    },
  };
}
