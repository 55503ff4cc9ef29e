import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ratesModule } from '../../bin/generate/rates.ts';

const CSV = join(import.meta.dirname, '../../lib/domain/interest/rates.csv');
const folder = mkdtempSync(join(tmpdir(), 'relance-rates-'));
const shipped = readFileSync(CSV, 'utf8');

afterAll(() => rmSync(folder, { recursive: true }));

function moduleOf(text: string): string {
  const file = join(folder, 'rates.csv');
  writeFileSync(file, text);
  return ratesModule(file);
}

describe('the generated rates', () => {
  it('are basis points, below zero too', () => {
    const [header, first] = shipped.split('\n');
    const text = moduleOf(`${header}\n${first}\n`);
    expect(JSON.parse(text.slice(text.indexOf(' = ') + 3).replace(';', ''))).toEqual([
      {
        from: '2019-01-01',
        bps: { ecb: 0, 'fr-legal-individuals': 340, 'fr-legal-others': 86, boe: 75, bundesbank: -88 },
      },
    ]);
  });

  it('are the same whatever the line ends are', () => {
    expect(moduleOf(shipped.replaceAll('\n', '\r\n'))).toBe(moduleOf(shipped));
  });

  it.each([
    ['boe_reference', 'bank_rate', ':1: the columns are "from,'],
    ['2022-07-01', '2022-07-02', ':9: "2022-07-02" is not the half-year that comes next'],
    ['2022-07-01,0.00,3.15,0.77,1.25,-0.88\n', '', ':9: "2023-01-01" is not the half-year that comes next'],
    ['2019-01-01', '2019-03-01', ':2: "2019-03-01" is not the half-year that comes next'],
    ['4.50,8.01', '4.5,8.01', ':12: ecb_mro is "4.5"'],
    ['4.50,8.01', '4.500,8.01', ':12: ecb_mro is "4.500"'],
    ['4.50,8.01', '"4,50",8.01', ':12: it has 6 rates'],
    ['4.50,8.01', ',8.01', ':12: ecb_mro is ""'],
    ['2026-07-01,2.40,6.84,2.75,3.75,1.52', '2026-07-01,2.40,6.84,2.75,3.75', ':17: it has 4 rates'],
  ])('are refused where %j is %j', (before, after, message) => {
    expect(shipped).toContain(before);
    expect(() => moduleOf(shipped.replace(before, after))).toThrow(message);
  });
});
