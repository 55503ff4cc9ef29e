import type { Configuration } from './configuration.ts';

const RESERVED = /(^|\.)(example|test|invalid|localhost)$|(^|\.)example\.(com|net|org)$/;

/**
 * Refuses to deploy for the fictional creditor of a fresh clone, or any other whose mail can never arrive.
 *
 * @throws when the sender's domain is reserved for documentation or tests, naming the key to set
 * @see RFC 2606 and RFC 6761: the reserved names
 */
export function refuseReservedSender({ creditor: { senderAddress } }: Configuration): void {
  const domain = senderAddress.slice(senderAddress.lastIndexOf('@') + 1).toLowerCase();
  if (!RESERVED.test(domain)) return;
  throw new Error(
    `relance.creditor.senderAddress: "${senderAddress}" is in a domain reserved for examples, so no mail can come from it. ` +
      'Set "relance" under "context" in cdk.json to your own company, with an address SES has verified for you.',
  );
}
