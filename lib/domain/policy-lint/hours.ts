import type { Policy, SendingHours } from '../policy.ts';
import type { Breach, PolicyPath, PolicyRule } from './policy-rule.ts';
import { FORMAT, PROPOSAL } from './sources.ts';

/** Hours open before they close, on one day. */
export const hoursOpen: PolicyRule = {
  id: 'hours-open',
  source: `${FORMAT}: hours of one day`,
  check: (policy) =>
    writtenHours(policy)
      .filter(({ hours: { from, to } }) => from >= to)
      .map(({ path, hours: { from, to } }) => ({
        path,
        problem: `the hours ${from} to ${to} never open`,
        cure: 'write from before to, within one day',
      })),
};

function writtenHours({ sendingHours, callWindows }: Policy): { path: PolicyPath; hours: SendingHours }[] {
  return [
    ...Object.entries(sendingHours).map(([channel, hours]) => ({ path: ['sendingHours', channel], hours })),
    ...callWindows.map((hours, index) => ({ path: ['callWindows', index], hours })),
  ];
}

/** The parts of the day in which calls are tried follow each other, within the hours of calls. */
export const callWindowsWithinHours: PolicyRule = {
  id: 'call-windows-within-hours',
  source: `${PROPOSAL}: businesses 09:00–12:00 and 14:00–18:00, consumers 10:00–13:00 and 14:00–19:00`,
  check: ({ callWindows, sendingHours }) =>
    callWindows.flatMap(({ from, to }, index): Breach[] => {
      const path = ['callWindows', index];
      const { call } = sendingHours;
      if (from < call.from || to > call.to) {
        const problem = `${from} to ${to} is outside the hours of calls, ${call.from} to ${call.to}`;
        return [{ path, problem, cure: 'keep the windows within sendingHours.call' }];
      }
      const before = callWindows[index - 1];
      if (!before || before.to <= from) return [];
      const problem = `${from} to ${to} begins before ${before.from} to ${before.to} is over`;
      return [{ path, problem, cure: 'write the windows in their order, none over another' }];
    }),
};

const SMS_HOURS = { from: '08:00', to: '20:30' };

/** Text messages keep the hours of the operators. */
export const decentSmsHours: PolicyRule = {
  id: 'decent-sms-hours',
  source: 'ops.esendex.fr: operators carry no commercial SMS between 20:30 and 08:00 (by analogy)',
  check: ({ sendingHours: { sms } }) => {
    if (sms.from >= SMS_HOURS.from && sms.to <= SMS_HOURS.to) return [];
    const problem = `text messages from ${sms.from} to ${sms.to}`;
    const cure = `keep them between ${SMS_HOURS.from} and ${SMS_HOURS.to}`;
    return [{ path: ['sendingHours', 'sms'], problem, cure, severity: 'warning' }];
  },
};
