import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import iso11649 from 'iso-11649';
import * as z from 'zod/mini';
import { textField } from './text-field.ts';

/**
 * An IBAN of a known country with right length and check digits, in groups or not; comes out without spaces, in upper
 * case.
 */
export const IbanSchema = z.pipe(
  textField(50).check(z.refine((text) => isValidIBAN(bareIban(text)), 'must be an IBAN with right check digits')),
  z.transform(bareIban),
);

/**
 * The reference a payer quotes. What begins with RF must be an ISO 11649 creditor reference and comes out without
 * spaces, in upper case; any other structured reference is kept as it is, up to the 35 characters of a SEPA transfer.
 */
export const PaymentReferenceSchema = z.pipe(
  textField(35).check(
    z.refine(
      (text) => !beginsWithRf(text) || isCreditorReference(bareReference(text)),
      'must have right check digits (ISO 11649), as it begins with RF',
    ),
  ),
  z.transform((text) => (beginsWithRf(text) ? bareReference(text) : text)),
);

function bareIban(text: string): string {
  return electronicFormatIBAN(text) ?? '';
}

function bareReference(text: string): string {
  return text.replaceAll(' ', '').toUpperCase();
}

function beginsWithRf(text: string): boolean {
  return bareReference(text).startsWith('RF');
}

/**
 * Generating the check digits again and comparing is stricter than the library's `validate`, which drops hyphens and
 * other signs before it looks, throws on a wrong format, and takes the digits 00, 01 and 99 for 97, 98 and 02 because
 * they are equal modulo 97.
 */
function isCreditorReference(reference: string): boolean {
  return /^RF\d{2}[A-Z0-9]{1,21}$/.test(reference) && iso11649.generate(reference.slice(4)) === reference;
}
