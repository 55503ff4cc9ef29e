import { describe, expect, it } from 'vitest';
import { CsvMappingSchema } from '../../../lib/contracts/statements/csv/csv-mapping.ts';
import { parseStatement } from '../../../lib/contracts/statements/parse-statement.ts';
import { COMMA_CSV, type FRENCH_CSV, faultOf, fixtureBytes, fixtureText, takenOf } from './statement-files.ts';

const FRENCH = new TextDecoder('windows-1252').decode(fixtureBytes('french.csv'));
const COMMA = fixtureText('comma.csv');

describe('a CSV', () => {
  it('of a French bank is read by its mapping, quotes and Windows encoding included', () => {
    const { entries, ignored, statements } = takenOf('french.csv');
    const common = { account: 'FR7630006000011234567890189', currency: 'EUR' };
    expect(entries).toMatchObject([
      {
        ...{ ...common, kind: 'credit', amountMinor: 120_050, bookedOn: '2026-11-20', valueOn: '2026-11-20' },
        remittance: 'VIR SEPA "LEFEVRE & FILS" FACTURE 2026-0042; MERCI',
      },
      { ...common, kind: 'return', amountMinor: 44_000, remittance: 'REJET PRÉLV. GARAGE DU PORT IMPAYÉ' },
      { ...common, kind: 'credit', amountMinor: 1_000, bookedOn: '2026-11-24' },
      { ...common, kind: 'credit', amountMinor: 1_000, bookedOn: '2026-11-24' },
    ]);
    expect(new Set(entries.map(({ transactionId }) => transactionId)).size).toBe(4);
    expect(ignored).toMatchObject({ debits: 1 });
    expect(statements).toEqual([{ account: 'FR7630006000011234567890189', throughOn: '2026-11-24' }]);
  });

  it('without header is read by numbers, each line in its own currency', () => {
    expect(takenOf('comma.csv').entries).toMatchObject([
      {
        ...{ kind: 'credit', amountMinor: 120_000, currency: 'EUR', debtorName: 'Lefèvre, Fils' },
        ...{ debtorIban: 'FR1420041010050500013M02606', structuredReference: 'RF18539007547034' },
      },
      { kind: 'credit', amountMinor: 15_000, currency: 'JPY', bookedOn: '2026-11-22', remittance: 'INV 7' },
    ]);
  });

  it('gives the same ids whatever its encoding and its later lines', () => {
    const [first] = takenOf('french.csv').entries;
    expect(takenOf('french.csv', FRENCH).entries[0]).toEqual(first);
    expect(takenOf('french.csv', FRENCH.split('\r\n').slice(0, 4).join('\r\n')).entries[0]).toEqual(first);
  });

  it('from the newest to the oldest is held to its balances as well', () => {
    const [head, gap, header, ...rows] = FRENCH.trimEnd().split('\r\n');
    const turned = [head, gap, header, ...rows.reverse()].join('\r\n');
    expect(takenOf('french.csv', turned).entries).toHaveLength(4);
    expect(faultOf('french.csv', turned.replace('11 150,50', '11 150,51'))?.detail).toMatch(/does not add up/);
  });

  it.each<[string, number | null]>([
    ['1234.50', 123_450],
    ['+1234.50', 123_450],
    ['-12.00', -1_200],
    ['12.00-', -1_200],
    ['0.00', 0],
    ['1234.5', null],
    ['1234', null],
    ['1,234.50', null],
    ['-12.00-', null],
    ['1e3', null],
    ['', null],
  ])('reads the amount %j as %j', (text, amountMinor) => {
    const parsed = parseStatement({
      format: 'csv',
      bytes: new TextEncoder().encode(`2026-11-23,"${text}",EUR,,,X,,\n`),
      csvMapping: COMMA_CSV,
    });
    expect(parsed.ok ? (parsed.entries[0]?.amountMinor ?? (parsed.ignored.debits > 0 ? -1_200 : 0)) : null).toBe(
      amountMinor,
    );
  });

  it.each<[(typeof FRENCH_CSV)['dateFormat'], string, string | null]>([
    ['DD/MM/YYYY', '3/11/2026', '2026-11-03'],
    ['MM/DD/YYYY', '11/03/2026', '2026-11-03'],
    ['DD.MM.YY', '03.11.26', '2026-11-03'],
    ['YYYYMMDD', '20261103', '2026-11-03'],
    ['DD/MM/YYYY', '31/11/2026', null],
    ['DD.MM.YYYY', '03/11/2026', null],
    ['YYYYMMDD', '2026113', null],
  ])('reads a day written as %s in %j as %j', (dateFormat, text, day) => {
    const parsed = parseStatement({
      format: 'csv',
      bytes: new TextEncoder().encode(`${text},1.00,EUR,,,X,,\n`),
      csvMapping: { ...COMMA_CSV, dateFormat },
    });
    expect(parsed.ok ? parsed.entries[0]?.bookedOn : null).toBe(day);
  });
});

