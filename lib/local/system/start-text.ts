import type { LocalSystem } from '../system.ts';

/** What a person is told once the local system stands. */
export interface StartFacts {
  readonly system: Pick<LocalSystem, 'apiUrl' | 'awsUrl' | 'outputs' | 'startedAt' | 'isResumed'>;
  readonly sampleCount: number;
  readonly logPath: string;
  readonly dataFolder: string | undefined;
}

/** The text a person reads, with commands to paste. */
export function startText({ system, sampleCount, logPath, dataFolder }: StartFacts): string {
  const { apiUrl, awsUrl, outputs, startedAt } = system;
  return [
    '',
    `Relance runs on this machine. Its clock stands at ${startedAt} and moves only when asked to.`,
    '',
    `  API            ${apiUrl}`,
    `  AWS endpoint   ${awsUrl}   (aws --endpoint-url ${awsUrl} dynamodb list-tables)`,
    `  tables         ${outputs.LedgerTableName}, ${outputs.HistoryTableName}`,
    `  function logs  ${logPath}`,
    '',
    ...keptText(system.isResumed, dataFolder),
    sampleCount === 0 ? 'There are no sample invoices.' : `${sampleCount} sample invoices were posted. Try:`,
    '',
    `  curl -s ${apiUrl}/_local/health`,
    `  curl -s ${apiUrl}/_local/clock -d '{"advanceBy": "P15D"}'`,
    `  curl -s ${apiUrl}/_local/outbox`,
    '',
    'Ctrl-C ends it.',
  ].join('\n');
}

/** The same for programs: one line of JSON. */
export function startJson({ system, sampleCount, logPath, dataFolder }: StartFacts): string {
  const { apiUrl, awsUrl, outputs, startedAt, isResumed } = system;
  const kept = { dataFolder: dataFolder ?? null, isResumed };
  return JSON.stringify({ ready: true, apiUrl, awsUrl, startedAt, sampleCount, logPath, ...kept, outputs });
}

function keptText(isResumed: boolean, dataFolder: string | undefined): string[] {
  if (dataFolder === undefined) return ['Nothing is kept when it ends; --data <folder> would.', ''];
  if (!isResumed) return [`Tables, outbox, secrets and clock are kept in ${dataFolder}.`, ''];
  return [
    `Tables, outbox, secrets and clock are as ${dataFolder} kept them. Executions are not kept: each open case has a`,
    'fresh one, started from the ledger, so their history begins here. Tokens from before are void.',
    '',
  ];
}
