import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Identity } from './identity.ts';
import type { Installation } from './installation.ts';
import { RelanceAlarm } from './relance-alarm.ts';

interface PublicApiProps {
  readonly installation: Installation;
  readonly identity: Identity;
  /** Answers every route with a token but those below, and every unknown one. */
  readonly api: IFunction;
  /** Answers the preview of a policy: it loads all templates, which would slow the start of the others down. */
  readonly previewPolicy: IFunction;
  /** Answers with the letter of a task: it loads the client of S3. */
  readonly readLetter: IFunction;
  /** Takes a statement of the bank: up to 5 MB at once, with every payment in it. */
  readonly importStatement: IFunction;
  /** Answers with the reports: they read the whole ledger's figures. */
  readonly reports: IFunction;
  readonly receiveBankWebhook: IFunction;
}

const BILLING = ['relance/billing'];
const FINANCE = ['relance/finance'];
const FINANCE_OR_ADMIN = ['relance/finance', 'relance/admin'];

/** A route and the scopes of which a token needs one. */
interface Route {
  readonly method: HttpMethod;
  readonly path: string;
  readonly scopes: string[];
}

const ROUTES: readonly Route[] = [
  { method: HttpMethod.POST, path: '/invoices', scopes: BILLING },
  { method: HttpMethod.POST, path: '/invoices/batch', scopes: BILLING },
  { method: HttpMethod.POST, path: '/invoices/{invoiceId}/credit-notes', scopes: BILLING },
  { method: HttpMethod.PUT, path: '/invoices/{invoiceId}/due-date', scopes: BILLING },
  { method: HttpMethod.POST, path: '/invoices/{invoiceId}/cancellation', scopes: BILLING },
  { method: HttpMethod.PUT, path: '/customers/{customerId}', scopes: BILLING },
  { method: HttpMethod.GET, path: '/customers/{customerId}', scopes: FINANCE },
  { method: HttpMethod.GET, path: '/customers/{customerId}/statement', scopes: FINANCE },
  { method: HttpMethod.GET, path: '/cases', scopes: FINANCE },
  { method: HttpMethod.GET, path: '/cases/{invoiceId}', scopes: FINANCE },
  { method: HttpMethod.GET, path: '/cases/{invoiceId}/history', scopes: FINANCE },
  { method: HttpMethod.POST, path: '/cases/{invoiceId}/payments', scopes: FINANCE },
  { method: HttpMethod.POST, path: '/cases/{invoiceId}/promises', scopes: FINANCE },
  { method: HttpMethod.POST, path: '/cases/{invoiceId}/disputes', scopes: FINANCE },
  { method: HttpMethod.POST, path: '/cases/{invoiceId}/disputes/{disputeId}/resolution', scopes: FINANCE },
  { method: HttpMethod.POST, path: '/cases/{invoiceId}/instalment-plan', scopes: FINANCE },
  { method: HttpMethod.POST, path: '/cases/{invoiceId}/block', scopes: FINANCE },
  { method: HttpMethod.DELETE, path: '/cases/{invoiceId}/block', scopes: FINANCE },
  { method: HttpMethod.POST, path: '/cases/{invoiceId}/write-off', scopes: FINANCE },
  { method: HttpMethod.POST, path: '/cases/{invoiceId}/hand-over', scopes: FINANCE },
  { method: HttpMethod.GET, path: '/unapplied-cash', scopes: FINANCE },
  { method: HttpMethod.POST, path: '/unapplied-cash/{transactionId}/allocation', scopes: FINANCE },
  { method: HttpMethod.GET, path: '/tasks', scopes: FINANCE },
  { method: HttpMethod.GET, path: '/tasks/{taskId}', scopes: FINANCE },
  { method: HttpMethod.POST, path: '/tasks/{taskId}/outcome', scopes: FINANCE },
  { method: HttpMethod.GET, path: '/policies', scopes: FINANCE },
  { method: HttpMethod.GET, path: '/policies/{name}', scopes: FINANCE },
  { method: HttpMethod.PUT, path: '/policies/{name}', scopes: FINANCE_OR_ADMIN },
  { method: HttpMethod.POST, path: '/policies/{name}/migration', scopes: FINANCE_OR_ADMIN },
];

