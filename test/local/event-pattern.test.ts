import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileEventPattern } from '../../lib/local/event-pattern.ts';

const matches = (pattern: unknown, event: unknown) => compileEventPattern(pattern)(event);

describe('an event pattern', () => {
  it.each([
    ['the same text', { source: ['relance.bank'] }, { source: 'relance.bank' }, true],
    ['another text', { source: ['relance.bank'] }, { source: 'aws.ses' }, false],
    ['one of several', { type: ['a', 'b'] }, { type: 'b' }, true],
    ['the same number', { amount: [300] }, { amount: 3.0e2 }, true],
    ['a number written as text', { amount: [300] }, { amount: '300' }, false],
    ['null', { value: [null] }, { value: null }, true],
    ['null when the field is absent', { value: [null] }, {}, false],
    ['a boolean', { paid: [true] }, { paid: true }, true],
    ['the empty text', { note: [''] }, { note: '' }, true],
    ['every field of several', { a: [1], b: [2] }, { a: 1, b: 3 }, false],
    ['a nested field', { detail: { kind: ['credit'] } }, { detail: { kind: 'credit', more: 1 } }, true],
    ['a nested field of something else', { detail: { kind: ['credit'] } }, { detail: 'credit' }, false],
    ['an element of a list', { tags: ['b'] }, { tags: ['a', 'b'] }, true],
    ['nothing in an empty list', { tags: ['b'] }, { tags: [] }, false],
    ['inherited properties never', { constructor: [{ exists: true }] }, {}, false],
  ])('matches %s', (_what, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it.each([
    ['prefix', { s: [{ prefix: 'INV-' }] }, 'INV-1', 'CN-1'],
    ['suffix', { s: [{ suffix: '.pdf' }] }, 'a.pdf', 'a.txt'],
    ['prefix, any case', { s: [{ prefix: { 'equals-ignore-case': 'inv' } }] }, 'INVoice', 'voice'],
    ['suffix, any case', { s: [{ suffix: { 'equals-ignore-case': '.PDF' } }] }, 'a.pdf', 'a.txt'],
    ['equals-ignore-case', { s: [{ 'equals-ignore-case': 'ALICE' }] }, 'alice', 'alicia'],
    ['wildcard', { s: [{ wildcard: 'a*b*.pdf' }] }, 'a--b.pdf', 'a--b.txt'],
    ['wildcard with an escaped star', { s: [{ wildcard: 'a\\**' }] }, 'a*x', 'ax'],
    ['wildcard with an escaped backslash', { s: [{ wildcard: 'a\\\\b' }] }, 'a\\b', 'ab'],
    ['wildcard over signs with a meaning elsewhere', { s: [{ wildcard: 'a.c+(*)' }] }, 'a.c+(x)', 'abc+(x)'],
    ['anything-but a text', { s: [{ 'anything-but': 'no' }] }, 'yes', 'no'],
    ['anything-but a list', { s: [{ 'anything-but': ['no', 'never'] }] }, 'yes', 'never'],
    ['anything-but a prefix', { s: [{ 'anything-but': { prefix: 'init' } }] }, 'done', 'initial'],
    ['anything-but some prefixes', { s: [{ 'anything-but': { prefix: ['a', 'b'] } }] }, 'c', 'bc'],
    ['anything-but a suffix', { s: [{ 'anything-but': { suffix: '.txt' } }] }, 'a.pdf', 'a.txt'],
    ['anything-but, any case', { s: [{ 'anything-but': { 'equals-ignore-case': 'NO' } }] }, 'yes', 'no'],
    ['anything-but a wildcard', { s: [{ 'anything-but': { wildcard: '*/lib/*' } }] }, 'a/b', 'a/lib/b'],
    ['numeric =', { s: [{ numeric: ['=', 5] }] }, 5, 6],
    ['numeric <', { s: [{ numeric: ['<', 5] }] }, 4, 5],
    ['numeric >=', { s: [{ numeric: ['>=', 5] }] }, 5, 4],
    ['numeric range', { s: [{ numeric: ['>', 0, '<=', 5] }] }, 5, 0],
    ['numeric never a text', { s: [{ numeric: ['>', 0] }] }, 1, '1'],
    ['prefix never a number', { s: [{ prefix: '1' }] }, '12', 12],
  ])('matches by %s', (_operator, pattern, taken, left) => {
    expect([matches(pattern, { s: taken }), matches(pattern, { s: left })]).toEqual([true, false]);
  });

  it('needs a field to be there for anything-but', () => {
    expect(matches({ state: [{ 'anything-but': 'no' }] }, {})).toBe(false);
  });

  it('takes a list for anything-but when one of its elements is something else', () => {
    expect(matches({ state: [{ 'anything-but': 'no' }] }, { state: ['no', 'yes'] })).toBe(true);
    expect(matches({ state: [{ 'anything-but': 'no' }] }, { state: ['no'] })).toBe(false);
  });

  it('matches presence and absence of leaves, never of objects', () => {
    const present = { wake: { S: [{ exists: true }] } };
    const absent = { wake: { S: [{ exists: false }] } };
    expect([matches(present, { wake: { S: 'x' } }), matches(present, {})]).toEqual([true, false]);
    expect([matches(absent, { wake: { S: 'x' } }), matches(absent, {})]).toEqual([false, true]);
    expect(matches({ wake: [{ exists: true }] }, { wake: { S: 'x' } })).toBe(false);
    expect(matches({ value: [{ exists: true }] }, { value: null })).toBe(true);
  });

  it('takes absence as one of several possibilities', () => {
    const pattern = { state: ['open', { exists: false }] };
    expect([{}, { state: 'open' }, { state: 'closed' }].map((event) => matches(pattern, event))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('matches an object pattern with one element of a list as a whole', () => {
    const pattern = { lines: { kind: ['credit'], amount: [5] } };
    expect(
      matches(pattern, {
        lines: [
          { kind: 'debit', amount: 5 },
          { kind: 'credit', amount: 5 },
        ],
      }),
    ).toBe(true);
    expect(
      matches(pattern, {
        lines: [
          { kind: 'debit', amount: 5 },
          { kind: 'credit', amount: 6 },
        ],
      }),
    ).toBe(false);
  });

  it('matches one of the alternatives of $or beside its other fields', () => {
    const pattern = { source: ['bank'], $or: [{ kind: ['credit'] }, { amount: [{ numeric: ['>', 100] }] }] };
    expect(matches(pattern, { source: 'bank', kind: 'credit', amount: 1 })).toBe(true);
    expect(matches(pattern, { source: 'bank', kind: 'debit', amount: 101 })).toBe(true);
    expect(matches(pattern, { source: 'bank', kind: 'debit', amount: 1 })).toBe(false);
    expect(matches(pattern, { source: 'shop', kind: 'credit' })).toBe(false);
  });

  it('takes a field named $or that holds no list for a field', () => {
    expect(matches({ $or: { kind: ['credit'] } }, { $or: { kind: 'credit' } })).toBe(true);
  });

  it.each([
    ['nothing', undefined, /The pattern must be a JSON object/],
    ['a list', [], /The pattern must be a JSON object/],
    ['an empty object', {}, /The pattern is empty/],
    ['an empty nested object', { detail: {} }, /detail is empty/],
    ['an empty list', { detail: { kind: [] } }, /detail\.kind is empty/],
    ['a bare value', { source: 'bank' }, /source must be an object or an array, not "bank"/],
    ['an unknown operator', { a: [{ contains: 'x' }] }, /a has an unknown operator "contains"; known: exists/],
    ['cidr, which is not done here', { a: [{ cidr: '10.0.0.0/8' }] }, /unknown operator "cidr"/],
    ['two operators', { a: [{ prefix: 'a', suffix: 'b' }] }, /one operator per object/],
    ['a nested list', { a: [['b']] }, /takes no \["b"\] inside an array/],
    ['exists with a text', { a: [{ exists: 'yes' }] }, /exists takes true or false/],
    ['prefix with a number', { a: [{ prefix: 1 }] }, /prefix takes a text, not 1/],
    ['anything-but nothing', { a: [{ 'anything-but': [] }] }, /anything-but takes texts or numbers/],
    ['anything-but null', { a: [{ 'anything-but': [null] }] }, /anything-but takes texts or numbers/],
    ['numeric with one part', { a: [{ numeric: ['>'] }] }, /one or two comparisons/],
    ['numeric with an unknown sign', { a: [{ numeric: ['!=', 1] }] }, /numeric knows = < <= > >=, not "!="/],
    ['numeric with a text', { a: [{ numeric: ['>', '1'] }] }, /from -5e9 to 5e9, not "1"/],
    ['numeric out of range', { a: [{ numeric: ['>', 6e9] }] }, /from -5e9 to 5e9/],
    ['two stars', { a: [{ wildcard: 'a**' }] }, /two \* in a row/],
    ['a wrong escape', { a: [{ wildcard: 'a\\b' }] }, /escapes only \* and/],
    ['$or with one alternative', { $or: [{ a: [1] }] }, /\$or needs at least two alternatives/],
    ['$or of texts', { $or: ['a', 'b'] }, /\$or takes objects/],
  ])('refuses %s', (_what, pattern, message) => {
    expect(() => compileEventPattern(pattern)).toThrow(message);
  });

  it('refuses numeric in a filter of a DynamoDB stream, as AWS does', () => {
    const pattern = { dynamodb: { NewImage: { amount: { N: [{ numeric: ['>', 1] }] } } } };
    expect(() => compileEventPattern(pattern, { isNumericAllowed: false })).toThrow(
      'dynamodb.NewImage.amount.N uses numeric, which filters of DynamoDB streams do not know',
    );
  });

  it('matches any text with its own prefixes, suffixes and wildcards', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.nat(), (text, cut) => {
        const characters = [...text];
        const at = cut % (characters.length + 1);
        const [prefix, suffix] = [characters.slice(0, at).join(''), characters.slice(at).join('')];
        const escaped = (part: string) => part.replace(/[\\*]/g, '\\$&');
        expect(matches({ s: [{ prefix }] }, { s: text })).toBe(true);
        expect(matches({ s: [{ suffix }] }, { s: text })).toBe(true);
        expect(matches({ s: [{ wildcard: `${escaped(prefix)}*${escaped(suffix)}` }] }, { s: text })).toBe(true);
        expect(matches({ s: [{ 'anything-but': [text] }] }, { s: text })).toBe(false);
      }),
    );
  });
});
