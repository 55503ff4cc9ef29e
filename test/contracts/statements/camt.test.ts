import { describe, expect, it } from 'vitest';
import { faultOf, fixtureBytes, fixtureText, takenOf } from './statement-files.ts';

const V02 = fixtureText('camt053-v02.xml');
const V08 = fixtureText('camt053-v08.xml');
const V13 = fixtureText('camt053-v13.xml');
const NOTIFICATION = fixtureText('camt054.xml');

const anyId = expect.stringMatching(/^[A-Za-z0-9._-]{1,64}$/);

describe('a camt.053', () => {
  it('of version 02 gives its credits, its batch and its returned direct debit', () => {
    const { entries, ignored, statements } = takenOf('camt053-v02.xml');
    const common = { account: 'FR7630006000011234567890189', currency: 'EUR', bookedOn: '2026-11-23' };
    expect(entries).toEqual([
      {
        ...{ ...common, transactionId: anyId, kind: 'credit', amountMinor: 120_000, valueOn: '2026-11-23' },
        ...{ debtorName: 'Menuiserie Lefèvre & Fils', debtorIban: 'FR1420041010050500013M02606' },
        ...{ remittance: 'FACTURE 2026-0042\nMERCI', endToEndId: 'CLI-77-NOV', bankReference: '2026112300000042' },
      },
      {
        ...{ ...common, transactionId: anyId, kind: 'credit', amountMinor: 100_000, valueOn: '2026-11-24' },
        ...{ debtorName: 'Studio Kern GmbH', debtorIban: 'DE89370400440532013000' },
        ...{ structuredReference: 'RF18539007547034', bankReference: '2026112300000043' },
      },
      {
        ...{ ...common, transactionId: anyId, kind: 'credit', amountMinor: 200_000, valueOn: '2026-11-24' },
        ...{ debtorName: 'Bakker BVBA', debtorIban: 'BE72000000001616' },
        ...{ remittance: '2026-0050\n2026-0051', bankReference: '2026112300000043' },
      },
      {
        ...{ ...common, transactionId: anyId, kind: 'return', amountMinor: 44_000, chargesMinor: 350 },
        ...{ valueOn: '2026-11-21', debtorName: 'Garage du Port', endToEndId: 'PRLV-2026-0031' },
        bankReference: '2026112300000044',
      },
    ]);
    expect(ignored).toEqual({ debits: 1, returnedDebits: 0, totals: 0, empty: 0, notBooked: 1 });
    expect(statements).toEqual([{ account: 'FR7630006000011234567890189', throughOn: '2026-11-23' }]);
  });

  it('of version 08 is read with its prefix, its coded status, its parties and a batch of returns', () => {
    expect(takenOf('camt053-v08.xml').entries).toMatchObject([
      {
        ...{ kind: 'credit', amountMinor: 100_000, bookedOn: '2026-11-23', valueOn: '2026-11-23' },
        ...{ debtorName: 'Müller Maschinenbau AG', debtorIban: 'DE89370400440532013000', endToEndId: 'RE-4711' },
        remittance: 'RE-4711 vom 3.10. <danke>',
      },
      { kind: 'return', amountMinor: 15_000, endToEndId: 'LS-1', debtorName: 'A', valueOn: '2026-11-20' },
      { kind: 'return', amountMinor: 25_000, endToEndId: 'LS-2', debtorName: 'B' },
    ]);
  });

  it('of version 13 knows the credit that a reversal takes back, and leaves out what another file tells', () => {
    const { entries, ignored, statements } = takenOf('camt053-v13.xml');
    expect(entries).toMatchObject([
      { kind: 'credit', amountMinor: 120_500, currency: 'TND', remittance: 'INV 88' },
      { kind: 'return', amountMinor: 120_500, returnsTransactionId: entries[0]!.transactionId },
    ]);
    expect(ignored).toEqual({ debits: 0, returnedDebits: 1, totals: 1, empty: 0, notBooked: 0 });
    expect(statements).toEqual([{ account: '0042-118', throughOn: '2026-11-23' }]);
  });

  it.each(['02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13'])(
    'is read in version %s',
    (version) => {
      const [from, to] = [/camt\.053\.001\.\d\d/, `camt.053.001.${version}`];
      expect(takenOf('camt053-v02.xml', V02.replace(from, to)).entries).toHaveLength(4);
      expect(takenOf('camt053-v08.xml', V08.replace(from, to)).entries).toHaveLength(3);
    },
  );

  it('without entries says through which day nothing came', () => {
    const empty = V02.replaceAll(/\s*<Ntry>.*?<\/Ntry>/gs, '').replace('14206.50', '10500');
    expect(takenOf('camt053-v02.xml', empty)).toMatchObject({ entries: [], statements: [{ throughOn: '2026-11-23' }] });
  });

  it('may hold additions of the bank in their envelope', () => {
    const own = '<SplmtryData><Envlp><x:Ntry xmlns:x="urn:bank"><x:Amt>1</x:Amt></x:Ntry></Envlp></SplmtryData></Stmt>';
    expect(takenOf('camt053-v02.xml', V02.replace('</Stmt>', own)).entries).toHaveLength(4);
  });

  it('of several pages is not held to balances that other pages explain', () => {
    const paged = V02.replace('<Ntry>', '<StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn><Ntry>');
    expect(takenOf('camt053-v02.xml', paged.replace('10500.00', '1.00')).entries).toHaveLength(4);
  });

  it('may turn the parties of a return, so that our own account is the debtor', () => {
    const parties =
      '<RltdPties><Dbtr><Nm>Nous</Nm></Dbtr><DbtrAcct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></DbtrAcct>' +
      '<Cdtr><Nm>Garage</Nm></Cdtr><CdtrAcct><Id><IBAN>BE72000000001616</IBAN></Id></CdtrAcct></RltdPties>';
    const turned = V02.replace('<RltdPties><Dbtr><Nm>Garage du Port</Nm></Dbtr></RltdPties>', parties);
    const { entries } = takenOf('camt053-v02.xml', turned);
    expect(entries.at(-1)).toMatchObject({ debtorName: 'Garage', debtorIban: 'BE72000000001616' });
  });

  it('takes what the account got when charges explain the difference', () => {
    const net = V08.replace('<n:Amt Ccy="EUR">1000.00</n:Amt>', '<n:Amt Ccy="EUR">1015.00</n:Amt>');
    const named = net.replace(
      '<n:RltdPties>',
      '<n:Chrgs><n:TtlChrgsAndTaxAmt Ccy="EUR">15.00</n:TtlChrgsAndTaxAmt></n:Chrgs><n:RltdPties>',
    );
    expect(takenOf('camt053-v08.xml', named).entries[0]).toMatchObject({ amountMinor: 100_000 });
    expect(faultOf('camt053-v08.xml', net)?.detail).toBe(
      'has payments of 1015.00 EUR in all, and an amount of 1000.00',
    );
  });
});

