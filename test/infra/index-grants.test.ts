import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions, functionEntries } from '../../lib/infra/bundling/bundle-functions.ts';
import { LEDGER_INDEXES } from '../support/ledger-tables.ts';
import { type SynthesizedTemplate, theTemplate } from './support/synthesized-stack.ts';

/** The indexes that each list of the ledger may be read from; of several, what is asked for decides. */
const INDEXES_OF_LIST: Readonly<Record<string, readonly string[]>> = {
  listOpenCaseIds: ['CasesByCustomer'],
  listUnappliedOf: ['CasesByCustomer'],
  listUnappliedCash: ['UnappliedCash'],
  listCases: ['CasesByCustomer', 'CasesByPriority', 'CasesByDueDate', 'CasesByAmount'],
  listTasks: ['TasksByDueDate'],
};

const entries = functionEntries(join(import.meta.dirname, '..', '..', 'functions'));
const output = mkdtempSync(join(tmpdir(), 'relance-index-grants-'));
let synthesized: SynthesizedTemplate;

beforeAll(async () => {
  synthesized = theTemplate();
  await bundleFunctions(entries, output);
});

afterAll(() => rmSync(output, { recursive: true, force: true }));

/** The lists that a function asks the ledger for: names of methods outlive the minifier, and what is not reached is not in the bundle. */
function listsAskedBy(name: string): string[] {
  const code = readFileSync(join(output, name, 'index.mjs'), 'utf8');
  return Object.keys(INDEXES_OF_LIST).filter((list) => code.includes(`.${list}(`));
}

function indexesGrantedTo(name: string): string[] {
  const role = `${name.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase())}Role`;
  const policies = Object.entries(synthesized.propertiesOf('AWS::IAM::Policy')).filter(([id]) => id.includes(role));
  expect(policies).toHaveLength(1);
  return [...JSON.stringify(policies).matchAll(/\/index\/(\w+)/g)].map(([, index]) => index ?? '').sort();
}

describe('the indexes of the ledger', () => {
  it('are each read by a list', () => {
    const read = new Set(Object.values(INDEXES_OF_LIST).flat());
    expect(read).toEqual(new Set(LEDGER_INDEXES.map(({ IndexName }) => IndexName)));
  });

  it.each(Object.keys(entries))('are granted to %s as far as its code lists by them', (name) => {
    const lists = listsAskedBy(name);
    const granted = indexesGrantedTo(name);
    const unneeded = granted.filter((index) => !lists.some((list) => INDEXES_OF_LIST[list]?.includes(index)));
    const unread = lists.filter((list) => !INDEXES_OF_LIST[list]?.some((index) => granted.includes(index)));
    expect({ unneeded, unread }).toEqual({ unneeded: [], unread: [] });
  });
});
