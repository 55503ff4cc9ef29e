import { describe, expect, it } from 'vitest';
import { busNameIn, functionNameIn, tableNameIn } from '../../../lib/local/template/arn-parts.ts';

const ARN = 'arn:aws:lambda:eu-west-3:000000000000:function:relance-api';

describe('names inside ARNs', () => {
  it.each([
    [ARN, 'relance-api'],
    [`${ARN}:7`, 'relance-api'],
    [`arn:aws:apigateway:eu-west-3:lambda:path/2015-03-31/functions/${ARN}/invocations`, 'relance-api'],
    ['relance-api', 'relance-api'],
  ])('finds the function in %s', (arn, name) => {
    expect(functionNameIn(arn)).toBe(name);
  });

  it('finds the table of a stream and refuses anything else', () => {
    expect(tableNameIn('arn:aws:dynamodb:eu-west-3:000000000000:table/Ledger/stream/2026')).toBe('Ledger');
    expect(() => tableNameIn('arn:aws:sqs:eu-west-3:000000000000:q')).toThrow(/Not the ARN of a DynamoDB stream/);
  });

  it('finds the bus of an ARN or of a name', () => {
    expect(busNameIn('arn:aws:events:eu-west-3:000000000000:event-bus/relance')).toBe('relance');
    expect(busNameIn('default')).toBe('default');
  });
});