const LETTER: Route = { method: HttpMethod.GET, path: '/tasks/{taskId}/document', scopes: FINANCE };

const PREVIEW: Route = { method: HttpMethod.POST, path: '/policies/{name}/preview', scopes: FINANCE };

const STATEMENT: Route = { method: HttpMethod.POST, path: '/bank-statements', scopes: FINANCE };

const REPORTS: readonly Route[] = [
  { method: HttpMethod.GET, path: '/reports/aged-receivables', scopes: FINANCE },
  { method: HttpMethod.GET, path: '/reports/collection', scopes: FINANCE },
];

// No path, for paths carry invoice numbers, and no body and no token. The caller's IP address is personal data: it is
// kept to trace abuse of the open webhook or of a stolen token, and ends with the log after logRetentionDays.
const ACCESS_LOG = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMillis: '$context.responseLatency',
  clientId: '$context.authorizer.claims.client_id',
  sourceIp: '$context.identity.sourceIp',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
};

/** The HTTP API of the contract: each route asks for its scope, the bank's webhook for a signature instead. */
export class PublicApi extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: PublicApiProps) {
    super(scope, id);
    const { installation } = props;
    const httpApi = new HttpApi(this, 'HttpApi', {
      apiName: `relance-${installation.stage}`,
      description: 'Relance: invoices in, cases out',
      createDefaultStage: false,
    });
    this.addRoutes(httpApi, props);
    const stage = this.stage(httpApi, installation);
    this.url = httpApi.apiEndpoint;
    new RelanceAlarm(this, 'ServerErrors', {
      installation,
      name: 'api-server-errors',
      impact:
        'The billing system or the bank got an error of ours: invoices or payments may be missing until they try again.',
      runbook: 'api-server-errors',
      metric: stage.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
    });
  }

  private addRoutes(httpApi: HttpApi, props: PublicApiProps): void {
    const { identity, api } = props;
    const authorizer = new HttpUserPoolAuthorizer('Tokens', identity.userPool, {
      userPoolClients: [identity.billingSystem, identity.people],
    });
    const called = [
      ...served(ROUTES, integrationOf('Api', api)),
      ...served([PREVIEW], integrationOf('Preview', props.previewPolicy)),
      ...served([LETTER], integrationOf('Letter', props.readLetter)),
      ...served([STATEMENT], integrationOf('Statement', props.importStatement)),
      ...served(REPORTS, integrationOf('Reports', props.reports)),
    ];
    for (const { route, integration } of called) {
      httpApi.addRoutes({
        methods: [route.method],
        path: route.path,
        integration,
        authorizer,
        authorizationScopes: route.scopes,
      });
    }
    httpApi.addRoutes({
      methods: [HttpMethod.POST],
      path: '/webhooks/bank',
      integration: integrationOf('BankWebhook', props.receiveBankWebhook),
    });
    // Without it API Gateway answers an unknown route itself, and not with a problem document. It has an integration and
    // so a permission of its own: as source it names `<api>/$default/$default`, which has a segment too few for the
    // `<api>/*/*/*` of the other routes.
    const unknown = new HttpLambdaIntegration('Unknown', api);
    new HttpRoute(this, 'Unknown', { httpApi, routeKey: HttpRouteKey.DEFAULT, integration: unknown });
  }

  private stage(httpApi: HttpApi, { stage, logRetention }: Installation): HttpStage {
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/apis/relance-${stage}`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return new HttpStage(this, 'Stage', {
      httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 100, burstLimit: 200 },
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
  }
}

/** One permission for the whole API: one per route would outgrow the 20 kB a function's policy may have. */
function integrationOf(id: string, handler: IFunction): HttpLambdaIntegration {
  return new HttpLambdaIntegration(id, handler, { scopePermissionToRoute: false });
}

function served(routes: readonly Route[], integration: HttpLambdaIntegration) {
  return routes.map((route) => ({ route, integration }));
}
