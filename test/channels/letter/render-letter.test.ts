import { describe, expect, it } from 'vitest';
import { renderLetter } from '../../../lib/channels/letter/render-letter.ts';
import type { Language } from '../../../lib/domain/customer.ts';
import type { NoticeFacts } from '../../../lib/domain/notice.ts';
import { anInvoice, invoicesOf, letterFacts, someCharges } from './letter-facts.ts';
import { EVERY_LETTER, letterTemplates } from './letter-templates.ts';
import { pdfPages, qrOnFirstPage } from './pdf-pages.ts';

const FORMAL = 'formal-notice';

function render(template: string, facts: NoticeFacts) {
  return renderLetter(letterTemplates, template, facts);
}

/** The text of a letter, its PDF on one line, every space a plain one. */
async function written(template: string, facts: NoticeFacts) {
  const { subject, text, pdf } = await render(template, facts);
  const pages = await pdfPages(pdf);
  const plain = (said: string) => said.replace(/\s+/g, ' ');
  return { subject: plain(subject), text: plain(text), pages, print: plain(pages.map((page) => page.text).join(' ')) };
}

const GERMAN = {
  name: 'Müller & Söhne GmbH',
  kind: 'business' as const,
  address: { lines: ['Müller & Söhne GmbH', 'Lange Straße 12', '20095 Hamburg'], country: 'DE' },
};

