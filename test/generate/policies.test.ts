import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policiesModule } from '../../bin/generate/policies.ts';
import { POLICIES } from '../../lib/generated/policies.ts';
import { TEMPLATE_NAMES } from '../support/template-names.ts';

const FOLDER = join(import.meta.dirname, '../../lib/domain/policies');
const STANDARD = readFileSync(join(FOLDER, 'standard.yaml'), 'utf8');
/** What the build makes of the standard policy with one passage replaced, in a file of this name. */
function generated(searched: string, replacement: string, fileName = 'standard.yaml'): string {
  expect(STANDARD).toContain(searched);
  const folder = mkdtempSync(join(tmpdir(), 'relance-policies-'));
  try {
    writeFileSync(join(folder, fileName), STANDARD.replace(searched, replacement));
    return policiesModule(folder, TEMPLATE_NAMES);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lineOf(text: string): number {
  return STANDARD.slice(0, STANDARD.indexOf(text)).split('\n').length;
}

describe('the policies that ship', () => {
  it('are generated from their YAML', () => {
    const module = policiesModule(FOLDER, TEMPLATE_NAMES);
    const literal = module.slice(module.indexOf('= [') + 2, module.lastIndexOf(';'));
    expect(JSON.parse(literal)).toEqual(POLICIES);
  });
});

it('refuses a new version of a shipped policy that comes without the one before', () => {
  expect(() => generated('version: 1', 'version: 2')).toThrow(
    /standard-1\.yaml: version 1 of policy "standard" is missing.*\n.*keep the older file/,
  );
});

describe('the check of a policy', () => {
  it.each([
    { fault: 'a level that does not exist', from: 'level: level2', to: 'level: level9', says: 'steps.6.level: ' },
    { fault: 'hours that are no time', from: '"18:00"', to: '"25:00"', says: 'sendingHours.email.to: must be HH:MM' },
    {
      fault: 'hours that never open',
      from: 'sms: { from: "09:00", to: "19:00" }',
      to: 'sms: { from: "19:00", to: "09:00" }',
      says: 'sendingHours.sms: the hours 19:00 to 09:00 never open (hours-open; ',
      cure: 'write from before to',
    },
    {
      fault: 'a template that does not exist',
      from: 'template: firm-notice',
      to: 'template: firm-notise',
      says: 'steps.4.template: no email template "firm-notise" in fr, en',
      cure: 'write it in lib/channels/templates, or use one of preventive-check, attentive-notice',
    },
    {
      fault: 'a step of an overlay that comes too soon',
      from: 'B1: { offsetDays: 8, grantsDays: 6 }',
      to: 'B1: { offsetDays: 7, grantsDays: 6 }',
      says: 'overlays.bad-payer.steps.B1.offsetDays: B1 at 7 comes before the 3 days that A2 at 4 gives are over',
      cure: 'send it later by 1 or more',
    },
    {
      fault: 'a step out of its order',
      from: 'offsetDays: -5',
      to: 'offsetDays: -12',
      says: 'steps.1.offsetDays: offset -12 comes after -10 of P1',
    },
    {
      fault: 'a mere warning',
      from: 'contactBudget: { perDay: 1, perWeek: 3 }',
      to: 'contactBudget: { perDay: 1, perWeek: 7 }',
      says: 'contactBudget: 1 contacts a day and 7 a week (sane-contact-budget; ',
    },
    {
      fault: 'a misspelt key',
      from: 'regardlessOfAmount: { first',
      to: 'regardlesOfAmount: { first',
      says: 'unknown key "regardlesOfAmount"',
    },
  ])('says where there is $fault, and the cure', ({ from, to, says, cure = '' }) => {
    const attempt = () => generated(from, to);
    expect(attempt).toThrow(says);
    expect(attempt).toThrow(`standard.yaml:${lineOf(from)}: `);
    expect(attempt).toThrow(`cure: ${cure}`);
  });

  it('points at the step that lacks a key', () => {
    const attempt = () => generated('    grantsDays: 4\n', '');
    expect(attempt).toThrow(`standard.yaml:${lineOf('- stepId: P1')}: steps.0.grantsDays: `);
  });

  it('points at the line that is not YAML', () => {
    expect(() => generated('version: 1', 'version: [1')).toThrow(/standard\.yaml:\d+: .+\n {2}cure: write valid YAML/);
  });

  it('wants the file named after the policy', () => {
    expect(() => generated('version: 1', 'version: 1', 'gentle.yaml')).toThrow(
      'the policy is named "standard" and its file is not',
    );
  });
});
