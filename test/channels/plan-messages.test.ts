import { describe, expect, it } from 'vitest';
import { CUSTOMER_KINDS, LANGUAGES, type Language } from '../../lib/domain/customer.ts';
import { PLAN_MESSAGES, renderedPlainly } from './emails.ts';
import { aNotice } from './notice-facts.ts';

const PARTS = [
  { dueOn: '2026-11-05', amountMinor: 40_000 },
  { dueOn: '2026-12-04', amountMinor: 80_000 },
];

function aPlanned(language: Language, parts: Parameters<typeof aNotice>[0] = {}) {
  const confirms = { result: 'plan-agreed', on: '2026-11-02', promisedOn: null, amountMinor: 40_000, category: null };
  return aNotice({ language, instalments: PARTS, confirms, grantsDays: 8, respondBy: '2026-11-17', ...parts });
}

describe('what is written about a plan', () => {
  it.each(PLAN_MESSAGES)('by the %s names the plan, every part with its date, and the sum to transfer', (template) => {
    const said = {
      fr: ['2 novembre 2026', '5 novembre 2026 : 400,00 €', '4 décembre 2026 : 800,00 €', 'Montant : 400,00 €'],
      en: ['2 November 2026', '5 November 2026: €400.00', '4 December 2026: €800.00', 'Amount: €400.00'],
      de: ['2. November 2026', '5. November 2026: 400,00 €', '4. Dezember 2026: 800,00 €', 'Betrag: 400,00 €'],
    };
    for (const language of LANGUAGES) {
      const { text, html, images } = renderedPlainly(template, aPlanned(language));
      for (const fact of said[language]) expect(text).toContain(fact);
      for (const amount of ['400', '800']) expect(html).toContain(amount);
      expect(images).toHaveLength(1);
    }
  });

  it('says in the agreement what becomes of a part that does not come, and what the first payment means', () => {
    const text = (language: Language) => renderedPlainly('plan-agreement', aPlanned(language)).text;
    expect(text('fr')).toMatch(/dans un délai de 8 jours.*la totalité du solde deviendra immédiatement exigible/s);
    expect(text('fr')).toMatch(/déchéance du terme/);
    expect(text('fr')).toMatch(/premier versement vaudra reconnaissance/);
    expect(text('en')).toMatch(/within 8 days, the plan will end: the whole of the rest will be due at once/);
    expect(text('en')).toMatch(/first payment will acknowledge/);
    expect(text('de')).toMatch(/innerhalb von 8 Tagen.*Der gesamte Restbetrag wird sofort fällig/s);
    expect(text('de')).toMatch(/erkennen Sie die geschuldete Summe an/);
  });

  it('reserves the charges of the delay to businesses and public bodies, and claims none', () => {
    for (const kind of CUSTOMER_KINDS) {
      for (const template of PLAN_MESSAGES) {
        const { text } = renderedPlainly(template, aPlanned('fr', { customer: { kind } }));
        expect(/pénalités/.test(text)).toBe(template === 'plan-agreement' && kind !== 'consumer');
      }
    }
  });

  it('says in the default notice by when to pay, and what is due otherwise', () => {
    const text = (language: Language) => renderedPlainly('instalment-default-notice', aPlanned(language)).text;
    expect(text('fr')).toContain('virer 400,00 € au plus tard le 17 novembre 2026');
    expect(text('fr')).toContain('la totalité du solde, soit 1 200,00 €');
    expect(text('en')).toContain('transfer €400.00 by 17 November 2026');
    expect(text('de')).toContain('spätestens bis zum 17. November 2026');
  });
});
