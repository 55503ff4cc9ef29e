import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, expect, it } from 'vitest';
import { ACKNOWLEDGEMENTS } from './support/acknowledgements.ts';
import { aConfiguration, anInstallation } from './support/synthesized-stack.ts';

interface Finding {
  id: string;
  path: string;
}

let findings: Finding[];

beforeAll(() => {
  const { app, stack } = anInstallation(aConfiguration(), true);
  app.synth(); // throws when CloudFormation would refuse the template; adds what constructs only add at the end
  const { violations } = new AwsSolutionsChecks(app).validateScope(stack);
  findings = violations.flatMap(({ ruleName: id, violatingResources }) =>
    violatingResources.map(({ constructPath = '' }) => ({
      id,
      path: constructPath.replace(`${stack.stackName}/`, ''),
    })),
  );
});

const accepted = ACKNOWLEDGEMENTS.flatMap(({ id, paths }) => paths.map((path) => ({ id, path })));
const covers = (path: string) => (finding: Finding) => finding.path === path || finding.path.startsWith(`${path}/`);

it('finds nothing against AWS Solutions that has no written reason', () => {
  const open = findings.filter(
    ({ id, path }) => !accepted.some((each) => each.id === id && covers(each.path)({ id, path })),
  );
  expect(open).toEqual([]);
});

it('keeps no reason for a finding that is gone', () => {
  const stale = accepted.filter(({ id, path }) => !findings.filter((finding) => finding.id === id).some(covers(path)));
  expect(stale).toEqual([]);
});
