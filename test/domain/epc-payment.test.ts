import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EpcPayment, epcPayload } from '../../lib/domain/epc-payment.ts';

const WEBAJANS: EpcPayment = {
  beneficiary: 'Webajans Bilisim Ltd',
  bic: 'COBADEFF',
  iban: 'DE89370400440532013000',
  amountMinor: 14_900,
  currency: 'EUR',
  reference: { unstructured: 'Invoice 2026-014' },
};

const bytes = (text: string | null) => Buffer.byteLength(text ?? '', 'utf8');

describe('the payload of a payment QR code', () => {
  it('is the published example with words as the reference', () => {
    expect(epcPayload(WEBAJANS)).toBe(
      'BCD\n002\n1\nSCT\nCOBADEFF\nWebajans Bilisim Ltd\nDE89370400440532013000\nEUR149.00\n\n\nInvoice 2026-014',
    );
  });

  it('is the example with a structured reference, and ends with it', () => {
    const reference = { structured: 'RF18539007547034' };
    const payment = { ...WEBAJANS, beneficiary: 'Muster GmbH', bic: '', amountMinor: 14_990, reference };
    expect(epcPayload(payment)).toBe(
      'BCD\n002\n1\nSCT\n\nMuster GmbH\nDE89370400440532013000\nEUR149.90\n\nRF18539007547034',
    );
  });

  it.each([
    'RF451234512345',
    'RF68AB2G5',
    'RF96TU06FX',
    'RF14X2HU4TC28XTYLHASYWT91',
    'RF60ISO11649',
    'RF720HYA6',
    'RF4714508655422864',
  ])('takes %s for a creditor reference', (structured) => {
    expect(epcPayload({ ...WEBAJANS, reference: { structured } })?.split('\n')[9]).toBe(structured);
  });

  it.each(['RF19GAX8WS5JYOOUJ87', '2026-0042', 'RF18', 'RF00539007547034'])(
    'sends %s as words, for it is none',
    (structured) => {
      const lines = epcPayload({ ...WEBAJANS, reference: { structured } })?.split('\n');
      expect(lines?.slice(9)).toEqual(['', structured]);
    },
  );

  it('takes a reference and an account as they are printed, in groups of four', () => {
    const printed = {
      ...WEBAJANS,
      iban: 'DE89 3704 0044 0532 0130 00',
      reference: { structured: 'RF18 5390 0754 7034' },
    };
    expect(epcPayload(printed)?.split('\n').slice(6)).toEqual([
      'DE89370400440532013000',
      'EUR149.00',
      '',
      'RF18539007547034',
    ]);
  });

  it.each([
    { amountMinor: 1, line: 'EUR0.01' },
    { amountMinor: 2_000, line: 'EUR20.00' },
    { amountMinor: 99_999_999_999, line: 'EUR999999999.99' },
  ])('writes $amountMinor cents as $line', ({ amountMinor, line }) => {
    expect(epcPayload({ ...WEBAJANS, amountMinor })?.split('\n')[7]).toBe(line);
  });

  it.each([
    { why: 'nothing is payable', change: { amountMinor: 0 } },
    { why: 'the amount is negative', change: { amountMinor: -100 } },
    { why: 'the amount is beyond the scheme', change: { amountMinor: 100_000_000_000 } },
    { why: 'the currency is the yen', change: { currency: 'JPY' } },
  ])('does not exist when $why', ({ change }) => {
    expect(epcPayload({ ...WEBAJANS, ...change })).toBeNull();
  });

  it('keeps a name of several lines on one, so that no field moves', () => {
    expect(epcPayload({ ...WEBAJANS, beneficiary: 'Muster\r\nGmbH' })?.split('\n')[5]).toBe('Muster GmbH');
  });

  it('ends after the amount when there are no words', () => {
    expect(epcPayload({ ...WEBAJANS, reference: { unstructured: ' ' } })).toMatch(/EUR149\.00$/);
  });

  it('cuts a name at 70 characters and words at 140', () => {
    const lines = epcPayload({
      ...WEBAJANS,
      beneficiary: 'n'.repeat(200),
      reference: { unstructured: 'w'.repeat(200) },
    })?.split('\n');
    expect([lines?.[5]?.length, lines?.[10]?.length]).toEqual([70, 140]);
  });

  it('never weighs more than a code of version 13 holds, and never ends inside a character', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(text, text, (beneficiary, unstructured) => {
        const payload = epcPayload({ ...WEBAJANS, beneficiary, reference: { unstructured } });
        expect(bytes(payload)).toBeLessThanOrEqual(331);
        expect(payload?.isWellFormed()).toBe(true);
        expect(payload?.split('\n').slice(0, 4)).toEqual(['BCD', '002', '1', 'SCT']);
        expect(payload?.split('\n').length).toBeLessThanOrEqual(11);
      }),
    );
  });

  it('gives up words before it cuts a name that weighs much', () => {
    const heavy = epcPayload({
      ...WEBAJANS,
      beneficiary: '😀'.repeat(80),
      reference: { unstructured: '😀'.repeat(80) },
    });
    expect(heavy?.split('\n')[5]).toBe('😀'.repeat(68));
  });
});
