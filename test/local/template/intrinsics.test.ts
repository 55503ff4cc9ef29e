// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes its placeholders in plain text.
import { describe, expect, it } from 'vitest';
import type { Template } from '../../../lib/local/template/cloud-assembly.ts';
import { Intrinsics } from '../../../lib/local/template/intrinsics.ts';

const template: Template = {
  Resources: {},
  Parameters: { BootstrapVersion: { Type: 'String', Default: '/cdk/version' }, Bare: { Type: 'String' } },
  Mappings: { Sizes: { small: { disk: 8 } } },
  Conditions: {
    IsParis: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-3'] },
    IsElsewhere: { 'Fn::Not': [{ Condition: 'IsParis' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsParis' }, { Condition: 'IsElsewhere' }] },
    Both: { 'Fn::And': [{ Condition: 'IsParis' }, { Condition: 'IsElsewhere' }] },
  },
};

const intrinsics = new Intrinsics({
  template,
  stackName: 'Sample',
  region: 'eu-west-3',
  accountId: '000000000000',
  nameOf: (logicalId, attribute) => (attribute === undefined ? `<${logicalId}>` : `<${logicalId}.${attribute}>`),
});

describe('the intrinsic functions', () => {
  it.each([
    ['a resource', { Ref: 'Table' }, '<Table>'],
    ['a parameter', { Ref: 'BootstrapVersion' }, '/cdk/version'],
    ['a pseudo parameter', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['the stack', { Ref: 'AWS::StackId' }, 'arn:aws:cloudformation:eu-west-3:000000000000:stack/Sample/local'],
    ['an attribute', { 'Fn::GetAtt': ['Table', 'Arn'] }, '<Table.Arn>'],
    ['an attribute written with a dot', { 'Fn::GetAtt': 'Table.Nested.Arn' }, '<Table.Nested.Arn>'],
    ['a join', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':lambda']] }, 'arn:aws:lambda'],
    ['a split', { 'Fn::Split': [':', 'a:b'] }, ['a', 'b']],
    ['a selection', { 'Fn::Select': ['1', { 'Fn::Split': ['||', 'a||b'] }] }, 'b'],
    ['a mapping', { 'Fn::FindInMap': ['Sizes', 'small', 'disk'] }, 8],
    ['base64', { 'Fn::Base64': 'relance' }, 'cmVsYW5jZQ=='],
    [
      'a substitution',
      { 'Fn::Sub': '${AWS::Region}/${Table}/${Table.Arn}/${!kept}' },
      'eu-west-3/<Table>/<Table.Arn>/${kept}',
    ],
    ['a substitution with variables', { 'Fn::Sub': ['${a}-${Bus}', { a: { Ref: 'Queue' } }] }, '<Queue>-<Bus>'],
    ['a choice', { 'Fn::If': ['IsParis', { Ref: 'Table' }, { 'Fn::Unknown': 1 }] }, '<Table>'],
    ['conditions inside conditions', { 'Fn::If': ['Either', { 'Fn::If': ['Both', 1, 2] }, 3] }, 2],
    [
      'a value left out',
      { kept: 1, dropped: { Ref: 'AWS::NoValue' }, list: [1, { Ref: 'AWS::NoValue' }] },
      { kept: 1, list: [1] },
    ],
    ['an ordinary object', { Condition: { StringEquals: { a: 'b' } } }, { Condition: { StringEquals: { a: 'b' } } }],
  ])('resolve %s', (_name, value, expected) => {
    expect(intrinsics.resolve(value)).toEqual(expected);
  });

  it.each([
    ['an unknown function', { 'Fn::ImportValue': 'x' }, /does not know the intrinsic function Fn::ImportValue/],
    ['an unknown pseudo parameter', { Ref: 'AWS::Weather' }, /pseudo parameter AWS::Weather/],
    ['a parameter nobody gave a value', { Ref: 'Bare' }, /parameter Bare has no default/],
    ['a condition that is not there', { 'Fn::If': ['Missing', 1, 2] }, /does not define: Missing/],
    ['a mapping that is not there', { 'Fn::FindInMap': ['Sizes', 'large', 'disk'] }, /Sizes has no entry large/],
    ['a selection past the end', { 'Fn::Select': [3, ['a']] }, /has no item 3 in \["a"\]/],
  ])('refuse %s', (_name, value, message) => {
    expect(() => intrinsics.resolve(value)).toThrow(message);
  });
});
