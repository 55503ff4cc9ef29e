import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policiesModule } from '../../bin/generate/policies.ts';
import { POLICIES } from '../../lib/generated/policies.ts';

const FOLDER = join(import.meta.dirname, '../../lib/domain/policies');
const STANDARD = readFileSync(join(FOLDER, 'standard.yaml'), 'utf8');
const TEMPLATES = {
  email: ['preventive-check', 'courteous-notice', 'firm-notice', 'last-notice'],
  sms: ['short-message'],
};

/** What the build makes of the standard policy with one passage replaced, in a file of this name. */
function generated(searched: string, replacement: string, fileName = 'standard.yaml'): string {
  expect(STANDARD).toContain(searched);
  const folder = mkdtempSync(join(tmpdir(), 'relance-policies-'));
  try {
    writeFileSync(join(folder, fileName), STANDARD.replace(searched, replacement));
    return policiesModule(folder, TEMPLATES);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lineOf(text: string): number {
  return STANDARD.slice(0, STANDARD.indexOf(text)).split('\n').length;
}

describe('the policies that ship', () => {
  it('are the standard ladder of five steps', () => {
    expect(POLICIES.map(({ name }) => name)).toContain('standard');
    const steps = POLICIES.find(({ name }) => name === 'standard')?.steps.map(({ stepId }) => stepId);
    expect(steps).toEqual(['P1', 'A1', 'A3', 'B2', 'C1']);
  });

  it('are generated from their YAML', () => {
    const module = policiesModule(FOLDER, TEMPLATES);
    const literal = module.slice(module.indexOf('= [') + 2, module.lastIndexOf(';'));
    expect(JSON.parse(literal)).toEqual(POLICIES);
  });
});

describe('the check of a policy', () => {
  it.each([
    { fault: 'a level that does not exist', from: 'level: level2', to: 'level: level9', says: 'steps.3.level: ' },
    { fault: 'hours that are no time', from: '"18:00"', to: '"25:00"', says: 'sendingHours.email.to: must be HH:MM' },
    {
      fault: 'hours that never open',
      from: '{ from: "09:00", to: "19:00" }',
      to: '{ from: "19:00", to: "09:00" }',
      says: 'sendingHours.sms: the hours 19:00 to 09:00 never open',
      cure: 'write from before to',
    },
    {
      fault: 'a template that does not exist',
      from: 'template: firm-notice',
      to: 'template: firm-notise',
      says: 'steps.2.template: no email template "firm-notise" in fr, en',
      cure: 'write it in lib/channels/templates, or use one of preventive-check, courteous-notice',
    },
    {
      fault: 'a template of another channel',
      from: 'template: short-message',
      to: 'template: last-notice',
      says: 'no sms template "last-notice"',
    },
    {
      fault: 'a step id twice',
      from: 'stepId: A3',
      to: 'stepId: A1',
      says: 'steps.2.stepId: stepId "A1" is there twice',
    },
    {
      fault: 'steps out of order',
      from: 'offsetDays: 25',
      to: 'offsetDays: 5',
      says: 'steps.3.offsetDays: offset 5 comes after 10 of A3',
    },
    { fault: 'a misspelt key', from: 'notForProfiles:', to: 'notForProfile:', says: 'unknown key "notForProfile"' },
  ])('says where there is $fault, and the cure', ({ from, to, says, cure = '' }) => {
    const attempt = () => generated(from, to);
    expect(attempt).toThrow(says);
    expect(attempt).toThrow(`standard.yaml:${lineOf(from)}: `);
    expect(attempt).toThrow(`cure: ${cure}`);
  });

  it('points at the step that lacks a key', () => {
    const attempt = () => generated('    grantsDays: 4\n', '');
    expect(attempt).toThrow(`standard.yaml:${lineOf('- stepId: A1')}: steps.1.grantsDays: `);
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
