/** The codes of the German banks (Geschäftsvorfallcodes) for a direct debit given back: 108 between companies, 109 of anybody; 159 a transfer that came back. */
const GERMAN_RETURNS = ['108', '109', '159'];

/** Whether a German transaction code says that a payment is given back. */
export function isGermanReturn(code: string): boolean {
  return GERMAN_RETURNS.includes(code);
}