describe.each(EVERY_LETTER)('the $template in $language', ({ language, template }) => {
  const words = {
    fr: { today: 'Brest, le 2 novembre 2026', amount: '1 200,00 €', due: '01/10/2026' },
    en: { today: 'Brest, 2 November 2026', amount: '€1,200.00', due: '01/10/2026' },
    de: { today: 'Brest, 2. November 2026', amount: '1.200,00 €', due: '01.10.2026' },
  }[language];

  it('says on paper who writes, to whom, what is owed since when, how to pay and who signs', async () => {
    const { subject, text, print } = await written(template, letterFacts({ language }));
    for (const fact of [
      ...['Ateliers du Ponant SAS', '12 quai de la Douane', '+33 2 98 00 01 02', 'comptabilite@ponant.example'],
      ...['Boulangerie Martin SARL', '14 rue du Four', '75006 Paris', words.today, subject],
      ...['2026-0042', words.due, '32', words.amount, 'FR76 3000 6000 0112 3456 7890 189', 'AGRIFRPP'],
      ...['Claire Le Goff', 'Directrice financière', 'RCS Brest 123 456 789'],
    ]) {
      expect(print).toContain(fact);
    }
    for (const fact of ['2026-0042', words.due, words.amount, 'FR76 3000 6000 0112 3456 7890 189', 'Claire Le Goff']) {
      expect(text).toContain(fact);
    }
  });

  it.each([
    { who: 'a company in France', facts: {} },
    { who: 'a consumer', facts: { customer: { kind: 'consumer' as const } } },
    { who: 'a public body', facts: { customer: { kind: 'public' as const } } },
    { who: 'a company in Germany', facts: { customer: GERMAN } },
  ])('is one page of A4 about twenty invoices of $who', async ({ facts }) => {
    const { pages } = await written(template, letterFacts({ language, invoices: invoicesOf(20), ...facts }));
    expect(pages.map(({ widthMillimetres, heightMillimetres }) => [widthMillimetres, heightMillimetres])).toEqual([
      [expect.closeTo(210, 3), expect.closeTo(297, 3)],
    ]);
    expect(pages[0]?.text).toContain('FA-2026-0020');
    expect(pages[0]?.text).not.toContain('1 / 1');
  });

  it('is one page about twenty invoices with charges, their calculation annexed', async () => {
    const invoices = invoicesOf(20, { charges: someCharges() });
    const { pages } = await written(template, letterFacts({ language, invoices }));
    expect(pages.length).toBe(2);
    expect(pages[0]?.text).toContain('Claire Le Goff');
    expect(pages[1]?.text).toMatch(/Annexe : décompte|Annex: calculation|Anlage: Berechnung/);
    expect(pages[1]?.text).toContain('FA-2026-0020');
  });

  it('goes over several pages about sixty invoices, names its columns on each, and loses none', async () => {
    const { pages, print } = await written(template, letterFacts({ language, invoices: invoicesOf(60) }));
    expect(pages.length).toBe(2);
    for (const { number } of invoicesOf(60)) expect(print).toContain(number);
    for (const [index, page] of pages.entries()) {
      expect(page.text).toMatch(/Jours de retard|Days overdue|Tage im Verzug/);
      expect(page.text).toMatch(new RegExp(`(Page|Seite) ${index + 1} / 2`));
    }
  });

  it.each([
    { what: 'names of 200 characters', facts: longNames() },
    { what: 'a currency without decimals', facts: { invoices: invoicesOf(3, { currency: 'JPY', exponent: 0 }) } },
    { what: 'several currencies', facts: { invoices: [anInvoice(), anInvoice({ currency: 'TND', exponent: 3 })] } },
    { what: 'the largest amounts', facts: { invoices: invoicesOf(2, largest()) } },
    { what: 'an Arabic and a Hebrew name', facts: rightToLeft() },
    { what: 'characters no font has', facts: { contactName: '漢字 😀\uD800\u0000' } },
    { what: 'next to nothing known', facts: nothingKnown() },
  ])('leaves no hole and stays on the paper with $what', async ({ facts }) => {
    const { text, print, pages } = await written(template, letterFacts({ language, ...facts } as Partial<NoticeFacts>));
    for (const said of [text, print])
      expect(said).not.toMatch(/undefined|NaN|null|\{\{|\[(invoices|charges|payment)\]/);
    for (const { text: piece, x, right, y } of pages.flatMap(({ pieces }) => pieces)) {
      expect(x, piece).toBeGreaterThanOrEqual(19.9);
      expect(right, piece).toBeLessThanOrEqual(190.5);
      expect(y, piece).toBeLessThan(290);
    }
  });

  it('says neither penalties nor the compensation to a consumer', async () => {
    const { text } = await written(template, letterFacts({ language, customer: { kind: 'consumer' } }));
    expect(text).not.toMatch(/pénalité|indemnité|penalt|compensation|Pauschale|pauschale|40/i);
  });

  it('never counts the notices', async () => {
    const { subject, text } = await written(template, letterFacts({ language, invoices: invoicesOf(2) }));
    expect(`${subject} ${text}`).not.toMatch(
      /relance|\brappel\b|reminder|Erinnerung|Mahnung Nr|(letzte|erste|zweite) Mahnung/i,
    );
  });
});

it('shows what was paid of the interest below its lines, so that they add up', async () => {
  const charges = someCharges({ interestMinor: 1_005, interestPaidMinor: 300 });
  const { text } = await written('statement-letter', letterFacts({ invoices: [anInvoice({ charges })] }));
  expect(text.replace(/\s+/g, ' ')).toMatch(/13,05 € \S+ Déjà réglé −3,00 €/);
  expect(text.replace(/\s+/g, ' ')).toContain('Intérêts de retard 10,05 €');
});

it('has the same bytes every time', async () => {
  const facts = letterFacts({ invoices: invoicesOf(3, { charges: someCharges() }) });
  const [one, other] = [await render(FORMAL, facts), await render(FORMAL, facts)];
  expect(Buffer.from(one.pdf).equals(Buffer.from(other.pdf))).toBe(true);
});

it('refuses a template that does not exist', async () => {
  await expect(render('no-such-letter', letterFacts())).rejects.toThrow(/no template "no-such-letter"/);
});

describe('the recipient of a letter', () => {
  it('stands in the window of a French envelope', async () => {
    const { pages } = await written(FORMAL, letterFacts());
    const lines = ['Boulangerie Martin SARL', 'À l’attention de Anne Martin', '14 rue du Four', '75006 Paris'];
    for (const line of lines) {
      const piece = pages[0]?.pieces.find(({ text, x }) => text === line && x > 100);
      expect(piece, line).toMatchObject({ x: expect.closeTo(110, 0) });
      expect(piece?.y).toBeGreaterThan(45);
      expect(piece?.y).toBeLessThan(80);
    }
  });

  it('stands in the address field of DIN 5008 in Germany', async () => {
    const { pages } = await written(FORMAL, letterFacts({ language: 'de', customer: GERMAN }));
    for (const line of ['Müller & Söhne GmbH', 'Lange Straße 12', '20095 Hamburg']) {
      const piece = pages[0]?.pieces.find(({ text, y }) => text === line && y < 90);
      expect(piece, line).toMatchObject({ x: expect.closeTo(25, 0) });
      expect(piece?.y).toBeGreaterThan(62.7);
    }
  });

  it('fits the window however long it is', async () => {
    const lines = Array.from({ length: 7 }, (_, index) => `${index} ${'long '.repeat(12)}`);
    const { pages } = await written(FORMAL, letterFacts({ customer: { address: { lines, country: 'FR' } } }));
    const inside = pages[0]?.pieces.filter(({ text, x, y }) => x > 109 && y < 82 && /long/.test(text)) ?? [];
    expect(inside.length).toBeGreaterThanOrEqual(7);
    for (const { y } of inside) expect(y).toBeLessThan(80);
  });

  it('is told above the address that the letter is registered', async () => {
    expect((await written(FORMAL, letterFacts())).print).toContain('Lettre recommandée avec accusé de réception');
    expect((await written('statement-letter', letterFacts())).print).not.toContain('recommandée');
  });

  it('can be read when it goes from right to left, its number behind it', async () => {
    const lines = ['שלום 12', '1 rue du Four'];
    const { pages } = await written(FORMAL, letterFacts({ customer: { address: { lines, country: 'FR' } } }));
    expect(pages[0]?.pieces.some(({ text, y }) => text === 'שלום 12' && y < 80)).toBe(true);
  });
});

describe('a formal notice', () => {
  const MENTION: Readonly<Record<Language, RegExp>> = {
    fr: /mise en demeure|en demeure/i,
    en: /formal notice/i,
    de: /förmliche[nr]? Mahnung/i,
  };

  it.each(['fr', 'en', 'de'] as const)(
    'says what it is in its object and in its body, and the time it grants, in %s',
    async (language) => {
      const { subject, text } = await written(FORMAL, letterFacts({ language }));
      expect(subject).toMatch(MENTION[language]);
      expect(text).toMatch(MENTION[language]);
      expect(text).toMatch(
        /dans un délai de 8 jours à compter de la réception|within 8 days of receipt|innerhalb von 8 Tagen nach Zugang/,
      );
    },
  );

  it('names both parties in full, and what follows', async () => {
    const { text } = await written(FORMAL, letterFacts());
    expect(text).toContain('Ateliers du Ponant SAS, créancier (SAS au capital de 50 000 €');
    expect(text).toContain('en demeure Boulangerie Martin SARL, débiteur');
    expect(text).toContain('confier le recouvrement à un tiers ou de saisir la juridiction compétente');
  });

  it('asks for the principal, the interest and the compensation it shows', async () => {
    const { text, print, pages } = await written(
      FORMAL,
      letterFacts({ invoices: [anInvoice({ charges: someCharges() })] }),
    );
    expect(text).toContain('de payer la somme de 1 253,05 €');
    for (const fact of ['02/10/2026', '02/11/2026', '12,40 %', '13,05 €', '40,00 €', '1 253,05 €']) {
      expect(print).toContain(fact);
      expect(text).toContain(fact);
    }
    expect(pages.length).toBe(1);
  });

  it('does not ask for what is not yet due, though it lists it', async () => {
    const notDue = anInvoice({ number: '2026-0099', dueOn: '2026-12-01', daysLate: 0, outstandingMinor: 77_700 });
    const { text } = await written(FORMAL, letterFacts({ invoices: [anInvoice(), notDue] }));
    expect(text).toContain('de payer la somme de 1 200,00 €');
    expect(text).toContain('2026-0099');
    expect(text).toContain('ne sont pas visées par la mise en demeure');
  });
});

describe('a letter about an invoice of which a part is contested', () => {
  const contested = anInvoice({ outstandingMinor: 90_000, disputedMinor: 30_000 });

  it.each(['statement-letter', 'registered-notice', FORMAL])('says so, and asks for the rest: %s', async (template) => {
    const { text, print } = await written(template, letterFacts({ invoices: [contested] }));
    expect(text).toContain('La part contestée, en cours d’examen, n’est pas demandée par ce courrier.');
    expect(text).toMatch(/réglé\s+Contesté\s+Reste dû/);
    expect(text).toMatch(/1 200,00 €\s+0,00 €\s+300,00 €\s+900,00 €/);
    expect(print).toContain('Contesté');
  });

  it('asks for the rest in its payment code', async () => {
    const { pdf } = await render(FORMAL, letterFacts({ invoices: [contested] }));
    expect(await qrOnFirstPage(pdf)).toContain('EUR900.00');
  });

  it('takes a credit note for what it is', async () => {
    const invoices = [anInvoice({ outstandingMinor: 80_000, disputedMinor: 30_000 }), anInvoice()] as const;
    const { text } = await written('statement-letter', letterFacts({ invoices }));
    expect(text).toContain('Réglé ou avoir');
    expect(text).toMatch(/1 200,00 €\s+100,00 €\s+300,00 €\s+800,00 €/);
    expect(text).toMatch(/2 400,00 €\s+100,00 €\s+300,00 €\s+2 000,00 €/);
  });

  it('is silent about it when nothing is', async () => {
    const { text } = await written(FORMAL, letterFacts({ invoices: [anInvoice()] }));
    expect(text).not.toMatch(/[Cc]ontestée?, en cours|Contesté/);
  });
});

describe('the payment code of a letter', () => {
  it('fills in the transfer that the letter asks for', async () => {
    const paid = anInvoice({ paymentReference: 'RF18539007547034', charges: someCharges() });
    const { pdf } = await render(FORMAL, letterFacts({ invoices: [paid] }));
    expect(await qrOnFirstPage(pdf)).toBe(
      'BCD\n002\n1\nSCT\nAGRIFRPP\nAteliers du Ponant SAS\nFR7630006000011234567890189\nEUR1253.05\n\nRF18539007547034',
    );
  });

  it('quotes the numbers of several invoices, with their accents', async () => {
    const invoices = [anInvoice({ number: 'É-1' }), anInvoice({ number: 'É-2' })] as const;
    const { pdf } = await render('statement-letter', letterFacts({ invoices }));
    expect(await qrOnFirstPage(pdf)).toMatch(/EUR2400\.00\n\n\nÉ-1 É-2$/);
  });

  it('is absent when the amount is not all in euros', async () => {
    const invoices = [anInvoice(), anInvoice({ currency: 'USD' })] as const;
    const { pdf } = await render('statement-letter', letterFacts({ invoices }));
    expect(await qrOnFirstPage(pdf)).toBeNull();
  });
});

function longNames(): Partial<NoticeFacts> {
  const name = `${'Compagnie'.repeat(8)} ${'Générale '.repeat(14)}`.slice(0, 200);
  const { creditor, customer } = letterFacts();
  const lines = [name, '14 rue du Four', '75006 Paris'];
  return {
    contactName: name,
    customer: { ...customer, name, address: { lines, country: 'FR' } },
    creditor: { ...creditor, name, legalNotice: name.repeat(3), signatory: { name, title: name } },
    invoices: invoicesOf(3, { number: name, paymentReference: undefined }),
  };
}

function largest() {
  const amountMinor = 4_000_000_000_000_000;
  return { totalMinor: amountMinor, outstandingMinor: amountMinor };
}

function rightToLeft(): Partial<NoticeFacts> {
  const name = 'مؤسسة محمد علي (123) חברת שלום בע"מ';
  const { creditor } = letterFacts();
  const address = { lines: [name, 'شارع الحرية 12', '20000 الدار البيضاء'], country: 'MA' };
  return { creditor, contactName: name, customer: { name, kind: 'business', address } };
}

function nothingKnown(): Partial<NoticeFacts> {
  const { creditor, customer } = letterFacts();
  return {
    contactName: null,
    pastContacts: [],
    lastPromise: null,
    customer: { ...customer, address: null },
    creditor: { ...creditor, privacyUrl: null, addressLines: [] },
  };
}
