import { describe, expect, it } from 'vitest';
import { IbanSchema, PaymentReferenceSchema } from '../../lib/contracts/bank-details.ts';

describe('an IBAN', () => {
  it.each([
    ['DE89370400440532013000', 'DE89370400440532013000'],
    ['de89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['BE72000000001616', 'BE72000000001616'],
    ['DE33100205000001194700', 'DE33100205000001194700'],
    ['FR7630006000011234567890189', 'FR7630006000011234567890189'],
  ])('%s is kept as %s', (text, iban) => {
    expect(IbanSchema.safeParse(text)).toEqual({ success: true, data: iban });
  });

  it.each(['DE88370400440532013000', 'DE8937040044053201300', 'ZZ89370400440532013000', '', 'DE89', '*'.repeat(60)])(
    'is not %j',
    (text) => {
      expect(IbanSchema.safeParse(text).success).toBe(false);
    },
  );
});

describe('a payment reference', () => {
  it.each([
    'RF451234512345',
    'RF68AB2G5',
    'RF96TU06FX',
    'RF14X2HU4TC28XTYLHASYWT91',
    'RF60ISO11649',
    'RF18539007547034',
    'RF720HYA6',
    'RF4714508655422864',
  ])('%s is a sound ISO 11649 reference', (reference) => {
    expect(PaymentReferenceSchema.safeParse(reference)).toEqual({ success: true, data: reference });
  });

  it.each([
    ['wrong check digits', 'RF19GAX8WS5JYOOUJ87'],
    ['check digits that are only equal modulo 97', 'RF01A24'],
    ['nothing after the check digits', 'RF18'],
    ['more than 25 characters', 'RF14X2HU4TC28XTYLHASYWT9112'],
    ['a hyphen', 'RF18-539007547034'],
    ['letters for check digits', 'RFQ-12'],
  ])('that begins with RF is refused for %s', (_, reference) => {
    expect(PaymentReferenceSchema.safeParse(reference).success).toBe(false);
  });

  it('of another kind is kept as it is', () => {
    expect(PaymentReferenceSchema.safeParse('REF 2026/42-é')).toEqual({ success: true, data: 'REF 2026/42-é' });
  });
});
