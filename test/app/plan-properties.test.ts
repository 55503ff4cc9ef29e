import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBusinessDay } from '../../lib/domain/calendar/business-day.ts';
import { dateIn } from '../../lib/domain/calendar/sending-window.ts';
import { isClosedStanding } from '../../lib/domain/dunning-case.ts';
import { HOLIDAYS } from '../../lib/generated/holidays.ts';
import { type LifeTold, live, planStory } from '../support/life-world.ts';
import { INVOICES } from '../support/unreliable-world.ts';

/** Holds a claim to what becomes of many stories in which plans are agreed, paid, missed, blocked and replaced. */
function always(claim: (told: LifeTold) => Promise<void>, numRuns = 200): Promise<void> {
  return fc.assert(
    fc.asyncProperty(planStory, async (story) => claim(await live(story))),
    { numRuns },
  );
}

const PLAN_TEMPLATES = ['plan-agreement', 'instalment-reminder', 'instalment-default-notice'];

/** What left about plans. A message nobody knows the fate of is not sent again, so nothing is in here twice. */
const planMessages = ({ desk }: LifeTold) =>
  desk.departures.filter(({ template }) => PLAN_TEMPLATES.includes(template));

describe('whatever becomes of a plan', () => {
  it('never writes about a part that is covered, nor asks for more than is owed', () =>
    always(async (told) => {
      for (const { template, facts, outstandingMinor } of planMessages(told)) {
        expect(facts.instalments.length).toBeGreaterThan(0);
        const asked = facts.confirms?.amountMinor ?? 0;
        expect(asked).toBeGreaterThan(0);
        expect(asked).toBeLessThanOrEqual(outstandingMinor);
        if (template === 'plan-agreement') continue;
        expect(facts.instalments.every(({ amountMinor }) => amountMinor > 0)).toBe(true);
        expect(facts.instalments.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(asked);
        const [first] = facts.instalments;
        if (template === 'instalment-reminder') expect(first!.dueOn >= facts.today).toBe(true);
        else expect(first!.dueOn < facts.today).toBe(true);
      }
    }));

  it('says each thing once: no step leaves twice, no part is announced or missed twice', () =>
    always(async (told) => {
      const steps = planMessages(told).map(({ serves }) => serves.join());
      expect(new Set(steps).size).toBe(steps.length);
      for (const invoiceId of INVOICES) {
        const said = (await told.desk.history(invoiceId))
          .filter(({ type }) => type.startsWith('Instalment'))
          .map(({ type, data }) => `${type} ${data.planId} ${data.dueOn}`);
        expect(new Set(said).size).toBe(said.length);
      }
    }));

  it('announces and accuses on open days only, within the hours, and once a day', () =>
    always(async (told) => {
      const timed = planMessages(told).filter(({ template }) => template !== 'plan-agreement');
      const days = timed.map(({ facts, invoiceIds }) => `${invoiceIds[0]} ${facts.today}`);
      expect(new Set(days).size).toBe(days.length);
      for (const { facts, at } of timed) {
        expect(isBusinessDay(facts.today, 'FR', HOLIDAYS), facts.today).toBe(true);
        const hour = Number(
          new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Paris' }).format(
            new Date(at),
          ),
        );
        expect(hour >= 8 && hour < 18, at).toBe(true);
      }
    }));

  it('ends no plan before the time a default notice gave is over', () =>
    always(async ({ desk }) => {
      for (const invoiceId of INVOICES) {
        const { claims, dunningCase } = (await desk.ledger.loadCaseFile(invoiceId))!;
        for (const { at, type, data } of await desk.history(invoiceId)) {
          if (type !== 'PlanBroken') continue;
          const notice = dunningCase.confirmations.findLast(
            ({ template, plan }) =>
              template === 'instalment-default-notice' &&
              plan?.planId === data.planId &&
              plan?.dueOns.includes(String(data.dueOn)),
          );
          const claim = claims.find(({ stepId }) => stepId === notice?.confirmationId);
          expect(claim?.state).toMatch(/^(sent|failed|skipped)$/);
          expect(claim?.respondBy === undefined || dateIn(at, 'Europe/Paris') > claim.respondBy).toBe(true);
        }
      }
    }));

  it('claims no notice while a plan runs, and ends each plan once', () =>
    always(async ({ desk }) => {
      for (const invoiceId of INVOICES) {
        const { instalmentPlan, standing } = (await desk.ledger.loadCaseFile(invoiceId))!.dunningCase;
        let isRunning = false;
        for (const { type, data } of await desk.history(invoiceId)) {
          if (type === 'NoticeReserved' && data.level !== null && data.attempt === 1) expect(isRunning).toBe(false);
          if (type === 'PlanKept' || type === 'PlanBroken') expect(isRunning).toBe(true);
          if (type.startsWith('Plan')) isRunning = type === 'PlanAgreed';
        }
        const state = instalmentPlan?.state ?? null;
        if (isClosedStanding(standing)) expect(state).not.toBe('running');
        else if (standing !== 'blocked') expect(state === 'running').toBe(standing === 'instalments');
      }
    }));
});
