import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What each layer may import beside itself and Node's own modules: layers below it, and the libraries it is given. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'lib/domain': ['zod/mini', 'temporal-polyfill'],
  'lib/contracts': [
    'lib/domain',
    'zod/mini',
    'currency-codes',
    'validator',
    'libphonenumber-js',
    'ibantools',
    'iso-11649',
    'saxes',
  ],
  'lib/app': ['lib/contracts', 'lib/domain'],
  'lib/channels': [
    ...['lib/app', 'lib/contracts', 'lib/domain', 'lib/generated/fonts.ts'],
    ...['handlebars', 'mjml', '@aws-sdk/client-sesv2', '@aws-sdk/client-sns', '@aws-sdk/client-s3'],
    ...['pdf-lib', '@pdf-lib/fontkit', 'qrcode-generator'],
  ],
  'lib/ledger': [
    'lib/app',
    'lib/contracts',
    'lib/domain',
    'zod/mini',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/util-dynamodb',
  ],
  'lib/http': ['lib/contracts', 'lib/domain', 'zod/mini', 'hono', 'aws-lambda'],
  'lib/runtime': [
    ...['lib/http', 'lib/ledger', 'lib/channels', 'lib/app', 'lib/contracts', 'lib/domain', 'lib/generated'],
    ...['zod/mini', '@aws-sdk/', '@aws-lambda-powertools/logger'],
  ],
  'lib/local': [
    'jsonata',
    'jose',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-dynamodb-streams',
    '@aws-sdk/util-dynamodb',
  ],
  'lib/infra': [
    'lib/contracts/environment.ts',
    'aws-cdk-lib',
    'constructs',
    'cdk-nag',
    'esbuild',
    'zod',
    'currency-codes',
    'libphonenumber-js',
    'ibantools',
    'validator',
  ],
  functions: [
    ...[
      'lib/runtime',
      'lib/http',
      'lib/ledger',
      'lib/channels',
      'lib/app',
      'lib/contracts',
      'lib/domain',
      'lib/generated',
    ],
    ...['@aws-sdk/client-', 'aws-lambda'],
  ],
};

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g;

function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function isAllowed(target: string, allowed: readonly string[]): boolean {
  return (
    target.startsWith('node:') ||
    allowed.some(
      (prefix) =>
        target === prefix || target.startsWith(prefix.endsWith('/') || prefix.endsWith('-') ? prefix : `${prefix}/`),
    )
  );
}

describe('imports point down', () => {
  it.each(Object.entries(MAY_IMPORT))('%s imports only itself, Node and %j', (layer, allowed) => {
    const strangers = globSync(`${layer}/**/*.ts`).flatMap((file) =>
      importsOf(file)
        .map((name) => (name.startsWith('.') ? posix.join(posix.dirname(file), name) : name))
        .filter((target) => !isAllowed(target, [layer, ...allowed]))
        .map((target) => `${file} → ${target}`),
    );
    expect(strangers).toEqual([]);
  });

  it('sees the imports there are', () => {
    expect(importsOf('functions/api.ts')).toContain('../lib/http/api.ts');
    expect(isAllowed('@aws-sdk/client-sfn', ['lib/app'])).toBe(false);
    expect(isAllowed('lib/application/x.ts', ['lib/app'])).toBe(false);
  });
});

describe('rooms', () => {
  const files = globSync('{bin,lib,functions}/**/*.ts').filter((file) => !file.startsWith('lib/generated/'));

  it('have at most 250 lines', () => {
    const large = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 251);
    expect(large).toEqual([]);
  });

  it('read no clock outside the composition roots', () => {
    const inside = files.filter((file) => !/^(bin|lib\/(runtime|local|infra))\//.test(file));
    const reading = inside.filter((file) =>
      /Date\.now\(\)|new Date\(\)|Temporal\.Now|Math\.random\(/.test(readFileSync(file, 'utf8')),
    );
    expect(reading).toEqual([]);
  });

  it('leave pk and sk to the keys of the ledger', () => {
    const spelling = files
      .filter((file) => file.startsWith('lib/') && !file.startsWith('lib/local/') && !file.startsWith('lib/infra/'))
      .filter((file) => /['"`](?:INVOICE|STEP|PAYMENT|CUSTOMER|TASK|CASH|MATCH)#/.test(readFileSync(file, 'utf8')));
    expect(spelling).toEqual(['lib/ledger/keys.ts']);
  });

  it('document every export', () => {
    const undocumented = files.flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      return lines
        .map((line, index) => ({ line, before: lines[index - 1] ?? '', place: `${file}:${index + 1}` }))
        .filter(({ line }) => /^export (?!type \{|\{|\*)/.test(line))
        .filter(({ before }) => !/\*\/\s*$/.test(before) && !/^@/.test(before))
        .map(({ place }) => place);
    });
    expect(undocumented).toEqual([]);
  });
});
