import { describe, expect, it } from 'vitest';
import { PropertyBag } from '../../../lib/local/template/property-bag.ts';

const bag = new PropertyBag('Api (AWS::Lambda::Function)', {
  Name: 'api',
  Count: 3,
  CountAsText: '30',
  On: true,
  OnAsText: 'true',
  OffAsText: 'false',
  List: ['a', 1],
  Objects: [{ Id: 'x' }],
  Nested: { Deep: { Value: 'v' } },
  Document: { source: ['aws.ses'] },
});

describe('the properties of a resource', () => {
  it('are read as text, and numbers and flags count as text', () => {
    expect([bag.text('Name'), bag.text('Count'), bag.text('On')]).toEqual(['api', '3', 'true']);
    expect(bag.optionalText('Missing')).toBeUndefined();
  });

  it('are read as numbers, from text too', () => {
    expect([bag.number('Count', 1), bag.number('CountAsText', 1), bag.number('Missing', 1)]).toEqual([3, 30, 1]);
  });

  it('are read as flags, from text too', () => {
    expect([
      bag.flag('On', false),
      bag.flag('OnAsText', false),
      bag.flag('OffAsText', true),
      bag.flag('Missing', true),
    ]).toEqual([true, true, false, true]);
  });

  it('are read as lists, maps and nested objects, empty when absent', () => {
    expect(bag.texts('List')).toEqual(['a', '1']);
    expect(bag.texts('Missing')).toEqual([]);
    expect(bag.bags('Objects').map((inner) => inner.text('Id'))).toEqual(['x']);
    expect(bag.bags('Missing')).toEqual([]);
    expect(bag.bag('Nested').bag('Deep').text('Value')).toBe('v');
    expect(bag.bag('Missing').bag('Deeper').optionalText('Value')).toBeUndefined();
    expect(bag.bag('Nested').bag('Deep').textMap('Missing')).toEqual({});
  });

  it('are handed out as they stand when they are documents', () => {
    expect(bag.raw('Document')).toEqual({ source: ['aws.ses'] });
    expect([bag.has('Document'), bag.has('Missing')]).toEqual([true, false]);
  });

  it.each([
    ['text', () => bag.text('Missing'), 'property Missing must be text, it is undefined'],
    ['text', () => bag.text('List'), 'property List must be text, it is ["a",1]'],
    ['a number', () => bag.number('Name', 1), 'property Name must be a number, it is "api"'],
    ['a flag', () => bag.flag('Name', true), 'property Name must be true or false, it is "api"'],
    ['a list', () => bag.texts('Name'), 'property Name must be a list, it is "api"'],
    ['a list of objects', () => bag.bags('List'), 'property List must be a list of objects, it is ["a",1]'],
    ['an object', () => bag.bag('Name'), 'property Name must be an object, it is "api"'],
  ])('refuse what is not %s, naming the resource, the property and the value', (_kind, read, message) => {
    expect(read).toThrow(`Api (AWS::Lambda::Function): ${message}`);
  });

  it('say where a nested one stands', () => {
    expect(() => bag.bag('Nested').text('Gone')).toThrow('Api (AWS::Lambda::Function).Nested: property Gone');
    expect(() => bag.bags('Objects')[0]?.text('Gone')).toThrow('Api (AWS::Lambda::Function).Objects[0]: property Gone');
  });
});
