import { describe, expect, it } from 'vitest';
import { composeNotice } from '../../lib/app/compose-notice.ts';
import { type PreviewDeps, previewPolicy } from '../../lib/app/preview-policy.ts';
import type { PreviewRequest } from '../../lib/contracts/preview-request.ts';
import { anInvoice, aReachableCustomer } from '../support/builders.ts';
import { standardPolicy } from '../support/case-builders.ts';
import { Desk } from '../support/desk.ts';
import { aCreditor } from '../support/fake-provider.ts';
import { FlakyLedger } from '../support/flaky-ledger.ts';

const AT = '2026-01-05T08:00:00Z';

function preview(request: Partial<PreviewRequest> = {}, desk = new Desk(), name = 'standard') {
  const deps: PreviewDeps = {
    ...desk.planning,
    creditor: aCreditor,
    render: async ({ template, channel }, occasion) => {
      if (channel === 'hand-over') return { subject: null, text: null, html: null };
      const facts = composeNotice(occasion);
      const [{ daysLate, charges }] = facts.invoices;
      const claimed = charges ? ` ${charges.interestMinor}+${charges.compensationMinor}` : '';
      return { subject: `${template}`, text: `${facts.today} ${daysLate}${claimed}`, html: null };
    },
  };
  const whole = { invoice: anInvoice(), customer: aReachableCustomer(), version: null };
  const claims = { isFirstInvoice: true, lastInvoiceLate: false };
  return previewPolicy(deps, { name, request: { ...whole, ...claims, ...request }, at: AT });
}

async function stepsOf(...args: Parameters<typeof preview>) {
  const answer = await preview(...args);
  if (!answer || 'errors' in answer) throw new Error('no preview');
  return answer.steps;
}

const dated = (steps: Awaited<ReturnType<typeof stepsOf>>) =>
  steps.map(({ stepId, channel, at, skipped }) => [stepId, channel, at?.slice(0, 10) ?? null, skipped]);

describe('the preview of a policy', () => {
  it('is the dated ladder to its end, with why each step is not sent', async () => {
    expect(dated(await stepsOf())).toEqual([
      ['P1', 'email', '2026-01-20', null],
      ['P2', 'call', null, 'amount-below-threshold'],
      ['A1', 'email', '2026-02-02', null],
      ['A2', 'call', '2026-02-05', null],
      ['A3', 'email', '2026-02-10', null],
      ['A4', 'letter', '2026-02-17', null],
      ['B1', 'registered-letter', '2026-02-24', null],
      ['B2', 'call', '2026-03-05', null],
      ['B3', 'email', '2026-03-10', null],
      ['C1', 'call', '2026-03-17', null],
      ['C2', 'registered-letter', '2026-03-20', null],
      ['C3', 'hand-over', '2026-04-15', null],
    ]);
  });

  it('is what the executions do, if nobody pays and everything is posted the day it is ready', async () => {
    const desk = new Desk();
    await desk.register({ customer: aReachableCustomer() });
    await desk.runUntil(await desk.climbTo('C3'));
    const done = [...desk.departures, ...desk.assigned].sort((one, other) => (one.at < other.at ? -1 : 1));
    const sent = (await stepsOf()).filter(({ skipped }) => skipped === null);
    expect(sent.map(({ stepId, at }) => [stepId, at])).toEqual(done.map(({ stepId, at }) => [stepId, at]));
    const addressed = sent.map(({ stepId, to }) => [stepId, to.join()]);
    expect(addressed).toEqual(done.map(({ stepId, to }) => [stepId, to.join()]));
  });

  it('shows each message as it would be written on its day', async () => {
    const steps = await stepsOf();
    expect(steps.find(({ stepId }) => stepId === 'A3')).toMatchObject({
      subject: 'firm-notice',
      text: '2026-02-10 11',
    });
    expect(steps.at(-1)).toMatchObject({ stepId: 'C3', to: [], subject: null, text: null, html: null });
  });

  it('shows the charges as of the date of each step that carries penalties out', async () => {
    const told = (await stepsOf()).filter(({ text }) => text?.includes('+'));
    expect(told.map(({ stepId, text }) => [stepId, text])).toEqual([
      ['B1', '2026-02-24 25 999+4000'],
      // 39 and 49 days at 12.15 %: 1 557.86 and 1 957.32.
      ['B3', '2026-03-10 39 1558+4000'],
      ['C2', '2026-03-20 49 1957+4000'],
    ]);
    const atHigherRate = await stepsOf({ invoice: anInvoice({ latePaymentRateBps: 2_430 }) });
    expect(atHigherRate.find(({ stepId }) => stepId === 'C2')?.text).toBe('2026-03-20 49 3915+4000');
    const customer = aReachableCustomer({ kind: 'consumer' });
    expect((await stepsOf({ customer })).some(({ text }) => text?.includes('+'))).toBe(false);
  });

  it('follows the profile of the customer', async () => {
    const steps = await stepsOf({ customer: aReachableCustomer({ profile: 'good-payer' }) });
    expect(dated(steps).slice(0, 4)).toEqual([
      ['P1', 'email', null, 'profile-needs-no-notice'],
      ['P2', 'call', null, 'profile-needs-no-notice'],
      ['A1', 'email', '2026-02-04', null],
      ['A2', 'call', null, 'profile-needs-no-notice'],
    ]);
  });

  it('says when nobody can be reached by a channel', async () => {
    const contacts = [{ role: 'accounts-payable' as const, email: 'anne@martin.example' }];
    const steps = await stepsOf({ customer: aReachableCustomer({ contacts, address: undefined }) });
    const unreached = steps.filter(({ skipped }) => skipped === 'no-usable-contact').map(({ stepId }) => stepId);
    expect(unreached).toEqual(['A2', 'A4', 'B1', 'B2', 'C1', 'C2']);
  });

  it('takes the two claims about the customer’s other invoices', async () => {
    const small = anInvoice({ totalMinor: 10_000 });
    const first = async (claims: Partial<PreviewRequest>) => (await stepsOf({ invoice: small, ...claims }))[0]?.skipped;
    expect(await first({ isFirstInvoice: true })).toBeNull();
    expect(await first({ isFirstInvoice: false })).toBe('amount-below-threshold');
    expect(await first({ isFirstInvoice: false, lastInvoiceLate: true })).toBeNull();
  });

  it('is of the version asked for, else of the newest', async () => {
    const desk = new Desk();
    const steps = standardPolicy.steps.slice(0, 3);
    await desk.ledger.savePolicy({ ...standardPolicy, version: 2, steps, overlays: {} }, AT);
    expect(dated(await stepsOf({}, desk))).toHaveLength(3);
    expect(dated(await stepsOf({ version: 1 }, desk))).toHaveLength(12);
    expect(await preview({ version: 9 }, desk)).toMatchObject({ errors: [{ pointer: '/version' }] });
    expect(await preview({}, desk, 'velvet-glove')).toBeNull();
  });

  it('writes nothing', async () => {
    const ledger = new FlakyLedger();
    ledger.crashAt({ write: 1, when: 'before' });
    expect(await stepsOf({}, new Desk(ledger))).toHaveLength(12);
    expect(await ledger.loadCaseFile('INV-2026-0042')).toBeNull();
    expect(await ledger.loadCustomer('C-100')).toBeNull();
  });
});
