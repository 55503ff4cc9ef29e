// npm run deploy: checks the configuration, warns when nobody would be told of alarms, then hands over to `cdk deploy`
// with the arguments given.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseConfiguration } from '../lib/infra/configuration.ts';
import { refuseReservedSender } from '../lib/infra/sender-check.ts';

const PROJECT = join(import.meta.dirname, '..');

try {
  const { context } = JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8'));
  const configuration = parseConfiguration(context?.relance);
  refuseReservedSender(configuration);
  if (configuration.alarmEmail === undefined) {
    console.error(
      'Warning: relance.alarmEmail is not set, so nobody will be told when an alarm rings. ' +
        'Set it under "context" in cdk.json, or subscribe somebody to the topic of alarms.',
    );
  }
  const cli = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const deploy = [cli, 'deploy', ...process.argv.slice(2)];
  const { status, error } = spawnSync(process.execPath, deploy, { cwd: PROJECT, stdio: 'inherit' });
  if (error) throw error;
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
