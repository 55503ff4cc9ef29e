import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of the real templates that a test may break; gone when disposed of. */
export class TemplateFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'relance-templates-'));

  constructor() {
    cpSync(join(import.meta.dirname, '../../lib/channels/templates'), this.path, { recursive: true });
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.path, file), text);
  }

  replace(file: string, searched: string, replacement: string): void {
    const text = readFileSync(join(this.path, file), 'utf8');
    if (!text.includes(searched)) throw new Error(`${file} does not contain "${searched}"`);
    this.write(file, text.replace(searched, replacement));
  }

  remove(file: string): void {
    rmSync(join(this.path, file));
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