describe('a camt.054', () => {
  it('gives the same transaction the id it has in the statement of the evening', () => {
    const { entries, statements } = takenOf('camt054.xml');
    expect(entries).toMatchObject([{ kind: 'credit', amountMinor: 120_000, debtorName: 'Lefèvre' }]);
    expect(entries[0]!.transactionId).toBe(takenOf('camt053-v02.xml').entries[0]!.transactionId);
    expect(statements).toEqual([{ account: 'FR7630006000011234567890189', throughOn: null }]);
  });

  it.each(['02', '08', '13'])('is read in version %s', (version) => {
    const file = NOTIFICATION.replace('camt.054.001.04', `camt.054.001.${version}`);
    expect(takenOf('camt054.xml', file).entries).toHaveLength(1);
  });
});

describe('the ids of transactions', () => {
  it('are the same in the same file again, and all different', () => {
    const ids = takenOf('camt053-v02.xml').entries.map(({ transactionId }) => transactionId);
    expect(takenOf('camt053-v02.xml').entries.map(({ transactionId }) => transactionId)).toEqual(ids);
    expect(new Set(ids).size).toBe(4);
  });

  it('differ for bookings told in the same words, which both count', () => {
    const entry = /<Ntry>.*?<\/Ntry>/s.exec(NOTIFICATION)![0].replace(/<AcctSvcrRef>.*?<\/AcctSvcrRef>/, '');
    const { entries } = takenOf('camt054.xml', NOTIFICATION.replace(/<Ntry>.*<\/Ntry>/s, entry + entry));
    expect(new Set(entries.map(({ transactionId }) => transactionId)).size).toBe(2);
  });

  it('do not hang on the number an entry has in its file', () => {
    const numbered = (number: string) => V02.replace('<NtryRef>1<', `<NtryRef>${number}<`);
    expect(takenOf('camt053-v02.xml', numbered('9')).entries).toEqual(takenOf('camt053-v02.xml').entries);
  });

  it('differ by account', () => {
    const other = NOTIFICATION.replace('FR7630006000011234567890189', 'DE33100205000001194700');
    const [entry] = takenOf('camt054.xml', other).entries;
    expect(entry!.transactionId).not.toBe(takenOf('camt054.xml').entries[0]!.transactionId);
  });

  it('are counted once for a statement that a file holds twice', () => {
    const twice = V02.replace(/<Stmt>.*<\/Stmt>/s, (statement) => statement + statement);
    expect(takenOf('camt053-v02.xml', twice).entries).toEqual(takenOf('camt053-v02.xml').entries);
  });
});

