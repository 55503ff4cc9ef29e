import { parseArgs } from 'node:util';
import { parseInstant } from './instants.ts';

/** How `npm start` was asked to run. */
export interface StartOptions {
  readonly isEmpty: boolean;
  readonly asJson: boolean;
  readonly wantsHelp: boolean;
  /** First instant of the clock, UTC ISO 8601. */
  readonly startAt: string | undefined;
  readonly dataFolder: string | undefined;
  readonly port: number;
  readonly awsPort: number;
}

/** The text of `--help`. */
export const START_HELP = `Runs Relance on this machine: npm start -- [options]

  --empty            no sample invoices
  --clock <instant>  where the clock starts, such as 2026-01-05T08:00:00Z; the present when left out
  --data <folder>    keeps tables, letters, outbox, secrets and clock there; executions start again from the ledger
  --json             progress and addresses as lines of JSON
  --help             this text

RELANCE_PORT (4000) and RELANCE_AWS_PORT (4566) choose the ports; 0 takes a free one.
`;

/**
 * Reads flags and environment.
 * @throws Error saying which flag or variable is wrong, and the cure
 */
export function readStartOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      empty: { type: 'boolean', default: false },
      clock: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.data === '') throw new Error('--data needs a folder, such as --data .data');
  return {
    isEmpty: values.empty,
    asJson: values.json,
    wantsHelp: values.help,
    startAt: readClock(values.clock),
    dataFolder: values.data,
    port: readPort('RELANCE_PORT', environment.RELANCE_PORT, 4000),
    awsPort: readPort('RELANCE_AWS_PORT', environment.RELANCE_AWS_PORT, 4566),
  };
}

function readClock(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const atMillis = parseInstant(text);
  if (atMillis !== undefined) return new Date(atMillis).toISOString();
  throw new Error(`--clock must be an instant with its offset, such as 2026-01-05T08:00:00Z, not "${text}"`);
}

function readPort(variable: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`${variable} must be a port from 0 to 65535, not "${text}"`);
}
