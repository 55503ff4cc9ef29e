import { describe, expect, it } from 'vitest';
import { faultOf, fixtureText, takenOf } from './statement-files.ts';

const GERMAN = fixtureText('german.mt940');
const PLAIN = fixtureText('plain.mt940');

describe('an MT940', () => {
  it('of a German bank gives what its sub-fields say, and a return without its charges', () => {
    const { entries, ignored, statements } = takenOf('german.mt940');
    expect(entries).toMatchObject([
      {
        ...{ kind: 'credit', amountMinor: 119_000, currency: 'EUR', bookedOn: '2026-11-23', valueOn: '2026-11-23' },
        ...{ debtorName: 'Mueller Maschinenbau AG und Co. KG', debtorIban: 'DE89370400440532013000' },
        remittance: 'Rechnung RE-4711 vom 3.10.2026 abzgl. nichts',
        ...{ endToEndId: 'RE-4711', bankReference: 'BK-0001' },
      },
      {
        ...{ kind: 'return', amountMinor: 10_000, chargesMinor: 350, endToEndId: 'LS-99' },
        ...{ debtorName: 'Bakker BVBA', debtorIban: 'BE72000000001616' },
      },
    ]);
    expect(ignored).toEqual({ debits: 1, returnedDebits: 0, totals: 0, empty: 0, notBooked: 0 });
    expect(statements).toEqual([{ account: '10020500/0001194700', throughOn: '2026-11-23' }]);
  });

  it('with plain text puts broken words together and dates bookings into the year they are near', () => {
    const { entries, ignored, statements } = takenOf('plain.mt940');
    expect(entries).toMatchObject([
      {
        ...{ kind: 'credit', amountMinor: 120_050, bookedOn: '2026-12-31', endToEndId: 'FACT2026-0042' },
        remittance: 'VIR RECU MENUISERIE LEFEVRE ET FILS FACTURES 2026-0042 ET 2026-0043 MERCI\nPOUR VOTRE PATIENCE',
      },
      {
        ...{ kind: 'credit', amountMinor: 8_000, bookedOn: '2027-01-02', valueOn: '2026-12-31' },
        ...{ debtorName: 'Jansen BV', debtorIban: 'DE89370400440532013000', remittance: 'INV 2026-0099' },
      },
      { kind: 'return', amountMinor: 8_000 },
    ]);
    expect(ignored).toMatchObject({ notBooked: 1 });
    expect(statements.map(({ throughOn }) => throughOn)).toEqual([null, '2026-12-31']);
  });

  it.each<[string, string, object]>([
    [
      'ING',
      '/CNTP/DE89370400440532013000/COBADEFF/Jansen BV/Bonn//REMI/USTD//INV 7/',
      { debtorName: 'Jansen BV', remittance: 'INV 7' },
    ],
    ['another sign', '166>00GUTSCHRIFT>20INV 7>32Jansen', { debtorName: 'Jansen', remittance: 'INV 7' }],
    ['no SEPA words', '051?00GUTSCHRIFT?20INV 7?21MERCI?32Jansen', { remittance: 'INV 7 MERCI' }],
  ])('is read as %s writes it', (_, information, words) => {
    const file = GERMAN.replace(/:86:166.*?(?=:61:)/s, `:86:${information}\n`);
    expect(takenOf('german.mt940', file).entries[0]).toMatchObject(words);
  });

  it('tells a return by its reason too, and a transfer of ours that came back is no payment', () => {
    const debit = GERMAN.replace('NRTINONREF', 'NTRFNONREF').replace(
      /:86:109.*?(?=:61:)/s,
      ':86:/RTRN/MS03/REMI/INV 7/\n',
    );
    expect(takenOf('german.mt940', debit).entries[1]).toMatchObject({ kind: 'return', remittance: 'INV 7' });
    const credit = GERMAN.replace(':86:166?', ':86:159?');
    expect(takenOf('german.mt940', credit)).toMatchObject({ ignored: { returnedDebits: 1 } });
  });

  it('in the encoding of Windows is read too', () => {
    const latin = Uint8Array.from(GERMAN.replace('Mueller', 'Müller'), (character) => character.charCodeAt(0));
    expect(takenOf('german.mt940', latin).entries[0]!.debtorName).toMatch(/^Müller/);
  });

  it.each<[string, string, string, object]>([
    ['a tag before each line of information', '?22\nSVWZ', '?22\n:86:SVWZ', { endToEndId: 'RE-4711' }],
    ['a dash alone on a line', 'UEBERWEISUNG?10931', 'UEBERWEISUNG\n-\n?10931', { endToEndId: 'RE-4711' }],
    [
      ...(['an IBAN with its currency', ':25:10020500/0001194700', ':25:BE72000000001616EUR'] as const),
      { account: 'BE72000000001616' },
    ],
    ['no comma in a whole amount', 'CR1190,00', 'CR1190', { amountMinor: 119_000 }],
    ['blanks for the day of booking', '2611231123C', '261123    C', { bookedOn: '2026-11-23' }],
    ['30 February as day of value', '2611231123C', '2702300301C', { valueOn: '2027-02-28', bookedOn: '2027-03-01' }],
    ['29 February in a leap year', '2611231123C', '2802290301C', { valueOn: '2028-02-29', bookedOn: '2028-03-01' }],
  ])('may have %s', (_, from, to, fields) => {
    expect(takenOf('german.mt940', GERMAN.replace(from, to)).entries[0]).toMatchObject(fields);
  });

  it('with other line ends or a heading of the bank gives the same', () => {
    const { entries } = takenOf('german.mt940');
    expect(takenOf('german.mt940', GERMAN.replaceAll('\n', '\r\n')).entries).toEqual(entries);
    expect(takenOf('german.mt940', `ABNANL2A\n940\nABNANL2A\n${GERMAN}`).entries).toEqual(entries);
  });
});

