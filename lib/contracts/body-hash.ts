import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/history.ts';

/**
 * SHA-256 (hex) of a JSON body, whatever its white space and the order of its keys: tells the same request again from a
 * different one under the same id.
 */
export function bodyHash(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}
