import { decimalFromMinor } from './money.ts';

/** A credit transfer as a QR code describes it. The reference is an ISO 11649 creditor reference, or any words. */
export interface EpcPayment {
  readonly beneficiary: string;
  readonly bic: string;
  readonly iban: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reference: { readonly structured: string } | { readonly unstructured: string };
}

/** Limits of the guideline, in characters and, of the whole, in bytes. */
const BENEFICIARY_MAX = 70;
const REMITTANCE_MAX = 140;
const PAYLOAD_BYTES_MAX = 331;
const AMOUNT_MINOR_MAX = 99_999_999_999;

/**
 * The text of the QR code that fills in a SEPA credit transfer in a banking app: version 002, UTF-8.
 *
 * Names and words that are too long are cut between characters. A structured reference whose check digits are wrong goes out as words, because an app refuses
 * the whole code for it.
 *
 * @returns `null` when the transfer is not in euros, or its amount is not 0.01 to 999999999.99
 * @see EPC069-12, Quick Response Code: Guidelines to Enable Data Capture for the Initiation of a SEPA Credit Transfer
 */
export function epcPayload(payment: EpcPayment): string | null {
  const { amountMinor, currency } = payment;
  if (currency !== 'EUR' || !Number.isSafeInteger(amountMinor)) return null;
  if (amountMinor < 1 || amountMinor > AMOUNT_MINOR_MAX) return null;
  const { structured, unstructured } = remittanceOf(payment.reference);
  const write = (beneficiary: string, words: string) => {
    const account = [bare(payment.bic), beneficiary, bare(payment.iban), `EUR${decimalFromMinor(amountMinor, 2)}`];
    const remittance = structured === '' ? ['', '', words] : ['', structured];
    return ['BCD', '002', '1', 'SCT', ...account, ...remittance].join('\n').trimEnd();
  };
  const beneficiary = cut(oneLine(payment.beneficiary), BENEFICIARY_MAX);
  const words = cut(oneLine(unstructured), REMITTANCE_MAX);
  return fitting(words, (shorter) => write(beneficiary, shorter)) ?? fitting(beneficiary, (name) => write(name, ''));
}

function remittanceOf(reference: EpcPayment['reference']): { structured: string; unstructured: string } {
  if ('unstructured' in reference) return { structured: '', unstructured: reference.unstructured };
  const bareReference = bare(reference.structured);
  if (isCreditorReference(bareReference)) return { structured: bareReference, unstructured: '' };
  return { structured: '', unstructured: reference.structured };
}

/** The shape and the check digits of ISO 11649: read as a number with A = 10 … Z = 35, its front moved to the end, it leaves 1 modulo 97. */
function isCreditorReference(reference: string): boolean {
  if (!/^RF\d{2}[A-Z0-9]{1,21}$/.test(reference)) return false;
  const moved = `${reference.slice(4)}${reference.slice(0, 4)}`;
  const digits = moved.replace(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)));
  return BigInt(digits) % 97n === 1n;
}

/** The first payload that is not too heavy, its text cut from the end one character after the other; `null` when even none of it fits. */
function fitting(text: string, write: (shorter: string) => string): string | null {
  for (let length = [...text].length; length >= 0; length -= 1) {
    const payload = write(cut(text, length));
    if (new TextEncoder().encode(payload).length <= PAYLOAD_BYTES_MAX) return payload;
  }
  return null;
}

function cut(text: string, charactersMax: number): string {
  return [...text].slice(0, charactersMax).join('').trim();
}

function bare(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

/** Lines are fields of the payload, so a name may not bring its own. */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