describe('an MT940 is refused whole', () => {
  it.each<[string, string, string, number, RegExp]>([
    [
      'balances that do not add up',
      'EUR2041,50',
      'EUR2041,51',
      1,
      /opens with 1000.00 EUR, books 1041.50 in 3 .*closes with 2041.51/,
    ],
    ['a third decimal', 'CR1190,00', 'CR1190,001', 5, /at most 2 decimals/],
    ['an amount with a point', 'CR1190,00', 'CR1190.00', 5, /as SWIFT writes them/],
    ['a day that does not exist', '2611231123CR', '2611311123CR', 5, /days that exist/],
    ['an unknown mark', '1123CR1190', '1123XR1190', 5, /as SWIFT writes them/],
    ['a balance in no currency', '60F:C261120EUR', '60F:C261120EU1', 4, /mark, date, currency and amount/],
    ['balances of two currencies', '62F:C261123EUR', '62F:C261123CHF', 1, /balance in EUR and money in CHF/],
    ['no opening balance', ':60F:C261120EUR1000,00\n', '', 15, /without its :60F:/],
    ['no account', ':25:10020500/0001194700\n', '', 15, /without its :25:/],
    ['no beginning', ':20:STARTUMSE\n', '', 1, /begin with a :20:/],
    ['two closing balances', '-\n', ':62F:C261123EUR2041,50\n-\n', 17, /once/],
    ['information on nothing', ':61:2611231123CR1190,00N166NONREF//BK-0001\n', '', 5, /must follow the :61:/],
    ['text outside a message', '-\n', '-}\nlost text: 1\n', 18, /belongs to no field/],
    ['a booking after the end', '-\n', ':61:2611231123C1,00NTRFX\n-\n', 17, /between the two balances/],
  ])('for %s', (_, from, to, line, detail) => {
    const fault = faultOf('german.mt940', GERMAN.replace(from, to))!;
    expect(fault.detail).toMatch(detail);
    expect(fault.line).toBe(line);
  });

  it.each(['', 'hello', '<xml/>', '\u0000'])('when it is %j', (file) => {
    expect(faultOf('german.mt940', file)).not.toBeNull();
  });

  it('cut at any character before its closing balance is complete', () => {
    const end = GERMAN.indexOf('2041,50') + '2041,5'.length;
    const cuts = Array.from({ length: end }, (_, length) => length);
    expect(cuts.filter((length) => faultOf('german.mt940', GERMAN.slice(0, length)) === null)).toEqual([]);
  });

  it('cut within a later message', () => {
    const second = PLAIN.indexOf('RLV-2026-12');
    const end = PLAIN.indexOf(':62F:') + ':62F:C261231EUR950,'.length;
    const cuts = Array.from({ length: end - second }, (_, index) => second + index);
    expect(cuts.filter((length) => faultOf('plain.mt940', PLAIN.slice(0, length)) === null)).toEqual([]);
  });
});
