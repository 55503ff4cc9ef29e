import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../lib/local/states/validation.ts';
import { single, task } from './harness.ts';

function faults(definition: unknown): string {
  try {
    parseDefinition(typeof definition === 'string' ? definition : JSON.stringify(definition));
    return '';
  } catch (error) {
    expect(error).toMatchObject({ name: 'InvalidDefinition' });
    return (error as Error).message;
  }
}

function machine(state: object, others: object = {}): object {
  return { QueryLanguage: 'JSONata', StartAt: 'Only', States: { Only: { End: true, ...state }, ...others } };
}

function open(state: object, others: object = {}): object {
  const { End: _, ...rest } = { End: true, ...state };
  return { QueryLanguage: 'JSONata', StartAt: 'Only', States: { Only: rest, ...others } };
}

const pass = { Type: 'Pass', End: true };
const branch = { StartAt: 'In', States: { In: pass } };

describe('parseDefinition', () => {
  it('accepts every state type with every field it supports', () => {
    const recovery = {
      Retry: [
        {
          Comment: 'why',
          ErrorEquals: ['A', 'B'],
          IntervalSeconds: 2,
          MaxAttempts: 0,
          BackoffRate: 1.5,
          MaxDelaySeconds: 20,
          JitterStrategy: 'FULL',
        },
        { ErrorEquals: ['States.ALL'] },
      ],
      Catch: [
        {
          Comment: 'why',
          ErrorEquals: ['States.ALL'],
          Next: 'Pass',
          Output: '{% $states.errorOutput %}',
          Assign: { e: 1 },
        },
      ],
    };
    const definition = {
      Comment: 'all',
      QueryLanguage: 'JSONata',
      Version: '1.0',
      TimeoutSeconds: 60,
      StartAt: 'Choice',
      States: {
        Choice: {
          Type: 'Choice',
          Comment: 'c',
          Choices: [
            { Comment: 'r', Condition: '{% $states.input.a = 1 %}', Next: 'Task', Assign: { v: 1 }, Output: {} },
            { Condition: true, Next: 'Map' },
          ],
          Default: 'Wait',
          Output: { a: '{% $states.input %}' },
          Assign: { w: 1 },
        },
        Task: task({
          ...recovery,
          TimeoutSeconds: '{% 2 %}',
          HeartbeatSeconds: 1,
          Assign: { x: 1 },
          Output: 1,
          Next: 'Parallel',
        }),
        Parallel: { Type: 'Parallel', Branches: [branch], Arguments: {}, ...recovery, Next: 'Pass' },
        Map: {
          Type: 'Map',
          ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'Each', States: { Each: pass } },
          Items: '{% [1] %}',
          ItemSelector: { a: '{% $states.context.Map.Item.Index %}' },
          MaxConcurrency: '{% 1 %}',
          ...recovery,
          End: true,
        },
        Wait: { Type: 'Wait', Timestamp: '2026-01-05T08:00:00+01:00', Next: 'Wait a moment' },
        'Wait a moment': { Type: 'Wait', Seconds: 0, Next: 'Pass' },
        Pass: { Type: 'Pass', QueryLanguage: 'JSONata', Next: 'Succeed' },
        Succeed: { Type: 'Succeed', Output: {} },
      },
    };
    expect(faults(definition)).toBe('');
  });

  it.each<[string, unknown, string]>([
    ['text that is not JSON', 'not JSON', 'INVALID_JSON_DESCRIPTION'],
    ['a list', '[]', 'Definition must be a valid JSON object'],
    ['a machine over 1 MB', JSON.stringify({ Comment: 'x'.repeat(1_048_577) }), 'DEFINITION_TOO_LARGE'],
    ['no query language', { StartAt: 'A', States: { A: pass } }, "must be 'JSONata'"],
    ['JSONPath', { ...machine(pass), QueryLanguage: 'JSONPath' }, 'not "JSONPath" at /QueryLanguage'],
    ['JSONPath in a state', machine({ ...pass, QueryLanguage: 'JSONPath' }), 'at /States/Only/QueryLanguage'],
    ['no StartAt', { QueryLanguage: 'JSONata', States: { A: pass } }, "needs the field 'StartAt' at /"],
    ['no States', { QueryLanguage: 'JSONata', StartAt: 'A' }, "needs the field 'States', with a state in it at /"],
    ['an unknown field of the machine', { ...machine(pass), Foo: 1 }, "field 'Foo' is unknown here at /Foo"],
    ['a start that is not there', { ...machine(pass), StartAt: 'X' }, "there is no state 'X' at /StartAt"],
    ['an unknown type', machine({ Type: 'Activity' }), 'unknown state type "Activity"'],
    [
      'a state that is not an object',
      { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: 1 } },
      'must be an object, not 1 at /States/A',
    ],
    ['an unknown field', machine({ ...pass, Foo: 1 }), "field 'Foo' is unknown here at /States/Only/Foo"],
    [
      'an unsupported field',
      machine(task({ Credentials: {} })),
      'not supported by the local runner at /States/Only/Credentials',
    ],
    [
      'a next state that is not there',
      open({ ...pass, End: undefined, Next: 'X' }),
      "no state 'X' in this scope at /States/Only/Next",
    ],
    [
      'a default that is not there',
      open({ Type: 'Choice', Choices: [{ Condition: true, Next: 'Only' }], Default: 'X' }),
      '/States/Only/Default',
    ],
    [
      'a rule to a state that is not there',
      open({ Type: 'Choice', Choices: [{ Condition: true, Next: 'X' }] }),
      '/States/Only/Choices[0]/Next',
    ],
    [
      'a catcher to a state that is not there',
      machine(task({ Catch: [{ ErrorEquals: ['A'], Next: 'X' }] })),
      '/States/Only/Catch[0]/Next',
    ],
    [
      'a state nothing leads to',
      machine(pass, { Alone: pass }),
      'no state leads here; remove it or point to it at /States/Alone',
    ],
    ['both Next and End', machine({ ...pass, Next: 'Only' }), "either 'Next' or 'End'"],
    ['neither Next nor End', open({ Type: 'Pass', End: undefined }), "either 'Next' or 'End'"],
    [
      'End that is false',
      machine({ Type: 'Pass', End: false }),
      'must be true or left out, not false at /States/Only/End',
    ],
    [
      'a name that is too long',
      { QueryLanguage: 'JSONata', StartAt: 'x'.repeat(81), States: { ['x'.repeat(81)]: pass } },
      '1 to 80 characters',
    ],
    [
      'a name used twice',
      machine({ Type: 'Parallel', Branches: [{ StartAt: 'Only', States: { Only: pass } }] }),
      "'Only' is used twice",
    ],
    ['an expression that does not parse', machine({ ...pass, Output: { a: '{% 1 + %}' } }), 'does not parse'],
    ['an expression without end', machine({ ...pass, Output: '{% 1' }), "no closing '%}' at /States/Only/Output"],
    ['$eval', machine({ ...pass, Output: "{% [1].($eval('1')) %}" }), '$eval is not offered by Step Functions'],
    ['$ at the top', machine({ ...pass, Output: '{% $.a %}' }), "'$' reads the top level"],
    ['$$ at the top', machine({ ...pass, Output: '{% $sum($$.a) %}' }), "'$$' reads the top level"],
    ['a bare name', machine({ ...pass, Output: '{% name & 1 %}' }), "'name' reads the top level"],
    ['a JSONPath key', machine(task({ Arguments: { 'a.$': '$.b' } })), 'belongs to JSONPath'],
    ['a reserved variable', machine({ ...pass, Assign: { states: 1 } }), "'states' is reserved"],
    ['a variable that is no identifier', machine({ ...pass, Assign: { 'a b': 1 } }), 'must be an identifier'],
    ['Assign that is no object', machine({ ...pass, Assign: '{% {} %}' }), 'must be an object of variables'],
    ['Assign in Succeed', open({ Type: 'Succeed', Assign: { a: 1 } }), "field 'Assign' is unknown here"],
    [
      'a resource it cannot run',
      machine(task({ Resource: 'arn:aws:states:::sqs:sendMessage' })),
      'is not supported; supported are',
    ],
    [
      'a sync resource',
      machine(task({ Resource: 'arn:aws:states:::aws-sdk:sfn:startExecution.sync' })),
      'is not supported',
    ],
    [
      'a lambda action other than invoke',
      machine(task({ Resource: 'arn:aws:states:::lambda:list' })),
      'is not supported',
    ],
    ['a resource that is an expression', machine(task({ Resource: '{% $r %}' })), 'is not supported'],
    ['a task without resource', machine({ Type: 'Task' }), "Task needs the field 'Resource' at /States/Only"],
    ['a timeout of 0', machine(task({ TimeoutSeconds: 0 })), 'whole number from 1'],
    ['a heartbeat as text', machine(task({ HeartbeatSeconds: '5' })), 'at /States/Only/HeartbeatSeconds'],
    ['Retry that is no list', machine(task({ Retry: {} })), 'must be a list, not {} at /States/Only/Retry'],
    ['a retrier that is no object', machine(task({ Retry: [1] })), 'at /States/Only/Retry[0]'],
    ['a retrier without errors', machine(task({ Retry: [{}] })), 'at /States/Only/Retry[0]/ErrorEquals'],
    ['States.ALL beside others', machine(task({ Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] })), 'must stand alone'],
    [
      'States.ALL before others',
      machine(task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] })),
      'last rule',
    ],
    ['negative attempts', machine(task({ Retry: [{ ErrorEquals: ['A'], MaxAttempts: -1 }] })), '/Retry[0]/MaxAttempts'],
    [
      'an interval of 0',
      machine(task({ Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 0 }] })),
      '/Retry[0]/IntervalSeconds',
    ],
    [
      'a backoff under 1',
      machine(task({ Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] })),
      '/Retry[0]/BackoffRate',
    ],
    [
      'an unknown jitter',
      machine(task({ Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'HALF' }] })),
      'must be FULL or NONE',
    ],
    [
      'a cap under the interval',
      machine(task({ Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 9, MaxDelaySeconds: 9 }] })),
      'more than IntervalSeconds',
    ],
    ['a catcher without next', machine(task({ Catch: [{ ErrorEquals: ['A'] }] })), "needs 'Next'"],
    ['Retry on a Pass', machine({ ...pass, Retry: [] }), "field 'Retry' is unknown here"],
    ['no choices', open({ Type: 'Choice', Choices: [] }), 'must be a list of rules'],
    ['a rule that is no object', open({ Type: 'Choice', Choices: [1] }), 'at /States/Only/Choices[0]'],
    ['a rule without condition', open({ Type: 'Choice', Choices: [{ Next: 'Only' }] }), "needs 'Condition'"],
    [
      'a condition that is text',
      open({ Type: 'Choice', Choices: [{ Condition: 'yes', Next: 'Only' }] }),
      'must be an expression',
    ],
    [
      'a JSONPath rule',
      open({ Type: 'Choice', Choices: [{ Variable: '$.a', Condition: true, Next: 'Only' }] }),
      'use Condition',
    ],
    ['a wait for nothing', machine({ Type: 'Wait' }), "either 'Seconds' or 'Timestamp'"],
    [
      'a wait for both',
      machine({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z' }),
      "either 'Seconds' or 'Timestamp'",
    ],
    ['negative seconds', machine({ Type: 'Wait', Seconds: -1 }), 'at /States/Only/Seconds'],
    ['a timestamp without zone', machine({ Type: 'Wait', Timestamp: '2026-01-01T00:00:00' }), 'must be a timestamp'],
    ['a day that is not', machine({ Type: 'Wait', Timestamp: '2026-02-30T00:00:00Z' }), 'must be a timestamp'],
    ['no branches', machine({ Type: 'Parallel', Branches: [] }), 'must be a list of branches'],
    ['a branch that is no object', machine({ Type: 'Parallel', Branches: [1] }), 'at /States/Only/Branches[0]'],
    [
      'a fault inside a branch',
      machine({ Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: { Type: 'Wait', End: true } } }] }),
      '/States/Only/Branches[0]/States/A',
    ],
    [
      'a jump out of a branch',
      machine({ Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'Only' } } }] }),
      "no state 'Only' in this scope",
    ],
    [
      'an inner scope that assigns an outer variable',
      machine({
        Type: 'Parallel',
        Assign: { a: 1 },
        Branches: [{ StartAt: 'A', States: { A: { ...pass, Assign: { a: 2 } } } }],
      }),
      "'a' belongs to an outer scope",
    ],
    ['the old name of a processor', machine({ Type: 'Map', Iterator: branch }), 'is the old name of ItemProcessor'],
    [
      'a distributed map',
      machine({ Type: 'Map', ItemProcessor: { ...branch, ProcessorConfig: { Mode: 'DISTRIBUTED' } } }),
      'must be {"Mode": "INLINE"}',
    ],
    ['a map without processor', machine({ Type: 'Map' }), "needs the field 'ItemProcessor'"],
    ['a processor that is no object', machine({ Type: 'Map', ItemProcessor: 1 }), 'at /States/Only/ItemProcessor'],
    [
      'items that are no list',
      machine({ Type: 'Map', ItemProcessor: branch, Items: 1 }),
      'must be a list or an expression',
    ],
    ['a fail with a number', open({ Type: 'Fail', Error: 1 }), 'must be a string, not 1 at /States/Only/Error'],
  ])('refuses %s', (_, definition, message) => {
    expect(faults(definition)).toContain(message);
  });

  it.each([
    'Parameters',
    'ResultPath',
    'InputPath',
    'OutputPath',
    'ResultSelector',
    'ItemsPath',
    'TimeoutSecondsPath',
    'HeartbeatSecondsPath',
    'SecondsPath',
    'TimestampPath',
    'Result',
  ])('refuses the JSONPath field %s by state and name', (field) => {
    const message = faults(machine(task({ [field]: '$.a' })));
    expect(message).toContain(`field '${field}' belongs to JSONPath; with JSONata `);
    expect(message).toContain(`at /States/Only/${field}`);
  });

  it('tells all faults at once', () => {
    const message = faults(machine({ Type: 'Wait', Parameters: {}, Output: '{% ( %}' }, { Lost: { Type: 'Nap' } }));
    for (const path of [
      '/States/Only/Parameters',
      '/States/Only/Output',
      '/States/Only,',
      '/States/Lost/Type',
      '/States/Lost',
    ]) {
      expect(message).toContain(path);
    }
  });

  it.each([
    '{% $states.input.name %}',
    '{% $map($states.input.list, function($v) { $v.name & $string($v) }) %}',
    '{% $states.input.list[price > 3].name %}',
    "{% {'name': $states.input.name} %}",
    '{% ($x := $states.input; $x.a) %}',
    '{% $states.input.list{name: $sum(price)} %}',
    '{% $states.input.a ? 1 : $states.input.b %}',
    '{% $states.input ~> $keys() %}',
    '{% $states.input.list.(name & $) %}',
  ])('accepts %s', (expression) => {
    expect(faults({ QueryLanguage: 'JSONata', ...single({ Type: 'Pass', Output: expression }) })).toBe('');
  });
});
