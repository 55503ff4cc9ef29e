import type { CostLine } from './cost.ts';
import type { Chapter } from './story.ts';

/** A chapter as a person would tell it. Times are those of Paris, where the story plays. */
export function tellChapter(chapter: Chapter): string {
  switch (chapter.kind) {
    case 'registered':
      return `${when(chapter.at)}  Invoice ${chapter.invoiceId} is registered: ${chapter.customer} owes ${chapter.amount}, due on ${chapter.dueOn}.`;
    case 'next':
      return indent(
        `Next: ${chapter.stepId} (${LEVELS[chapter.level] ?? chapter.level}) on ${when(chapter.at).trim()}: ${chapter.why}.`,
      );
    case 'notice':
      return tellNotice(chapter);
    case 'payment':
      return `${when(chapter.at)}  The bank books ${chapter.amount}: "${chapter.remittance}". Still owed: ${chapter.stillOwed}.`;
    case 'settled':
      return `${when(chapter.at)}  Nothing is owed any more. The execution is ${chapter.executionStatus}, in state "${chapter.lastState}".`;
    case 'quiet':
      return `${when(chapter.until)}  Two months on: ${chapter.messagesSince === 0 ? 'no message has followed' : `${chapter.messagesSince} MESSAGES FOLLOWED`}.`;
  }
}

/** The bill, one line each and the sum. */
export function tellCost(lines: readonly CostLine[], textMessages: number): string {
  const rows = lines.map(({ what, count, usd }) => `  ${String(count).padStart(5)} ${what.padEnd(22)} ${dollars(usd)}`);
  const total = lines.reduce((sum, { usd }) => sum + usd, 0);
  const sms = textMessages === 1 ? '1 text message' : `${textMessages} text messages`;
  return [
    'What this case would have cost on AWS (list prices of us-east-1; free tiers left out):',
    ...rows,
    `  ${''.padEnd(5)} ${'in all'.padEnd(22)} ${dollars(total)}, and ${sms} at the price of your operator`,
  ].join('\n');
}

const LEVELS: Readonly<Record<string, string>> = {
  preventive: 'preventive',
  level1: 'level 1',
  level2: 'level 2',
  level3: 'level 3',
};

function tellNotice({ at, stepId, level, channel, to, subject, text }: Extract<Chapter, { kind: 'notice' }>): string {
  const head = `${when(at)}  ${stepId}, ${LEVELS[level ?? ''] ?? level}: ${channel === 'email' ? 'email' : 'SMS'} to ${to.join(', ')}`;
  return `${head}\n${indent(channel === 'email' ? `Subject: ${subject}` : text)}`;
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

function dollars(usd: number): string {
  return `$ ${usd.toFixed(6)}`;
}
