import { beforeAll, describe, expect, it } from 'vitest';
import { aConfiguration, type SynthesizedTemplate, theTemplate } from './support/synthesized-stack.ts';

let synthesized: SynthesizedTemplate;

beforeAll(() => {
  synthesized = theTemplate();
});

describe('people and systems', () => {
  it('have a strong password and a second factor, and do not sign up by themselves', () => {
    synthesized.template.hasResourceProperties('AWS::Cognito::UserPool', {
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: 'ACTIVE',
      Policies: {
        PasswordPolicy: {
          MinimumLength: 14,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
        },
      },
    });
  });

  it('get the scopes of the contract: billing by secret, finance and admin by code', () => {
    synthesized.template.hasResourceProperties('AWS::Cognito::UserPoolResourceServer', { Identifier: 'relance' });
    const clients = Object.values(synthesized.propertiesOf('AWS::Cognito::UserPoolClient'));
    const granted = clients.map(({ AllowedOAuthFlows, GenerateSecret, AllowedOAuthScopes }) => ({
      flows: AllowedOAuthFlows,
      hasSecret: GenerateSecret,
      scopes: AllowedOAuthScopes.map((scope: string | { 'Fn::Join': [string, unknown[]] }) =>
        typeof scope === 'string' ? scope : scope['Fn::Join'][1].at(-1),
      ),
    }));
    expect(granted).toEqual([
      { flows: ['client_credentials'], hasSecret: true, scopes: ['/billing'] },
      { flows: ['code'], hasSecret: false, scopes: ['openid', '/finance', '/admin'] },
    ]);
  });

  it('tell the billing system nothing about who has an account, and take no password from it', () => {
    const [billing] = Object.values(synthesized.propertiesOf('AWS::Cognito::UserPoolClient'));
    expect(billing).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
    });
  });

  it('return after signing in and out to where the configuration says', () => {
    const [, people] = Object.values(synthesized.propertiesOf('AWS::Cognito::UserPoolClient'));
    const { financeCallbackUrl } = aConfiguration();
    expect(people).toMatchObject({ CallbackURLs: [financeCallbackUrl], LogoutURLs: [financeCallbackUrl] });
  });
});
