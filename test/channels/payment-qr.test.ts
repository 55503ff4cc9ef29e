import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { paymentPayload } from '../../lib/channels/payment-demand.ts';
import { paymentQrPng } from '../../lib/channels/payment-qr.ts';
import { renderEmail } from '../../lib/channels/render-email.ts';
import { emailTemplates } from '../../lib/generated/templates.ts';
import { aNotice, aNoticeInvoice } from './notice-facts.ts';

// The library is CommonJS and its typings say it were not.
const decode = jsqr as unknown as typeof jsqr.default;

/** What a camera reads in a picture. */
function read(png: Uint8Array): string | undefined {
  const { data, width, height } = PNG.sync.read(Buffer.from(png));
  const found = decode(new Uint8ClampedArray(data), width, height);
  return found ? Buffer.from(found.binaryData).toString('utf8') : undefined;
}

describe('the QR code of a payment', () => {
  it('says what it was given, in UTF-8, to whoever scans it', () => {
    expect(read(paymentQrPng('BCD\n002\n1\nSCT\n\nSociété Œuvres\nFR76'))).toBe(
      'BCD\n002\n1\nSCT\n\nSociété Œuvres\nFR76',
    );
  });

  it('is in the email that asks for the payment, and its HTML shows it', () => {
    const facts = aNotice({ invoice: { paymentReference: 'RF18539007547034' } });
    const { html, text, images } = renderEmail(emailTemplates, 'courteous-notice', facts);
    expect(html).toContain('src="cid:payment-qr"');
    expect(text).not.toContain('cid:');
    expect(images).toMatchObject([{ contentId: 'payment-qr', contentType: 'image/png' }]);
    expect(read(images[0]!.bytes)).toBe(
      'BCD\n002\n1\nSCT\nAGRIFRPP\nAteliers du Ponant SAS\nFR7630006000011234567890189\nEUR1200.00\n\nRF18539007547034',
    );
  });

  it('asks in one transfer for all that is due, with its charges, quoting the numbers', () => {
    const charges = { interestMinor: 489, compensationMinor: 4_000, lines: [] };
    const others = [
      aNoticeInvoice({ number: '2026-0031', outstandingMinor: 30_000 }),
      aNoticeInvoice({ number: '2026-0077', dueOn: '2026-11-30', daysLate: 0 }),
    ];
    const payload = paymentPayload(aNotice({ invoice: { charges }, others }));
    expect(payload?.split('\n').slice(7)).toEqual(['EUR1544.89', '', '', '2026-0042 2026-0031']);
  });

  it('asks a consumer for no charges', () => {
    const charges = { interestMinor: 489, compensationMinor: 4_000, lines: [] };
    const customer = { kind: 'consumer' } as const;
    expect(paymentPayload(aNotice({ invoice: { charges }, customer }))).toContain('EUR1200.00');
  });

  it('asks for what was promised when it confirms a promise', () => {
    const confirms = {
      result: 'promise',
      on: '2026-11-02',
      promisedOn: '2026-11-12',
      amountMinor: 70_000,
      category: null,
    };
    expect(paymentPayload(aNotice({ confirms }))).toContain('EUR700.00');
  });

  it('is left out when the payment is not in euros, with what speaks of it', () => {
    const facts = aNotice({ invoice: { currency: 'CHF' } });
    const { html, images } = renderEmail(emailTemplates, 'courteous-notice', facts);
    expect(images).toEqual([]);
    expect(html).not.toContain('payment-qr');
  });
});
