import { describe, expect, it } from 'vitest';
import type { Json } from '../../../lib/local/states/definition.ts';
import { evaluateField, QueryEvaluationError } from '../../../lib/local/states/expressions.ts';
import { START, seeded } from './harness.ts';

const states = { input: { name: 'Ada', list: [1, 2, 3], one: [7], text: '{"a":[1]}', nothing: null } };

function evaluate(template: Json, variables: Record<string, unknown> = {}): Promise<Json> {
  return evaluateField(template, {
    field: 'Output',
    preamble: 'In Only.',
    bindings: { ...variables, states },
    environment: { nowMillis: START, random: seeded(3) },
  });
}

describe('expressions', () => {
  it('fail when they recurse without end, and leave the process alive', async () => {
    const endless = evaluate('{% ($f := function($n) { $f($n + 1) + 1 }; $f(0)) %}');
    await expect(endless).rejects.toThrow(QueryEvaluationError);
    expect(await evaluate('{% ($f := function($n) { $n = 0 ? 0 : $f($n - 1) + 1 }; $f(200)) %}')).toBe(200);
  });

  it.each<[Json, Json]>([
    ['{% $states.input.name %}', 'Ada'],
    ['{%$states.input.name%}', 'Ada'],
    ['plain text', 'plain text'],
    ['text {% not one %}', 'text {% not one %}'],
    [42, 42],
    [null, null],
    ['{% $states.input.nothing %}', null],
    [{ a: { b: ['{% $sum($states.input.list) %}', true] } }, { a: { b: [6, true] } }],
    ['{% $states.input.one %}', [7]],
    ['{% $map($states.input.list, function($v) { $v * 2 }) %}', [2, 4, 6]],
    ["{% $merge([$states.input, {'name': $rank}]).name %}", 3],
    ['{% $parse($states.input.text) %}', { a: [1] }],
    ['{% $partition([1,2,3,4,5], 2) %}', [[1, 2], [3, 4], [5]]],
    ['{% $partition([1], 4) %}', [[1]]],
    ['{% $range(0, 10, 3) %}', [0, 3, 6, 9]],
    ['{% $range(3, 1, -1) %}', [3, 2, 1]],
    ['{% $range(1, 9, 9) %}', 1], // AWS unwraps a range of one, as JSONata does its sequences
    ["{% $hash('hello', 'MD5') %}", '5d41402abc4b2a76b9719d911017c592'],
    ["{% $hash('hello', 'SHA-1') %}", 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'],
    ["{% $hash('hello', 'SHA-256') %}", '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
    ["{% $length($hash('hello', 'SHA-384')) %}", 96],
    ["{% $length($hash('hello', 'SHA-512')) %}", 128],
    ['{% $random(7) = $random(7) %}', true],
    ['{% $random(7) = $random(8) %}', false],
    ['{% $random() < 1 and $random() >= 0 %}', true],
    ['{% $now() %}', '2026-01-05T08:00:00.000Z'],
    ["{% $now('[Y0001]-[M01]-[D01]') %}", '2026-01-05'],
    ['{% $millis() %}', START],
  ])('evaluates %j to %j', async (template, expected) => {
    expect(await evaluate(template, { rank: 3 })).toEqual(expected);
  });

  it('makes version 4 UUIDs from the injected chance', async () => {
    const first = await evaluate('{% $uuid() %}');
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await evaluate('{% $uuid() %}')).toBe(first);
  });

  it.each([
    ['{% $states.input.absent %}', 'Output', 'returned nothing (undefined).'],
    ['{% $ %}', 'Output', 'returned nothing (undefined).'],
    [{ a: { b: '{% $no %}' } }, 'Output/a/b', 'returned nothing (undefined).'],
    [{ a: ['x', '{% $no %}'] }, 'Output/a[1]', 'returned nothing (undefined).'],
    ['{% function($x) { $x } %}', 'Output', 'returned an unsupported result type.'],
    ['{% $sum %}', 'Output', 'returned an unsupported result type.'],
    ["{% 1 + 'a' %}", 'Output', 'threw an error during evaluation. T2002:'],
    ["{% $eval('1') %}", 'Output', 'does not offer $eval'],
    ["{% $hash('a', 'CRC') %}", 'Output', 'not'],
    ["{% $parse('{') %}", 'Output', 'threw an error during evaluation.'],
    ['{% $partition([1], 0) %}', 'Output', 'chunk size'],
    ['{% $range(1, 5000, 1) %}', 'Output', 'at most 1000'],
    ['{% $range(1, 5, 0) %}', 'Output', 'step other than 0'],
  ])('fails on %j at %s', async (template, location, message) => {
    const error = await evaluate(template as Json).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(QueryEvaluationError);
    expect(error).toMatchObject({ errorName: 'States.QueryEvaluationError', location });
    expect((error as QueryEvaluationError).causeText).toContain(message);
    expect((error as QueryEvaluationError).causeText).toMatch(
      /^In Only\. The JSONata expression '.*' specified for the field/,
    );
  });
});
