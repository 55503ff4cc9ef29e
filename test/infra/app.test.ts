import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { afterAll, describe, expect, it } from 'vitest';
import { RelanceFunction } from '../../lib/infra/relance-function.ts';
import { readDefinition } from '../../lib/infra/workflow-definition.ts';
import { aConfiguration } from './support/synthesized-stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'relance-app-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('refuses a faulty configuration in words, whoever runs the app', async () => {
  const context = { relance: { ...aConfiguration(), region: 'Ireland' } };
  const run = promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../bin/relance.ts')], {
    env: { CDK_CONTEXT_JSON: JSON.stringify(context), CDK_OUTDIR: join(folder, 'cdk.out') },
  });
  await expect(run).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^The configuration of Relance has 1 fault\..*\n {2}relance\.region: "Ireland" is not/,
    ),
  });
});

it('says to build first when a bundle is missing', () => {
  const stack = new Stack(new App(), 'Empty');
  const installation = {
    stage: 'test',
    bundleFolder: folder,
    logRetention: RetentionDays.ONE_DAY,
    alarmTopic: new Topic(stack, 'Topic'),
  };
  const build = () =>
    new RelanceFunction(stack, 'SendEmail', { installation, description: 'x', environment: {}, impact: 'x' });
  expect(build).toThrow(/send-email\/index\.mjs does not exist; run "npm run build" first/);
});

describe('a state machine', () => {
  const path = join(folder, 'dunning.asl.json');

  it('is refused when it names a placeholder nobody gives a value', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's placeholders, not template strings
    writeFileSync(path, JSON.stringify({ States: { A: '${LedgerTableName}', B: '${LedgrTableName}' } }));
    expect(() => readDefinition(path, ['LedgerTableName'])).toThrow(
      /uses \$\{LedgrTableName\}, .* use LedgerTableName,/,
    );
  });

  it('is refused when it is not JSON, with its path', () => {
    writeFileSync(path, '{');
    expect(() => readDefinition(path, [])).toThrow(`Cannot read the state machine ${path}`);
  });
});
