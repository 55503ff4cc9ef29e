import { describe, expect, it } from 'vitest';
import { readStartOptions } from '../../../lib/local/system/start-options.ts';

describe('the flags of npm start', () => {
  it('have defaults', () => {
    expect(readStartOptions([], {})).toEqual({
      isEmpty: false,
      asJson: false,
      wantsHelp: false,
      startAt: undefined,
      dataFolder: undefined,
      port: 4000,
      awsPort: 4566,
    });
  });

  it('are read with the ports of the environment', () => {
    const args = ['--empty', '--clock', '2026-01-05T09:00:00+01:00', '--data', '.data', '--json'];
    expect(readStartOptions(args, { RELANCE_PORT: '0', RELANCE_AWS_PORT: '5000' })).toEqual({
      isEmpty: true,
      asJson: true,
      wantsHelp: false,
      startAt: '2026-01-05T08:00:00.000Z',
      dataFolder: '.data',
      port: 0,
      awsPort: 5000,
    });
  });

  it.each([
    [['--bogus'], {}, /Unknown option '--bogus'/],
    [['extra'], {}, /Unexpected argument 'extra'/],
    [['--clock'], {}, /argument missing/],
    [['--clock', 'tomorrow'], {}, /--clock must be an instant.*"tomorrow"/],
    [['--data', ''], {}, /--data needs a folder/],
    [[], { RELANCE_PORT: 'http' }, /RELANCE_PORT must be a port from 0 to 65535, not "http"/],
    [[], { RELANCE_AWS_PORT: '70000' }, /RELANCE_AWS_PORT must be a port/],
  ])('%j with %j are refused', (args, environment, message) => {
    expect(() => readStartOptions(args, environment)).toThrow(message);
  });
});
