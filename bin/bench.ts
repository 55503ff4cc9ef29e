// npm run bench: what a case costs in state transitions and request units, how fast interest is worked out and payments are matched, and how big and quick to start each function is
// (bundling refuses one that outgrows its limit). --json for one JSON object.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../lib/local/synthesize.ts';
import { type ColdStart, DYNAMODB_ONLY, EMPTY, measureColdStarts } from './bench/cold-start.ts';
import { type InterestSpeed, measureInterest } from './bench/interest.ts';
import { type MatchingRun, measureMatching } from './bench/matching.ts';
import { type CaseCost, measureCases } from './bench/transitions.ts';

const PROJECT = join(import.meta.dirname, '..');

try {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const onProgress = (message: string) => console.error(`${message} …`);
  const cloudAssemblyFolder = await synthesize({ projectFolder: PROJECT, onProgress });
  await mkdir(join(PROJECT, '.cache'), { recursive: true });
  onProgress('Three ways through a case');
  const cases = await measureCases(cloudAssemblyFolder);
  onProgress('Interest');
  const interest = measureInterest();
  onProgress('A month of payments');
  const matching = measureMatching();
  const functions = await measureColdStarts(PROJECT, onProgress);
  const broken = brokenCases(cases);
  if (values.json)
    console.log(
      JSON.stringify({
        cases,
        interest,
        matching,
        functions: functions.map((one) => withRatios(one, functions)),
        broken,
      }),
    );
  else
    console.log(
      [tellCases(cases), tellInterest(interest), tellMatching(matching), tellFunctions(functions), ...broken].join(
        '\n\n',
      ),
    );
  if (broken.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(`The benchmark stopped: ${error instanceof Error ? error.message : error}`);
  process.exitCode = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
}

function tellCases(cases: readonly CaseCost[]): string {
  const rows = cases.map(({ story, steps, transitions, transitionsMax, writeUnits, readUnits }) =>
    [
      story.padEnd(30),
      pad(steps),
      `${pad(transitions)} ≤ ${transitionsMax}`.padEnd(16),
      pad(writeUnits),
      pad(readUnits),
    ].join('  '),
  );
  const head = ['a case'.padEnd(30), '   steps', 'transitions     ', '     WRU', '     RRU'].join('  ');
  return [head, ...rows].join('\n');
}

function tellInterest({ statementsPerSecond, linesPerStatement }: InterestSpeed): string {
  const lines = linesPerStatement.toFixed(1);
  return `interest: ${statementsPerSecond.toLocaleString('en')} statements a second, of ${lines} lines each`;
}

function tellMatching(run: MatchingRun): string {
  const share = `${run.matchedPercent.toFixed(1)} % of ${run.payments} payments against ${run.invoices} open invoices`;
  const cost = `${run.paymentsPerSecond.toLocaleString('en')} payments a second, ${run.heapMegabytes} MB`;
  return `matching: ${share} matched, ${run.wrong.length} wrong; ${cost}`;
}

function tellFunctions(functions: readonly ColdStart[]): string {
  const rows = functions.map((one) => {
    const { toEmpty, toDynamoDb } = withRatios(one, functions);
    const kilobytes = (one.bytes / 1000).toFixed(1);
    return [
      one.name.padEnd(24),
      pad(kilobytes),
      pad(one.initMillis.toFixed(1)),
      pad(toEmpty.toFixed(1)),
      pad(toDynamoDb.toFixed(2)),
    ].join('  ');
  });
  const head = ['bundle'.padEnd(24), '      kB', ' init ms', ' × empty', '× client'].join('  ');
  return [head, ...rows].join('\n');
}

function withRatios(one: ColdStart, all: readonly ColdStart[]): ColdStart & { toEmpty: number; toDynamoDb: number } {
  const reference = (name: string) => all.find((candidate) => candidate.name === name)?.initMillis ?? Number.NaN;
  return { ...one, toEmpty: one.initMillis / reference(EMPTY), toDynamoDb: one.initMillis / reference(DYNAMODB_ONLY) };
}

function brokenCases(cases: readonly CaseCost[]): string[] {
  return cases
    .filter(({ transitions, transitionsMax }) => transitions > transitionsMax)
    .map(
      ({ story, transitions, transitionsMax }) =>
        `A case ${story} takes ${transitions} transitions; ${transitionsMax} are allowed.`,
    );
}

function pad(value: number | string): string {
  return String(value).padStart(8);
}
