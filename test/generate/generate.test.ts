import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { readIfPresent, writeIfChanged } from '../../bin/generate/generated-file.ts';
import { holidaysModule } from '../../bin/generate/holidays.ts';

const execFileInChild = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'relance-generated-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('a generated file', () => {
  it('is written where there was none, with the folders it needs', () => {
    const path = join(folder, 'deep', 'file.ts');
    expect(readIfPresent(path)).toBeNull();
    expect(writeIfChanged(path, 'one')).toBe('written');
    expect(readIfPresent(path)).toBe('one');
  });

  it('is left alone, its date too, when nothing changed', () => {
    const path = join(folder, 'same.ts');
    writeIfChanged(path, 'one');
    utimesSync(path, 1000, 1000);
    expect(writeIfChanged(path, 'one')).toBe('unchanged');
    expect(statSync(path).mtimeMs).toBe(1_000_000);
    expect(writeIfChanged(path, 'two')).toBe('written');
  });
});

describe('the generated holidays', () => {
  it('are worked out anew when what is there was made from other inputs', async () => {
    const path = join(folder, 'holidays.ts');
    const fresh = await holidaysModule(path);
    writeIfChanged(path, fresh.replace(/Inputs [0-9a-f]+/, 'Inputs 0').replace('11-11', '11-12'));
    expect(await holidaysModule(path)).toBe(fresh);
  });

  it('are the same in any time zone of the machine', async () => {
    const script = `
      import { holidaysModule } from ${JSON.stringify(join(import.meta.dirname, '../../bin/generate/holidays.ts'))};
      process.stdout.write(await holidaysModule('/nowhere/holidays.ts'));
    `;
    const inZone = async (TZ: string) => {
      const options = { env: { ...process.env, TZ }, maxBuffer: 1_000_000 };
      return (await execFileInChild(process.execPath, ['--input-type=module', '--eval', script], options)).stdout;
    };
    const [west, east] = await Promise.all([inZone('America/Los_Angeles'), inZone('Pacific/Apia')]);
    expect(west).toBe(readIfPresent(join(import.meta.dirname, '../../lib/generated/holidays.ts')));
    expect(east).toBe(west);
  });
});

describe('npm run generate', () => {
  it('says in one line per file what it did, and changes nothing the second time', () => {
    const script = join(import.meta.dirname, '../../bin/generate.ts');
    const run = () => spawnSync(process.execPath, [script], { encoding: 'utf8' });
    run();
    const { status, stdout, stderr } = run();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'lib/generated/templates.ts: unchanged',
      'lib/generated/template-names.ts: unchanged',
      'lib/generated/policies.ts: unchanged',
      'lib/generated/fonts.ts: unchanged',
      'lib/generated/rates.ts: unchanged',
      'lib/generated/holidays.ts: unchanged',
    ]);
  });
});
