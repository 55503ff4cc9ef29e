import { describe, expect, it } from 'vitest';
import { identify, namePropertyOf } from '../../../lib/local/template/physical-identity.ts';

const place = { stackName: 'Sample', region: 'eu-west-3', accountId: '000000000000' };

function identityOf(type: string, logicalId: string, explicitName?: string) {
  return identify({ ...place, type, logicalId, ...(explicitName === undefined ? {} : { explicitName }) });
}

describe('the physical identity of a resource', () => {
  it.each([
    ['AWS::Lambda::Function', 'Sample-Thing', 'arn:aws:lambda:eu-west-3:000000000000:function:Sample-Thing'],
    ['AWS::DynamoDB::Table', 'Sample-Thing', 'arn:aws:dynamodb:eu-west-3:000000000000:table/Sample-Thing'],
    [
      'AWS::SQS::Queue',
      'https://sqs.eu-west-3.amazonaws.com/000000000000/Sample-Thing',
      'arn:aws:sqs:eu-west-3:000000000000:Sample-Thing',
    ],
    [
      'AWS::SNS::Topic',
      'arn:aws:sns:eu-west-3:000000000000:Sample-Thing',
      'arn:aws:sns:eu-west-3:000000000000:Sample-Thing',
    ],
    ['AWS::S3::Bucket', 'sample-thing', 'arn:aws:s3:::sample-thing'],
    ['AWS::Events::EventBus', 'Sample-Thing', 'arn:aws:events:eu-west-3:000000000000:event-bus/Sample-Thing'],
    ['AWS::Events::Rule', 'Sample-Thing', 'arn:aws:events:eu-west-3:000000000000:rule/Sample-Thing'],
    [
      'AWS::StepFunctions::StateMachine',
      'arn:aws:states:eu-west-3:000000000000:stateMachine:Sample-Thing',
      'arn:aws:states:eu-west-3:000000000000:stateMachine:Sample-Thing',
    ],
    ['AWS::IAM::Role', 'Sample-Thing', 'arn:aws:iam:eu-west-3:000000000000:role/Sample-Thing'],
  ])('of %s is referred to as %s and has an ARN', (type, reference, ownArn) => {
    const identity = identityOf(type, 'Thing');
    expect(identity.reference).toBe(reference);
    expect(identity.attributes.Arn).toBe(ownArn);
  });

  it('has the name its properties ask for', () => {
    expect(identityOf('AWS::Lambda::Function', 'Thing', 'api')).toMatchObject({ name: 'api', reference: 'api' });
    expect(identityOf('AWS::Events::EventBus', 'Thing', 'relance').attributes.Name).toBe('relance');
    expect(namePropertyOf('AWS::StepFunctions::StateMachine')).toBe('StateMachineName');
    expect(namePropertyOf('AWS::Lambda::Permission')).toBeUndefined();
  });

  it('of a user pool agrees with itself on its provider', () => {
    const { reference, attributes } = identityOf('AWS::Cognito::UserPool', 'Pool');
    expect(reference).toMatch(/^eu-west-3_[a-z0-9]{9}$/);
    expect(attributes.ProviderURL).toBe(`https://cognito-idp.eu-west-3.amazonaws.com/${reference}`);
    expect(attributes.Arn).toBe(`arn:aws:cognito-idp:eu-west-3:000000000000:userpool/${reference}`);
  });

  it('of an API has an endpoint of its own', () => {
    const { reference, attributes } = identityOf('AWS::ApiGatewayV2::Api', 'Http');
    expect(reference).toMatch(/^[a-z0-9]{10}$/);
    expect(attributes.ApiEndpoint).toBe(`https://${reference}.execute-api.eu-west-3.amazonaws.com`);
  });

  it('of a secret ends in six letters, as Secrets Manager appends them', () => {
    expect(identityOf('AWS::SecretsManager::Secret', 'Bank', 'bank').reference).toMatch(/:secret:bank-[a-z0-9]{6}$/);
  });

  it('differs by logical id and by stack, and is the same again', () => {
    const type = 'AWS::Cognito::UserPoolClient';
    const one = identityOf(type, 'One').reference;
    expect(identityOf(type, 'One').reference).toBe(one);
    expect(identityOf(type, 'Two').reference).not.toBe(one);
    expect(identify({ ...place, stackName: 'Other', type, logicalId: 'One' }).reference).not.toBe(one);
  });
});
