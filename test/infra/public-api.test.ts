import { beforeAll, describe, expect, it } from 'vitest';
import { type SynthesizedTemplate, theTemplate } from './support/synthesized-stack.ts';

const BILLING = ['relance/billing'];
const FINANCE = ['relance/finance'];

let synthesized: SynthesizedTemplate;

beforeAll(() => {
  synthesized = theTemplate();
});

const logicalId = (type: string, name: string) => synthesized.logicalId(type, name);
const arnOf = (type: string, name: string) => ({ 'Fn::GetAtt': [logicalId(type, name), 'Arn'] });

describe('the API', () => {
  it.each([
    ['POST /invoices', BILLING, 'CaseDeskApi'],
    ['POST /invoices/batch', BILLING, 'CaseDeskApi'],
    ['POST /invoices/{invoiceId}/credit-notes', BILLING, 'CaseDeskApi'],
    ['PUT /invoices/{invoiceId}/due-date', BILLING, 'CaseDeskApi'],
    ['POST /invoices/{invoiceId}/cancellation', BILLING, 'CaseDeskApi'],
    ['PUT /customers/{customerId}', BILLING, 'CaseDeskApi'],
    ['GET /customers/{customerId}', FINANCE, 'CaseDeskApi'],
    ['GET /customers/{customerId}/statement', FINANCE, 'CaseDeskApi'],
    ['GET /cases', FINANCE, 'CaseDeskApi'],
    ['GET /cases/{invoiceId}', FINANCE, 'CaseDeskApi'],
    ['GET /cases/{invoiceId}/history', FINANCE, 'CaseDeskApi'],
    ['POST /cases/{invoiceId}/payments', FINANCE, 'CaseDeskApi'],
    ['POST /cases/{invoiceId}/promises', FINANCE, 'CaseDeskApi'],
    ['POST /cases/{invoiceId}/disputes', FINANCE, 'CaseDeskApi'],
    ['POST /cases/{invoiceId}/disputes/{disputeId}/resolution', FINANCE, 'CaseDeskApi'],
    ['POST /cases/{invoiceId}/instalment-plan', FINANCE, 'CaseDeskApi'],
    ['POST /cases/{invoiceId}/block', FINANCE, 'CaseDeskApi'],
    ['DELETE /cases/{invoiceId}/block', FINANCE, 'CaseDeskApi'],
    ['POST /cases/{invoiceId}/write-off', FINANCE, 'CaseDeskApi'],
    ['POST /cases/{invoiceId}/hand-over', FINANCE, 'CaseDeskApi'],
    ['GET /unapplied-cash', FINANCE, 'CaseDeskApi'],
    ['POST /unapplied-cash/{transactionId}/allocation', FINANCE, 'CaseDeskApi'],
    ['POST /bank-statements', FINANCE, 'ImportStatement'],
    ['GET /reports/aged-receivables', FINANCE, 'Reports'],
    ['GET /reports/collection', FINANCE, 'Reports'],
    ['GET /tasks', FINANCE, 'CaseDeskApi'],
    ['GET /tasks/{taskId}', FINANCE, 'CaseDeskApi'],
    ['GET /tasks/{taskId}/document', FINANCE, 'LetterDeskReadLetter'],
    ['POST /tasks/{taskId}/outcome', FINANCE, 'CaseDeskApi'],
    ['GET /policies', FINANCE, 'CaseDeskApi'],
    ['GET /policies/{name}', FINANCE, 'CaseDeskApi'],
    ['PUT /policies/{name}', [...FINANCE, 'relance/admin'], 'CaseDeskApi'],
    ['POST /policies/{name}/migration', [...FINANCE, 'relance/admin'], 'CaseDeskApi'],
    ['POST /policies/{name}/preview', FINANCE, 'PreviewPolicy'],
  ])('asks for a token on %s, with any of the scopes %j', (routeKey, scopes, functionName) => {
    const route = routeOf(routeKey);
    expect(route).toMatchObject({ AuthorizationType: 'JWT', AuthorizationScopes: scopes });
    expect(route.AuthorizerId).toEqual({ Ref: logicalId('AWS::ApiGatewayV2::Authorizer', 'Tokens') });
    expect(targetOf(route)).toEqual(arnOf('AWS::Lambda::Function', functionName));
  });

  it.each([
    ['POST /webhooks/bank', 'ReceiveBankWebhook'],
    ['$default', 'CaseDeskApi'],
  ])('asks for no token on %s', (routeKey, functionName) => {
    const route = routeOf(routeKey);
    expect(route.AuthorizationType ?? 'NONE').toBe('NONE');
    expect(targetOf(route)).toEqual(arnOf('AWS::Lambda::Function', functionName));
  });

  it('has no other route', () => {
    expect(Object.keys(synthesized.propertiesOf('AWS::ApiGatewayV2::Route'))).toHaveLength(36);
  });

  it('may call the function of every route, the one of $default as well', () => {
    for (const route of Object.values(synthesized.propertiesOf('AWS::ApiGatewayV2::Route'))) {
      const asked = `<api>/$default/${route.RouteKey === '$default' ? '$default' : route.RouteKey.replace(' ', '')}`;
      const sources = invocationSources(targetOf(route));
      expect(
        sources.some((source) => matchesArn(source, asked)),
        `${asked} by ${sources.join(' or ')}`,
      ).toBe(true);
    }
  });

  it('takes tokens of its own user pool, made for one of its two clients', () => {
    synthesized.template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: {
        Audience: Object.keys(synthesized.propertiesOf('AWS::Cognito::UserPoolClient')).map((Ref) => ({ Ref })),
        Issuer: {
          'Fn::Join': [
            '',
            [
              'https://cognito-idp.eu-west-1.amazonaws.com/',
              { Ref: logicalId('AWS::Cognito::UserPool', 'IdentityUserPool') },
            ],
          ],
        },
      },
    });
  });

  it('is throttled and logs each request without its path', () => {
    const [stage] = Object.values(synthesized.propertiesOf('AWS::ApiGatewayV2::Stage'));
    expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 });
    expect(JSON.parse(stage.AccessLogSettings.Format)).toMatchObject({
      requestId: '$context.requestId',
      route: '$context.routeKey',
    });
    expect(stage.AccessLogSettings.Format).not.toContain('$context.path');
  });
});

