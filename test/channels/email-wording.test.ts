import { describe, expect, it } from 'vitest';
import type { Language } from '../../lib/domain/customer.ts';
import { EMAIL_NAMES, EVERY_EMAIL, renderedPlainly } from './emails.ts';
import { aNotice } from './notice-facts.ts';

describe('the subject', () => {
  const subjectOf = (template: string, language: Language) => renderedPlainly(template, aNotice({ language })).subject;

  it('of the courteous notice speaks of the unpaid invoice and its due date', () => {
    expect(subjectOf('courteous-notice', 'fr')).toBe('Facture impayée 2026-0042 – échéance du 31 octobre 2026');
    expect(subjectOf('courteous-notice', 'en')).toBe('Unpaid invoice 2026-0042 – due 31 October 2026');
  });

  it('of the firm notice gives the date by which to pay', () => {
    expect(subjectOf('firm-notice', 'fr')).toMatch(/^Facture impayée 2026-0042 – .*9 novembre 2026$/);
    expect(subjectOf('firm-notice', 'en')).toMatch(/^Unpaid invoice 2026-0042 – .*9 November 2026$/);
  });

  it('of the last notice says that none follows', () => {
    expect(subjectOf('last-notice', 'fr')).toMatch(/^Facture impayée 2026-0042 – dernier avis/);
    expect(subjectOf('last-notice', 'en')).toMatch(/^Unpaid invoice 2026-0042 – final notice/);
  });

  it('of the preventive check is a question that speaks of no debt', () => {
    expect(subjectOf('preventive-check', 'fr')).toMatch(/^Votre facture 2026-0042 : .*\?$/);
    expect(subjectOf('preventive-check', 'en')).toMatch(/^Your invoice 2026-0042: .*\?$/);
  });
});

describe('the tone', () => {
  const textOf = (template: string, facts: Parameters<typeof aNotice>[0] = {}) =>
    renderedPlainly(template, aNotice(facts)).text;

  it('of the preventive check suggests no distrust', () => {
    for (const language of ['fr', 'en'] as const) {
      expect(textOf('preventive-check', { language })).not.toMatch(
        /impay|retard|unpaid|overdue|late\b|échue|redevable|owe/i,
      );
    }
  });

  it('of the courteous notice allows for an error and for a payment on its way', () => {
    expect(textOf('courteous-notice')).toContain('Sauf erreur ou omission de notre part');
    expect(textOf('courteous-notice')).toContain('ne tenez pas compte de ce message');
    expect(textOf('courteous-notice', { language: 'en' })).toContain('please disregard this message');
  });

  it('of the firm notice states how late the invoice is', () => {
    expect(textOf('firm-notice', { daysLate: 10 })).toContain('soit 10 jours de retard');
    expect(textOf('firm-notice', { daysLate: 1, language: 'en' })).toContain('is now 1 day late');
  });

  it('of the last notice sets the cut-off date and passes the matter to management, who decide', () => {
    const french = textOf('last-notice', { daysLate: 44, respondBy: '2026-12-22' });
    expect(french).toContain('au plus tard le 22 décembre 2026');
    expect(french).toContain('dernier avis amiable');
    expect(french).toMatch(/remis à notre direction, qui décidera/);
    expect(french).toContain('Madame, Monsieur,');
    const english = textOf('last-notice', { language: 'en', respondBy: '2026-12-22' });
    expect(english).toContain('by 22 December 2026 at the latest');
    expect(english).toContain('final notice');
    expect(english).toMatch(/passed to our management, who will decide/);
  });

  it.each(EVERY_EMAIL)('of the $template in $language threatens with nothing', ({ language, template }) => {
    const threats = [
      /mise en demeure|judiciaire|justice|tribunal|huissier|commissaire|recouvrement|contentieux|avocat|pénalité/i,
      /formal notice|court|legal|solicitor|lawyer|bailiff|collection|agency|proceedings|penalt/i,
    ];
    for (const kind of ['business', 'consumer'] as const) {
      const text = textOf(template, { language, daysLate: 44, customer: { name: 'Martin', kind } });
      for (const threat of threats) expect(text).not.toMatch(threat);
    }
  });

  it.each(EMAIL_NAMES)('of the %s in English opens and closes by whether the name is known', (template) => {
    const named = textOf(template, { language: 'en' });
    expect(named).toMatch(/^Dear Anne Martin,\n.*\nYours sincerely,\n/s);
    const nameless = textOf(template, { language: 'en', contactName: null });
    expect(nameless).toMatch(/^Dear Sir or Madam,\n.*\nYours faithfully,\n/s);
  });

  it('greets by name when the name is known', () => {
    expect(textOf('courteous-notice')).toContain('Bonjour Anne Martin,');
    expect(textOf('courteous-notice', { contactName: null })).toContain('Bonjour,');
    expect(textOf('courteous-notice', { contactName: ' ' })).toContain('Bonjour,');
  });
});
