import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FUNCTIONS = [
  'api',
  'receive-bank-webhook',
  'apply-payment',
  'plan-next-step',
  'send-email',
  'send-sms',
  'wake-executions',
  'record-delivery',
  'assign-call',
  'post-letter',
  'hand-over',
  'review-case',
  'preview-policy',
  'read-letter',
  'reports',
  'import-statement',
];

/** A folder with an empty bundle of each function, so that the stack can be synthesized without building them. */
export function placeholderBundles(): string {
  const folder = mkdtempSync(join(tmpdir(), 'relance-bundles-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of FUNCTIONS) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = () => '${name}';\n`);
  }
  return folder;
}
