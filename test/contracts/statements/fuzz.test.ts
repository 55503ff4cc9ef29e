import { isValidIBAN } from 'ibantools';
import { describe, expect, it } from 'vitest';
import { parseStatement, type StatementContent } from '../../../lib/contracts/statements/parse-statement.ts';
import { mutated, seededRandom } from './mutate.ts';
import { fixtureBytes, statementFile } from './statement-files.ts';

/** How many movements a text tells, counted without parsing it. */
const TOLD: Readonly<Record<string, (text: string) => number>> = {
  xml: (text) => {
    const [, ...entries] = text.replaceAll(/<!--.*?-->/gs, '').split(/<(?:n:)?Ntry[\s>]/);
    return entries.reduce((sum, entry) => sum + Math.max(1, entry.split(/<(?:n:)?TxDtls[\s/>]/).length - 1), 0);
  },
  mt940: (text) => text.split(/[\r\n]:61:/).length - 1,
  csv: (text) =>
    text
      .replaceAll(/(?<=^|[;,\r\n])"(?:[^"]|"")*"/g, '')
      .split(/(?:^|[\r\n])\s*"?\s*(?:\d{1,2}\/\d{1,2}\/\d{4}|\d{4}-\d{1,2}-\d{1,2})/).length - 1,
};

const FIXTURES = [
  ...['camt053-v02.xml', 'camt053-v08.xml', 'camt053-v13.xml', 'camt054.xml'],
  ...['german.mt940', 'plain.mt940', 'french.csv', 'comma.csv'],
];

/** What is wrong with what was taken; empty when it could be booked as it is. */
function unsound({ entries }: StatementContent): string[] {
  const ids = new Set(entries.map(({ transactionId }) => transactionId));
  const wrong = entries.flatMap((entry) => [
    /^[A-Za-z0-9._-]{1,64}$/.test(entry.transactionId) ? '' : 'id',
    Number.isSafeInteger(entry.amountMinor) && entry.amountMinor > 0 ? '' : 'amount',
    [entry.bookedOn, entry.valueOn].every((day) => !Number.isNaN(Date.parse(day)) && day.length === 10) ? '' : 'day',
    entry.debtorIban === undefined || isValidIBAN(entry.debtorIban) ? '' : 'iban',
    (entry.remittance ?? '').length <= 1000 && (entry.debtorName ?? '').length <= 140 ? '' : 'length',
    Object.values(entry).every((text) => typeof text !== 'string' || isClean(text)) ? '' : 'text',
    entry.returnsTransactionId === undefined || ids.has(entry.returnsTransactionId) ? '' : 'returned',
  ]);
  return [...wrong.filter((fault) => fault !== ''), ...(ids.size === entries.length ? [] : ['ids'])];
}

function isClean(text: string): boolean {
  return text.isWellFormed() && !/[^\P{Cc}\n]/u.test(text);
}

/** From the first to the last character that is not the original's, with what is around. */
function changedPart(text: string, original: Uint8Array): string {
  const before = Buffer.from(original).toString('latin1');
  const start = [...text].findIndex((character, index) => character !== before[index]);
  const end = [...text].reverse().findIndex((character, index) => character !== before.at(-1 - index));
  return text.slice(Math.max(0, start - 40), text.length - end + 40);
}

const SEED = 20_261_123;

describe(`a file with random faults, seed ${SEED},`, () => {
  it.each(FIXTURES)('made of %s is taken whole or refused, 2 500 times', (name) => {
    const [random, original] = [seededRandom(SEED), fixtureBytes(name)];
    const told = TOLD[name.split('.').at(-1)!]!;
    const wrong: unknown[] = [];
    let taken = 0;
    for (let run = 0; run < 2_500; run += 1) {
      const bytes = mutated(original, random);
      const parsed = parseStatement(statementFile(name, bytes));
      if (!parsed.ok) {
        if (parsed.fault.line < 1 || parsed.fault.detail === '' || 'entries' in parsed) wrong.push({ run, parsed });
        continue;
      }
      taken += 1;
      const { entries, ignored } = parsed;
      const movements = entries.length + Object.values(ignored).reduce((sum, count) => sum + count, 0);
      const faults = unsound(parsed);
      const text = Buffer.from(bytes).toString('latin1');
      if (faults.length > 0 || movements !== told(text))
        wrong.push({ run, faults, movements, told: told(text), text: changedPart(text, original) });
    }
    expect(wrong).toEqual([]);
    expect(taken).toBeGreaterThan(50);
    expect(taken).toBeLessThan(2_500);
  });
});
