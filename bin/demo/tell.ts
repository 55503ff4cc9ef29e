import type { SentMessage } from '../../lib/local/client/local-client.ts';
import type { CostLine } from './cost.ts';
import type { Chapter } from './story.ts';

/** A chapter as a person would tell it. Times are those of Paris, where the story plays. */
export function tellChapter(chapter: Chapter): string {
  switch (chapter.kind) {
    case 'registered':
      return `${when(chapter.at)}  Invoice ${chapter.number} is registered: ${chapter.customer} owes ${chapter.amount}, due on ${day(chapter.dueOn)}.`;
    case 'next':
      return indent(
        `Next: ${chapter.stepId} (${LEVELS[chapter.level] ?? chapter.level}) on ${when(chapter.at).trim()}: ${chapter.why}.`,
      );
    case 'notice':
      return tellNotice(chapter);
    case 'task':
      return `${when(chapter.at)}  Work for a person (${chapter.task}): ${chapter.title} → ${chapter.outcome}.`;
    case 'payment':
      return `${when(chapter.at)}  The bank books ${chapter.amount}: "${chapter.remittance}". Still owed: ${chapter.stillOwed}.`;
    case 'settled':
      return `${when(chapter.at)}  The case is settled: the execution is ${chapter.executionStatus}, in state "${chapter.lastState}".`;
    case 'quiet':
      return `${when(chapter.until)}  Two months on: ${chapter.messagesSince === 0 ? 'no message has followed' : `${chapter.messagesSince} MESSAGES FOLLOWED`}.`;
  }
}

/** The bill, one line each and the sum. */
export function tellCost(
  lines: readonly CostLine[],
  { textMessages, letters }: { readonly textMessages: number; readonly letters: number },
): string {
  const rows = lines.map(({ what, count, usd }) => `  ${String(count).padStart(5)} ${what.padEnd(22)} ${dollars(usd)}`);
  const total = lines.reduce((sum, { usd }) => sum + usd, 0);
  const others = [
    ...(textMessages > 0 ? ["text messages at your operator's price"] : []),
    ...(letters > 0 ? ['postage'] : []),
  ];
  const without = others.length > 0 ? `, without ${others.join(' and ')}: more than all the rest` : '';
  return [
    'What this case would have cost on AWS (list prices of us-east-1; free tiers left out):',
    ...rows,
    `  ${''.padEnd(5)} ${'in all'.padEnd(22)} ${dollars(total)}${without}`,
  ].join('\n');
}

const LEVELS: Readonly<Record<string, string>> = {
  preventive: 'preventive',
  level1: 'level 1',
  level2: 'level 2',
  level3: 'level 3',
};

function tellNotice({ at, stepId, level, channel, to, subject, text }: Extract<Chapter, { kind: 'notice' }>): string {
  const what = level === null ? 'Written confirmation' : `${stepId}, ${LEVELS[level] ?? level}`;
  const head = `${when(at)}  ${what}: ${CHANNELS[channel]} to ${to.join(', ')}`;
  return `${head}\n${indent(channel === 'sms' ? text : `Subject: ${subject}\n${opening(text)}`)}`;
}

const CHANNELS: Readonly<Record<SentMessage['channel'], string>> = {
  email: 'email',
  sms: 'SMS',
  letter: 'letter',
  'registered-letter': 'registered letter',
};

/** What an email says first, after the greeting: its tone and its reason. */
function opening(text: string): string {
  const [, first = ''] = text.split('\n\n');
  return wrap(first.replaceAll('\n', ' '), 96);
}

function wrap(text: string, width: number): string {
  return text.replace(new RegExp(`(.{1,${width}})(?: |$)`, 'g'), '$1\n').trimEnd();
}

function indent(text: string): string {
  return text.replace(/^/gm, `${' '.repeat(24)}`);
}

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

function when(instant: string): string {
  return FORMAT.format(new Date(instant)).replaceAll(',', '').padEnd(22);
}

function day(date: string): string {
  return when(`${date}T12:00:00Z`).slice(0, 15);
}

function dollars(usd: number): string {
  return `$ ${usd.toFixed(6)}`;
}
