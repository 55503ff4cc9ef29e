import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Objects } from '../../lib/local/objects.ts';

const aLetter = {
  key: 'letters/1.pdf',
  contentType: 'application/pdf',
  metadata: { step: 'B1' },
  modifiedAt: '2026-11-10T08:41:00.000Z',
  body: Buffer.from([0, 10, 255, 10]),
};

describe.each([
  ['in memory', async () => undefined],
  ['in a folder', () => mkdtemp(join(tmpdir(), 'relance-objects-'))],
])('objects %s', (_where, makeFolder) => {
  it('come back as they were put, by bucket and key', async () => {
    const objects = new Objects(['letters', 'other'], await makeFolder());
    await objects.put('letters', aLetter);
    expect(await objects.get('letters', aLetter.key)).toEqual(aLetter);
    expect(await objects.get('other', aLetter.key)).toBeUndefined();
    expect(await objects.get('letters', 'letters/2.pdf')).toBeUndefined();
  });

  it('give way to a newer one of the same key', async () => {
    const objects = new Objects(['letters'], await makeFolder());
    await objects.put('letters', aLetter);
    await objects.put('letters', { ...aLetter, body: Buffer.from('newer') });
    expect((await objects.get('letters', aLetter.key))?.body.toString()).toBe('newer');
  });

  it('may have a key that is longer than the name of a file', async () => {
    const objects = new Objects(['letters'], await makeFolder());
    const key = `../${'x/'.repeat(500)}`;
    await objects.put('letters', { ...aLetter, key });
    expect(await objects.get('letters', key)).toMatchObject({ key });
  });
});

it('outlive the process in their folder, and leave no draft', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'relance-objects-'));
  await new Objects(['letters'], folder).put('letters', aLetter);
  expect(await new Objects(['letters'], folder).get('letters', aLetter.key)).toEqual(aLetter);
  expect(await readdir(join(folder, 'letters'))).toHaveLength(1);
});

it('lie in the buckets of the stack only', () => {
  const objects = new Objects(['letters']);
  expect(objects.has('letters')).toBe(true);
  expect(objects.has('other')).toBe(false);
});
