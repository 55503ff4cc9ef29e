import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAYER_PROFILES, type PayerProfile } from '../../../lib/domain/customer.ts';
import { ladderOf } from '../../../lib/domain/ladder.ts';
import type { Policy, PolicyStep } from '../../../lib/domain/policy.ts';
import { lintPolicy, RULE_SOURCES } from '../../../lib/domain/policy-lint/lint-policy.ts';
import { POLICIES } from '../../../lib/generated/policies.ts';
import { TEMPLATE_NAMES } from '../../support/template-names.ts';

function shipped(name: string): Policy {
  return POLICIES.find((policy) => policy.name === name)!;
}

function walked(policy: Policy, profile: PayerProfile | null): PolicyStep[] {
  return ladderOf(policy, profile).filter(({ isDropped }) => !isDropped);
}

describe('the policies that ship', () => {
  it.each(POLICIES.map(({ name }) => name))('%s has nothing against it', (name) => {
    expect(lintPolicy(shipped(name), TEMPLATE_NAMES)).toEqual([]);
  });

  it('are one for each kind of customer', () => {
    expect(POLICIES.map(({ name, forKinds }) => [name, forKinds])).toEqual([
      ['consumer', ['consumer']],
      ['public-buyer', ['public']],
      ['standard', ['business']],
    ]);
  });

  it.each(
    POLICIES.flatMap((policy) => [null, ...PAYER_PROFILES].map((profile) => ({ policy, name: policy.name, profile }))),
  )('end the ladder of $profile in $name with a person who decides', ({ policy, profile }) => {
    expect(walked(policy, profile).at(-1)).toMatchObject({ stepId: 'C3', channel: 'hand-over' });
  });

  it.each<[PayerProfile | null, string]>([
    [null, 'P1-10 P2-5 A1+2 A2+5 A3+10 A4+15 B1+22 B2+31 B3+35 C1+42 C2+45 C3+58'],
    ['negligent', 'P1-10 P2-3 A1+1 A2+6 A3+11 A4+16 B1+22 B2+31 B3+35 C1+42 C2+45 C3+58'],
    ['bad-payer', 'P1-10 P2-5 A1+1 A2+4 B1+8 C2+15 C3+28'],
    ['insolvent', 'P1-10 P2-5 A1+1 A3+8 B3+15 C2+21 C3+34'],
    ['administrative', 'P1-20 P2-10 A1+2 A2+9 A3+17 A4+25 B2+34 B1+45 B3+54 C2+60 C3+73'],
    ['disputing', 'P1-10 P2-5 A1+2 A2+7 B1+12 B2+21 B3+25 C2+30 C3+43'],
    ['automatic', 'C3+5'],
    ['good-payer', 'A1+5 A3+10 A4+15 B1+22 B2+31 B3+35 C1+42 C2+45 C3+58'],
  ])('lead a business that is %s through %s', (profile, ladder) => {
    const steps = walked(shipped('standard'), profile);
    expect(steps.map(({ stepId, offsetDays }) => `${stepId}${offsetDays < 0 ? '' : '+'}${offsetDays}`).join(' ')).toBe(
      ladder,
    );
  });

  it('send no simple letter to a bad payer, and every week to one who cannot pay', () => {
    expect(walked(shipped('standard'), 'bad-payer').map(({ channel }) => channel)).not.toContain('letter');
    const late = walked(shipped('standard'), 'insolvent').filter(
      ({ level }) => level !== 'preventive' && level !== 'litigation',
    );
    expect(late.map(({ offsetDays }) => offsetDays)).toEqual([1, 8, 15, 21]);
  });

  it.each(['standard', 'consumer'])('have a person approve the formal notice of %s', (name) => {
    const formal = shipped(name).steps.filter(({ isFormalNotice }) => isFormalNotice);
    const grantsDays = name === 'consumer' ? 15 : 8;
    expect(formal).toEqual([
      expect.objectContaining({ stepId: 'C2', channel: 'registered-letter', requiresApproval: true, grantsDays }),
    ]);
  });

  it('send a public body nothing registered before day 45', () => {
    const registered = shipped('public-buyer').steps.filter(({ channel }) => channel === 'registered-letter');
    expect(registered.map(({ offsetDays }) => offsetDays)).toEqual([45]);
  });
});

it('docs/policy.md tells every rule of the linter, and no other', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/policy.md'), 'utf8');
  const rules = text.slice(text.indexOf('## The rules')).matchAll(/`([a-z]+(?:-[a-z]+)+)`/g);
  expect(new Set([...rules].map(([, id]) => id))).toEqual(new Set(RULE_SOURCES.keys()));
});
