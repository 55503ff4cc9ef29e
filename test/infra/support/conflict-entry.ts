import { ConflictError } from '../../../lib/domain/errors.ts';

/** Fails as a function does when another writer was faster. */
export function handler(): never {
  throw new ConflictError('case INV-1 moved past version 3');
}
