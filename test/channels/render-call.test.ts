import { describe, expect, it } from 'vitest';
import { renderCall } from '../../lib/channels/render-call.ts';
import { LANGUAGES } from '../../lib/domain/customer.ts';
import type { NoticeFacts } from '../../lib/domain/notice.ts';
import { callTemplates } from '../../lib/generated/templates.ts';
import { aNotice, aNoticeInvoice, plainSpaces } from './notice-facts.ts';

const SCRIPTS = LANGUAGES.flatMap((language) =>
  ['preventive-call', 'courteous-call', 'firm-call', 'last-call'].map((template) => ({ language, template })),
);

function script(template: string, facts: NoticeFacts): string {
  return plainSpaces(renderCall(callTemplates, template, facts));
}

describe.each(SCRIPTS)('the $template in $language', ({ language, template }) => {
  it('has at hand whom to call, about which invoices, and where to pay', () => {
    const others = [aNoticeInvoice({ number: '2026-0031', outstandingMinor: 30_000 })];
    const text = script(template, aNotice({ language, contactPhone: '+33 2 99 00 03 04', others }));
    const needed = ['Boulangerie Martin SARL', 'Anne Martin', '+33 2 99 00 03 04', '2026-0042', '2026-0031'];
    for (const fact of [...needed, 'FR76 3000 6000 0112 3456 7890 189']) expect(text).toContain(fact);
    expect(text).toMatch(/1.500[,.]00/);
  });

  it('makes sure who answers before it names the invoice, then asks an open question and for amount, date, means and person', () => {
    const text = script(template, aNotice({ language }));
    expect(text).toMatch(/1\. .*(tiers|third party|Dritten).*2\. .*2026-0042.*3\. .*\?.*4\. .*\?.*5\. .*\?/s);
    expect(text).toMatch(/confirmation écrite|written confirmation|schriftliche Bestätigung/);
  });

  it('asks a consumer for himself, and claims no charges from him', () => {
    const text = script(template, aNotice({ language, customer: { name: 'Jeanne Roy', kind: 'consumer' } }));
    expect(text).toMatch(/en ligne avec Jeanne Roy|speaking to Jeanne Roy|Spreche ich mit Jeanne Roy/);
    expect(text).not.toMatch(/pénalité|indemnité|compensation|interest|Verzug/i);
  });
});

describe('a call script', () => {
  it('quotes the last promise with its date', () => {
    const lastPromise = { promisedOn: '2026-10-26', amountMinor: 60_000 };
    expect(script('courteous-call', aNotice({ lastPromise }))).toContain(
      '« Vous nous aviez annoncé un règlement de 600,00 € pour le 26 octobre 2026.',
    );
  });

  it('announces more, the firmer the level', () => {
    expect(script('courteous-call', aNotice())).toContain('nous reviendrons vers vos services par écrit');
    expect(script('firm-call', aNotice())).toContain('nous nous adresserons à votre direction');
    expect(script('last-call', aNotice())).toContain(
      'à défaut de règlement ou d’accord écrit au 9 novembre 2026, la mise en demeure part',
    );
    expect(script('preventive-call', aNotice())).not.toMatch(/Suite à annoncer|retard »|impay/);
  });

  it('is refused for a template that does not exist', () => {
    expect(() => script('first-call', aNotice())).toThrow(/no template "first-call".*firm-call/);
  });
});
