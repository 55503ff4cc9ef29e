import { existsSync } from 'node:fs';
import { join } from 'node:path';

const GENERATED = join(import.meta.dirname, '..', '..', 'lib', 'generated', 'holidays.ts');

/**
 * Runs once before all tests.
 *
 * @throws on a clone that was never built, whose tests would otherwise fail one by one for want of a module
 */
export default function requireBuild(): void {
  if (!existsSync(GENERATED)) throw new Error('Run npm run build first: lib/generated is missing');
}
