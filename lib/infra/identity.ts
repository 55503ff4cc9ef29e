import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Installation } from './installation.ts';

interface IdentityProps {
  readonly installation: Installation;
  /** Where a person's browser returns after signing in with the code, and after signing out. */
  readonly financeCallbackUrl: string;
}

const BILLING = new ResourceServerScope({ scopeName: 'billing', scopeDescription: 'Register invoices and customers' });
const FINANCE = new ResourceServerScope({ scopeName: 'finance', scopeDescription: 'Read and steer cases' });
const ADMIN = new ResourceServerScope({ scopeName: 'admin', scopeDescription: 'Change policies, erase personal data' });

/**
 * Who may call the API: the billing system with a secret of its own, and people with a password and a second factor.
 * Nobody signs up by themselves.
 */
export class Identity extends Construct {
  readonly userPool: UserPool;
  readonly billingSystem: UserPoolClient;
  readonly people: UserPoolClient;

  constructor(scope: Construct, id: string, { installation, financeCallbackUrl }: IdentityProps) {
    super(scope, id);
    this.userPool = this.pool();
    const resourceServer = this.userPool.addResourceServer('ResourceServer', {
      identifier: 'relance',
      scopes: [BILLING, FINANCE, ADMIN],
    });
    // Domain prefixes are shared by all accounts of a region, so this one carries the account.
    const domainPrefix = `relance-${installation.stage}-${Aws.ACCOUNT_ID}`;
    this.userPool.addDomain('Domain', { cognitoDomain: { domainPrefix } });
    this.billingSystem = this.machineClient(resourceServer);
    this.people = this.publicClient(resourceServer, financeCallbackUrl);
  }

  private pool(): UserPool {
    return new UserPool(this, 'UserPool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { sms: false, otp: true },
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      // A handful of people see every debt of every customer: blocking stolen passwords is worth the dearer plan.
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Signs in by its secret alone; no password ever goes through it. */
  private machineClient(resourceServer: UserPoolResourceServer): UserPoolClient {
    return this.userPool.addClient('BillingSystem', {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(resourceServer, BILLING)] },
      // Named and denied: `{}` would leave Cognito's own default, which takes passwords by SRP.
      authFlows: { userSrp: false, custom: false },
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      enableTokenRevocation: true,
    });
  }

  /** Holds no secret: it proves itself by PKCE, and a person by password and second factor. */
  private publicClient(resourceServer: UserPoolResourceServer, callbackUrl: string): UserPoolClient {
    return this.userPool.addClient('People', {
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [
          OAuthScope.OPENID,
          OAuthScope.resourceServer(resourceServer, FINANCE),
          OAuthScope.resourceServer(resourceServer, ADMIN),
        ],
        callbackUrls: [callbackUrl],
        logoutUrls: [callbackUrl],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(10), // one working day
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
  }
}
