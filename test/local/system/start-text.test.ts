import { describe, expect, it } from 'vitest';
import { startJson, startText } from '../../../lib/local/system/start-text.ts';

const system = {
  apiUrl: 'http://127.0.0.1:4000',
  awsUrl: 'http://127.0.0.1:4566',
  outputs: { LedgerTableName: 'Ledger', HistoryTableName: 'History' },
  startedAt: '2026-01-05T08:00:00.000Z',
  isResumed: false,
};
const facts = { system, sampleCount: 12, logPath: '.cache/functions.log', dataFolder: undefined };

describe('what npm start prints', () => {
  it('says where everything is and gives three commands to paste', () => {
    const text = startText(facts);
    for (const part of [
      'http://127.0.0.1:4566',
      'Ledger, History',
      '.cache/functions.log',
      '12 sample invoices',
      'Nothing is kept',
    ]) {
      expect(text).toContain(part);
    }
    expect(text.match(/^ {2}curl .*$/gm)).toEqual([
      '  curl -s http://127.0.0.1:4000/_local/health',
      `  curl -s http://127.0.0.1:4000/_local/clock -d '{"advanceBy": "P15D"}'`,
      '  curl -s http://127.0.0.1:4000/_local/outbox',
    ]);
  });

  it('says of kept data what is as it was and what is not', () => {
    const resumed = startText({
      ...facts,
      sampleCount: 0,
      dataFolder: '.data',
      system: { ...system, isResumed: true },
    });
    expect(resumed).toContain('are as .data kept them. Executions are not kept');
    expect(resumed).toContain('There are no sample invoices.');
    expect(startText({ ...facts, dataFolder: '.data' })).toContain('are kept in .data');
  });

  it('is one line of JSON for programs', () => {
    expect(JSON.parse(startJson(facts))).toEqual({
      ready: true,
      apiUrl: 'http://127.0.0.1:4000',
      awsUrl: 'http://127.0.0.1:4566',
      startedAt: '2026-01-05T08:00:00.000Z',
      sampleCount: 12,
      logPath: '.cache/functions.log',
      dataFolder: null,
      isResumed: false,
      outputs: { LedgerTableName: 'Ledger', HistoryTableName: 'History' },
    });
  });
});
