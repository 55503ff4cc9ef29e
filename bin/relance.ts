// The CDK app: `cdk synth` runs it, and so does `node bin/relance.ts` (CDK_OUTDIR and CDK_CONTEXT_JSON apply).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { parseConfiguration } from '../lib/infra/configuration.ts';
import { RelanceStack } from '../lib/infra/relance-stack.ts';

const PROJECT = join(import.meta.dirname, '..');

try {
  const { context } = JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8'));
  const app = new App({
    context, // the CLI's own context, if there is one, wins over it
    outdir: process.env.CDK_OUTDIR ?? join(PROJECT, 'cdk.out'),
    analyticsReporting: false,
  });
  const configuration = parseConfiguration(app.node.tryGetContext('relance'));
  new RelanceStack(app, `relance-${configuration.stage}`, { configuration });
  app.synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