function routeOf(routeKey: string) {
  const routes = Object.values(synthesized.propertiesOf('AWS::ApiGatewayV2::Route'));
  const found = routes.filter((route) => route.RouteKey === routeKey);
  expect(found).toHaveLength(1);
  return found[0];
}

function targetOf(route: { Target: { 'Fn::Join': [string, [string, { Ref: string }]] } }) {
  const integration = synthesized.propertiesOf('AWS::ApiGatewayV2::Integration')[route.Target['Fn::Join'][1][1].Ref];
  expect(integration).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
  return integration.IntegrationUri;
}

/** What API Gateway may name as source when it calls a function: the ARNs of its permissions, from the API's id on. */
function invocationSources(functionArn: unknown): string[] {
  const permissions = Object.values(synthesized.propertiesOf('AWS::Lambda::Permission'));
  const own = permissions.filter(
    ({ FunctionName, Principal }) =>
      Principal === 'apigateway.amazonaws.com' && JSON.stringify(FunctionName) === JSON.stringify(functionArn),
  );
  return own.map(({ SourceArn }) => {
    const parts: (string | { Ref: string })[] = SourceArn['Fn::Join'][1];
    const api = { Ref: logicalId('AWS::ApiGatewayV2::Api', 'HttpApi') };
    expect(parts.slice(0, -1)).toEqual(['arn:aws:execute-api:eu-west-1:', { Ref: 'AWS::AccountId' }, ':', api]);
    return `<api>${parts.at(-1)}`;
  });
}

/** Whether a pattern with `*` matches as ArnLike does within one part of an ARN, where `*` stands for slashes too. */
function matchesArn(pattern: string, resource: string): boolean {
  const literals = pattern.split('*').map((literal) => literal.replace(/[$.?+()[\]{}|\\^]/g, '\\$&'));
  return new RegExp(`^${literals.join('.*')}$`).test(resource);
}
