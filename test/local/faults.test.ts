import { describe, expect, it } from 'vitest';
import { Faults, WIRE_FAULTS } from '../../lib/local/faults.ts';

describe('faults', () => {
  it('happen as often as ordered and then no more', () => {
    const faults = new Faults();
    faults.inject({ service: 'ses', kind: 'throttle', times: 2 });
    expect([faults.take('ses'), faults.take('ses'), faults.take('ses')]).toEqual(['throttle', 'throttle', undefined]);
  });

  it('happen once when no number is given', () => {
    const faults = new Faults();
    faults.inject({ service: 'sns', kind: 'error' });
    expect([faults.take('sns'), faults.take('sns')]).toEqual(['error', undefined]);
  });

  it('happen to their own service only', () => {
    const faults = new Faults();
    faults.inject({ service: 'ses', kind: 'error' });
    expect(faults.take('sns')).toBeUndefined();
    expect(faults.take('ses')).toBe('error');
  });

  it('happen in the order they were ordered', () => {
    const faults = new Faults();
    faults.inject({ service: 'dynamodb', kind: 'throttle' });
    faults.inject({ service: 'dynamodb', kind: 'timeout-after-success' });
    expect([faults.take('dynamodb'), faults.take('dynamodb')]).toEqual(['throttle', 'timeout-after-success']);
  });

  it('leave a duplicate for the delivery when the wire takes its own', () => {
    const faults = new Faults();
    faults.inject({ service: 'ses', kind: 'duplicate' });
    faults.inject({ service: 'ses', kind: 'throttle' });
    expect(faults.take('ses', WIRE_FAULTS)).toBe('throttle');
    expect(faults.take('ses', ['duplicate'])).toBe('duplicate');
  });

  it.each([
    ['eventbridge', 'events'],
    ['stepfunctions', 'states'],
    ['sfn', 'states'],
  ])('take %s for %s', (alias, service) => {
    const faults = new Faults();
    faults.inject({ service: alias, kind: 'throttle' });
    expect(faults.take(service)).toBe('throttle');
  });

  it.each([
    [{ service: 'sqs', kind: 'throttle' }, /No faults for the service "sqs"; take one of ses, sns, dynamodb/],
    [{ service: 'ses', kind: 'explode' }, /"explode" cannot happen to ses; take one of throttle/],
    [{ service: 'streams', kind: 'throttle' }, /"throttle" cannot happen to streams; take one of duplicate/],
    [{ service: 'sns', kind: 'duplicate' }, /"duplicate" cannot happen to sns/],
    [{ service: 'ses', kind: 'throttle', times: 0 }, /"times" must be a whole number from 1 to 10000, not 0/],
    [{ service: 'ses', kind: 'throttle', times: 1.5 }, /not 1.5/],
  ])('refuse %j, saying what can be ordered', (order, message) => {
    expect(() => new Faults().inject(order)).toThrow(message);
  });
});
