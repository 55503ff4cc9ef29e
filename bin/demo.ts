// npm run demo: one case from invoice to settlement on the local system, told as it happens. --json gives lines of JSON.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LocalClient } from '../lib/local/client/local-client.ts';
import { synthesize } from '../lib/local/synthesize.ts';
import { startLocalSystem } from '../lib/local/system.ts';
import { costOf, type Metrics } from './demo/cost.ts';
import { liveTheStory, STORY_INVOICE, STORY_STARTS_AT } from './demo/story.ts';
import { tellChapter, tellCost } from './demo/tell.ts';

const PROJECT = join(import.meta.dirname, '..');

try {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  await run(values.json);
} catch (error) {
  console.error(`The demo stopped: ${error instanceof Error ? error.message : error}`);
  // parseArgs refuses what it does not know with these codes.
  process.exitCode = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
}

async function run(asJson: boolean): Promise<void> {
  // Progress goes to the error stream, so that the story can be piped.
  const onProgress = (message: string) => console.error(`${message} …`);
  const cloudAssemblyFolder = await synthesize({ projectFolder: PROJECT, onProgress });
  const onError = (error: unknown) => {
    throw error;
  };
  const options = { cloudAssemblyFolder, port: 0, awsPort: 0, startAt: STORY_STARTS_AT, onProgress, onError };
  const system = await startLocalSystem(options);
  try {
    await tell(new LocalClient(system.apiUrl), asJson);
  } finally {
    await system.close();
  }
}

async function tell(client: LocalClient, asJson: boolean): Promise<void> {
  const print = (fields: object, text: string) => console.log(asJson ? JSON.stringify(fields) : text);
  if (!asJson) console.log('');
  for await (const chapter of liveTheStory(client)) print(chapter, tellChapter(chapter));
  const messages = await client.outbox(STORY_INVOICE);
  const emails = messages.filter(({ channel }) => channel === 'email').length;
  const metrics = (await client.call<Metrics>('GET /_local/metrics')).body;
  const { transitions } = await client.execution(STORY_INVOICE);
  const textMessages = messages.filter(({ channel }) => channel === 'sms').length;
  const letters = messages.length - emails - textMessages;
  const lines = costOf(metrics, emails);
  print(
    { kind: 'summary', emails, textMessages, letters, stateTransitions: transitions, cost: lines },
    `\n${emails} emails, ${textMessages} SMS, ${letters} letters; ${transitions} state transitions.\n${tellCost(lines, { textMessages, letters })}`,
  );
}