describe('a camt file is refused whole', () => {
  it.each<[string, string, string, RegExp, string | undefined]>([
    ['balances that do not add up', '14206.50', '14206.51', /opens with 10500.00 EUR, books 3706.50 in 5/, 'Stmt'],
    ['a batch that does not make its entry', '>2000.00<', '>2000.01<', /payments of 3000.01 EUR/, 'Stmt/Ntry[2]'],
    ['a third decimal', '>1200.00<', '>1200.001<', /at most 2 decimals/, 'Stmt/Ntry[1]/Amt'],
    ['a negative amount', '>1200.00<', '>-1200.00<', /without sign/, 'Stmt/Ntry[1]/Amt'],
    ['an unknown currency', 'Ccy="EUR">1200.00', 'Ccy="XYZ">1200.00', /ISO 4217/, 'Stmt/Ntry[1]/Amt'],
    ['an amount beyond 2^53', '>1200.00<', '>99999999999999999.00<', /too large/, 'Stmt/Ntry[1]/Amt'],
    ['no direction', '<CdtDbtInd>CRDT</CdtDbtInd><Sts>', '<Sts>', /hold a <CdtDbtInd>/, 'Stmt/Ntry[1]'],
    [
      'an unknown direction',
      'CRDT</CdtDbtInd><Sts>',
      'CRED</CdtDbtInd><Sts>',
      /CRDT or DBIT/,
      'Stmt/Ntry[1]/CdtDbtInd',
    ],
    [
      'two amounts',
      '<CdtDbtInd>CRDT</CdtDbtInd><Sts>',
      '<Amt Ccy="EUR">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>',
      /once/,
      'Stmt/Ntry[1]/Amt[2]',
    ],
    ['no status', '<Sts>BOOK</Sts>', '', /hold a <Sts>/, 'Stmt/Ntry[1]'],
    [
      'a day that does not exist',
      '2026-11-23</Dt></BookgDt>',
      '2026-11-31</Dt></BookgDt>',
      /day that exists/,
      'Stmt/Ntry[1]/BookgDt',
    ],
    ['no account', /<Acct>.*?<\/Acct>/.source, '', /say its account/, 'Stmt'],
  ])('for %s', (_, from, to, detail, path) => {
    const broken = V02.replace(from.startsWith('<Acct>') ? /<Acct>.*?<\/Acct>/s : from, to);
    const fault = faultOf('camt053-v02.xml', broken)!;
    expect(fault.detail).toMatch(detail);
    expect(fault.path).toBe(`/Document/BkToCstmrStmt/${path}`);
    expect(fault.line).toBeGreaterThan(1);
  });

  it.each<[string, string, RegExp]>([
    ['another message', V02.replace('camt.053', 'camt.052'), /camt\.053\.001 or camt\.054\.001/],
    ['no XML', 'Date;Montant\n1;2\n', /no well-formed XML/],
    ['nothing', '', /is empty/],
    ['blanks', ' \n ', /no well-formed XML|holds no element/],
    ['no statement', V02.replace(/<Stmt>.*<\/Stmt>/s, ''), /must hold a <BkToCstmrStmt> with a <Stmt>/],
    ['money of two currencies', V13.replace('Ccy="TND">0.125', 'Ccy="KWD">0.125'), /balance in TND and money in KWD/],
    ['an unknown entity', V02.replace('MERCI', '&merci;'), /entity/],
    ['an attribute twice', V02.replace('<Amt Ccy="EUR">', '<Amt Ccy="EUR" Ccy="USD">'), /duplicate attribute/],
    ['a payment out of place', V02.replace('<Refs>', '<Refs><TxDtls/>'), /must stand in <NtryDtls>/],
    ['another namespace', V02.replace('<NtryRef>1', '<NtryRef xmlns="urn:x">1'), /namespace of its document/],
    ['a prefix nobody declared', V02.replace('<NtryRef>1</NtryRef>', '<x:NtryRef>1</x:NtryRef>'), /namespace prefix/],
    ['endless nesting', V02.replace('MERCI', '<a>'.repeat(100_000)), /nested too deep/],
  ])('for %s', (_, file, detail) => {
    expect(faultOf('camt053-v02.xml', file)?.detail).toMatch(detail);
  });

  it('for a document type, without expanding what it declares', () => {
    const levels = Array.from({ length: 30 }, (_, level) => `<!ENTITY e${level + 1} "&e${level};&e${level};">`);
    const bomb = `<!DOCTYPE Document [<!ENTITY e0 "ha">${levels.join('')}]>`;
    const external = '<!DOCTYPE Document SYSTEM "http://169.254.169.254/latest/meta-data/">';
    for (const declared of [bomb, external, '<!DOCTYPE Document>']) {
      const file = V02.replace('<Document', `${declared}<Document`).replace('MERCI', '&e30;');
      expect(faultOf('camt053-v02.xml', file)?.detail).toBe('must have no document type (<!DOCTYPE>)');
    }
  });

  it('cut at any tag, and at any character of its last lines', () => {
    const tags = [...V02.matchAll(/[<>]/g)].map(({ index }) => index);
    const end = V02.trimEnd().length;
    const cuts = [...tags, ...Array.from({ length: 60 }, (_, back) => end - 1 - back)];
    const taken = cuts.filter((cut) => cut < end - 1 && faultOf('camt053-v02.xml', V02.slice(0, cut + 1)) === null);
    expect(taken).toEqual([]);
  });

  it('when it is larger than 5 MiB', () => {
    expect(faultOf('camt053-v02.xml', V02 + ' '.repeat(5 * 1024 * 1024))?.detail).toMatch(/^is larger than 5 MiB/);
  });
});

