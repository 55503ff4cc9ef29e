import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, bundleFunctions, functionEntries } from '../../lib/infra/bundling/bundle-functions.ts';

const output = mkdtempSync(join(tmpdir(), 'relance-bundling-'));
let bundles: Bundle[];

beforeAll(async () => {
  const entries = {
    dynamodb: fileURLToPath(new URL('./support/dynamodb-entry.ts', import.meta.url)),
    conflict: fileURLToPath(new URL('./support/conflict-entry.ts', import.meta.url)),
  };
  bundles = await bundleFunctions(entries, output);
});

afterAll(() => rmSync(output, { recursive: true, force: true }));

const bundlePath = (name: string) => join(output, name, 'index.mjs');

describe('a bundle', () => {
  it('reads from DynamoDB with the credentials Lambda sets', async () => {
    await using dynamodb = await aDynamoDb();
    const script = `const { handler } = await import(${JSON.stringify(bundlePath('dynamodb'))});
      console.log(JSON.stringify(await handler()));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: {
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'AKIATEST',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: 'session',
        AWS_ENDPOINT_URL: dynamodb.url,
      },
    });
    expect(JSON.parse(stdout)).toEqual({ pk: { S: 'INVOICE#1' } });
    expect(dynamodb.headers).toMatchObject({
      authorization: expect.stringContaining('Credential=AKIATEST/'),
      'x-amz-security-token': 'session',
    });
  });

  it('says which variables are missing when there are no credentials', async () => {
    const script = `const { handler } = await import(${JSON.stringify(bundlePath('dynamodb'))});
      await handler().catch((error) => console.log(error.message));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { AWS_REGION: 'eu-west-1' },
    });
    expect(stdout).toContain('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
  });

  it('takes every built-in of Node without a static import', () => {
    const code = readFileSync(bundlePath('dynamodb'), 'utf8');
    expect(code).toContain('process.getBuiltinModule("node:https")');
    expect(code).not.toMatch(/\b(from|import)\s*["'](?!\.)/);
  });

  it('leaves the SDK’s other sources of credentials out', () => {
    const [dynamodb] = bundles;
    expect(dynamodb?.bytes).toBeGreaterThan(50_000);
    expect(dynamodb?.bytes).toBeLessThan(250_000);
  });

  it('keeps the names of the errors the workflow retries by', async () => {
    const { handler } = await import(bundlePath('conflict'));
    expect(handler).toThrow(expect.objectContaining({ name: 'Dunning.Conflict' }));
  });

  it('has its source map beside it, without the sources in it', () => {
    expect(readFileSync(bundlePath('conflict'), 'utf8')).toMatch(/\/\/# sourceMappingURL=index\.mjs\.map\s*$/);
    const map = JSON.parse(readFileSync(`${bundlePath('conflict')}.map`, 'utf8'));
    expect(map.sources).toContainEqual(expect.stringContaining('lib/domain/errors.ts'));
    expect(map.sourcesContent).toBeUndefined();
  });

  it('is refused over 700 kB, with its name and largest inputs', async () => {
    const entry = join(output, 'heavy.js');
    writeFileSync(entry, `export const handler = () => ${JSON.stringify('x'.repeat(750_000))};`);
    await expect(bundleFunctions({ heavy: entry }, output)).rejects.toThrow(
      /The bundle of heavy weighs 750\.\d kB; the limit is 700\.0 kB\..*heavy\.js/s,
    );
  });

  it('prints a letter with the font it carries, which is why it may weigh more', async () => {
    const entry = fileURLToPath(new URL('./support/letter-entry.ts', import.meta.url));
    await bundleFunctions({ 'post-letter': entry }, output);
    const script = `const { handler } = await import(${JSON.stringify(bundlePath('post-letter'))});
      console.log(await handler());`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout).toBe('%PDF-\n');
  });
});

it('finds one function per file of the folder', () => {
  const folder = mkdtempSync(join(output, 'functions-'));
  for (const file of ['send-email.ts', 'api.ts', 'notes.md']) writeFileSync(join(folder, file), '');
  expect(functionEntries(folder)).toEqual({ api: join(folder, 'api.ts'), 'send-email': join(folder, 'send-email.ts') });
});

/** A DynamoDB that answers one item and remembers how it was asked. */
async function aDynamoDb() {
  const seen: { headers: IncomingHttpHeaders } = { headers: {} };
  const server = createServer((request, response) => {
    seen.headers = request.headers;
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify({ Item: { pk: { S: 'INVOICE#1' } } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get headers() {
      return seen.headers;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