describe('a CSV is refused whole', () => {
  it.each<[string, string, string, object]>([
    [
      'a line of other length',
      ';;10,00;10 720,50',
      ';10,00;10 720,50',
      { line: 8, detail: 'has 5 fields where the first line has 6' },
    ],
    ['a balance that does not follow', '10 720,50', '10 721,50', { line: 8 }],
    ['a wrong amount', '440,00;;', '440,0;;', { line: 7, column: 4 }],
    ['two amounts', '440,00;;', '440,00;440,00;', { line: 7 }],
    ['a negative credit', ';;10,00;', ';;-10,00;', { line: 8, column: 5 }],
    ['a wrong day', '23/11/2026;', '23/13/2026;', { line: 6, column: 1 }],
    ['a column that is lost', 'Solde', 'Sole', { line: 3, detail: 'must have the declared column "Solde" once' }],
    ['a quote that stays open', 'MERCI"', 'MERCI', { detail: 'has a quote that is never closed' }],
    ['text behind a quote', 'MERCI"', 'MERCI" x', { line: 5, detail: 'has text beside a field in quotes' }],
  ])('for %s', (_, from, to, fault) => {
    expect(faultOf('french.csv', FRENCH.replace(from, to))).toMatchObject(fault);
  });

  it.each([0, 1, 2])('cut in the middle of line %i', (index) => {
    const lines = COMMA.split('\n');
    const cut = [...lines.slice(0, index), lines[index]!.slice(0, 30)].join('\n');
    expect(faultOf('comma.csv', cut)).not.toBeNull();
  });

  it.each([' ', '0', '1 '])('for an amount of a million times %j, without looking at it for long', (text) => {
    const long = FRENCH.replace('440,00', `4${text.repeat(1_000_000)}x`);
    expect(faultOf('french.csv', long)).toMatchObject({ line: 7, column: 4 });
  });

  it('when it is empty or of another kind', () => {
    for (const file of ['', '\n\n', 'hello', '<Document/>']) expect(faultOf('french.csv', file)).not.toBeNull();
  });
});

describe('a mapping', () => {
  const { columns } = COMMA_CSV;

  it.each<[string, object]>([
    ['no amount', { columns: { ...columns, amount: undefined } }],
    ['an amount and a credit', { columns: { ...columns, credit: 9 } }],
    ['neither currency nor a column for it', { columns: { ...columns, currency: undefined } }],
    ['the same sign for groups and decimals', { groupSeparator: '.' }],
    ['names without a header', { columns: { ...columns, balance: 'Solde' } }],
    ['no account', { account: undefined }],
    ['a field nobody knows', { quote: "'" }],
  ])('is refused with %s', (_, changes) => {
    expect(CsvMappingSchema.safeParse({ ...COMMA_CSV, ...changes }).success).toBe(false);
  });
});
