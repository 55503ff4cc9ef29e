import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../lib/contracts/policy-body.ts';
import type { Policy } from '../../lib/domain/policy.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { TEMPLATE_NAMES } from '../support/template-names.ts';

const AS_STANDARD = { name: 'standard', version: 7 };

function standard(): Policy {
  return structuredClone(POLICIES.find(({ name }) => name === 'standard')!);
}

function faultsOf(body: unknown) {
  const parsed = parsePolicy(body, AS_STANDARD, TEMPLATE_NAMES);
  return parsed.ok ? [] : parsed.faults;
}

describe('a policy put by finance', () => {
  it('is accepted as it ships, with the next version', () => {
    expect(parsePolicy(standard(), AS_STANDARD, TEMPLATE_NAMES)).toEqual({
      ok: true,
      policy: { ...standard(), version: 7 },
      warnings: [],
    });
  });

  it('needs neither a name nor a version', () => {
    const { name: _name, version: _version, ...body } = standard();
    expect(parsePolicy(body, AS_STANDARD, TEMPLATE_NAMES)).toMatchObject({ ok: true, policy: AS_STANDARD });
  });

  it('is accepted with a warning where a person has to weigh', () => {
    const body = { ...standard(), contactBudget: { perDay: 1, perWeek: 7 } };
    expect(parsePolicy(body, AS_STANDARD, TEMPLATE_NAMES)).toMatchObject({
      ok: true,
      warnings: [
        {
          pointer: '/contactBudget',
          detail: expect.stringMatching(
            /^1 contacts a day and 7 a week: allow one a day .+ \(sane-contact-budget; PROPOSAL/,
          ),
        },
      ],
    });
  });

  it.each([null, [], 'standard', 7])('is refused when it is %j', (body) => {
    expect(faultsOf(body)).toEqual([{ pointer: '', detail: expect.stringMatching(/^must be an object, not /) }]);
  });

  it('is refused under the name of another', () => {
    expect(faultsOf({ ...standard(), name: 'gentle' })).toEqual([
      { pointer: '/name', detail: 'must be "standard", as in the address, not "gentle"' },
    ]);
  });

  it('is refused with a pointer to each value that is not well formed', () => {
    const [first, second, ...rest] = standard().steps;
    const steps = [{ ...first, level: 'level9' }, { ...second, grantsDays: 0 }, ...rest];
    expect(faultsOf({ ...standard(), callAttempts: undefined, steps })).toEqual([
      { pointer: '/callAttempts', detail: 'is required' },
      {
        pointer: '/steps/0/level',
        detail: 'must be one of preventive, level1, level2, level3, litigation, not "level9"',
      },
      { pointer: '/steps/1/grantsDays', detail: 'must be more than 0, not the number 0' },
    ]);
  });

  it('is refused with a key that nobody knows, wherever it is', () => {
    const body = standard();
    Object.assign(body.steps[0]!, { 'offset/days': 3 });
    Object.assign(body.overlays!.negligent!.steps!.A1!, { grants: 3 });
    expect(faultsOf(body)).toEqual([
      { pointer: '/steps/0/offset~1days', detail: 'is not a known key: correct its spelling or take it out' },
      {
        pointer: '/overlays/negligent/steps/A1/grants',
        detail: 'is not a known key: correct its spelling or take it out',
      },
    ]);
  });

  it('is refused with rule, source and cure when it breaks the craft', () => {
    const body = standard();
    body.steps.pop();
    expect(faultsOf(body)).toContainEqual({
      pointer: '/steps/10',
      detail:
        'the ladder ends in silence after C2: end with a step of channel hand-over that everybody gets (ends-with-hand-over; ' +
        'etrepaye.fr "Recouvrement de factures": "toute relance amiable a une fin"; "10 conseils pour une relance efficace de vos impayés", "L’accord amiable")',
    });
  });

  it('is refused with 500 faults at most, however hostile', () => {
    const steps = Array.from({ length: 2000 }, () => ({}));
    expect(faultsOf({ ...standard(), steps })).toHaveLength(501);
  });

  it('is refused quickly when it has very many steps', () => {
    const [first] = standard().steps;
    const steps = Array.from({ length: 3000 }, (_, index) => ({ ...first, stepId: `S${index}` }));
    expect(faultsOf({ ...standard(), steps })).toEqual([
      { pointer: '/steps', detail: expect.stringMatching(/^3000 steps are more than a debtor should go through/) },
    ]);
  });
});