describe('the encoding of a camt file', () => {
  const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

  it('is the declared one', () => {
    const file = latin(V02.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"'));
    expect(takenOf('camt053-v02.xml', file).entries[0]!.debtorName).toBe('Menuiserie Lefèvre & Fils');
  });

  it('may be UTF-16 with its mark, or UTF-8 with one', () => {
    const wide = new Uint8Array(new Uint16Array([0xfeff, ...latin(V02)]).buffer);
    expect(takenOf('camt053-v02.xml', wide).entries).toEqual(takenOf('camt053-v02.xml').entries);
    const marked = Uint8Array.from([0xef, 0xbb, 0xbf, ...fixtureBytes('camt053-v02.xml')]);
    expect(takenOf('camt053-v02.xml', marked).entries).toHaveLength(4);
  });

  it('refuses the file when the bytes are not of it, and says in which line', () => {
    const line = V02.split('\n').findIndex((text) => text.includes('Lefèvre')) + 1;
    expect(faultOf('camt053-v02.xml', latin(V02))).toEqual({ line, detail: 'holds bytes that are no utf-8' });
    const unknown = V02.replace('encoding="UTF-8"', 'encoding="EBCDIC-FR"');
    expect(faultOf('camt053-v02.xml', unknown)?.detail).toMatch(/encoding EBCDIC-FR/);
  });
});
