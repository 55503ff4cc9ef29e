import { printLetter } from '../../../lib/channels/letter/print-letter.ts';
import { letterFacts } from '../../channels/letter/letter-facts.ts';

/** Prints a letter, and answers how its file begins. */
export async function handler(): Promise<string> {
  const wording = { object: 'Unpaid invoice', isRegistered: false, blocks: [{ kind: 'payment' as const }] };
  const pdf = await printLetter(wording, letterFacts());
  return Buffer.from(pdf.subarray(0, 5)).toString('latin1');
}
