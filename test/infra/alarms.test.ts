import { beforeAll, describe, expect, it } from 'vitest';
import { aConfiguration, type SynthesizedTemplate, theTemplate } from './support/synthesized-stack.ts';

let synthesized: SynthesizedTemplate;

beforeAll(() => {
  synthesized = theTemplate(aConfiguration({ alarmEmail: 'on-call@lumen.example' }));
});

// biome-ignore lint/suspicious/noExplicitAny: an alarm is read as the loose JSON it is
const alarms = (): any[] => Object.values(synthesized.propertiesOf('AWS::CloudWatch::Alarm'));

function alarmsOn(metricName: string, dimension: string): unknown[] {
  const on = alarms().filter(({ MetricName }) => MetricName === metricName);
  return on.map(({ Dimensions }) => Dimensions.find(({ Name }: { Name: string }) => Name === dimension)?.Value);
}

it('rings when any function fails', () => {
  const functions = Object.keys(synthesized.propertiesOf('AWS::Lambda::Function'));
  for (const metric of ['Errors', 'Throttles']) {
    expect(alarmsOn(metric, 'FunctionName')).toEqual(expect.arrayContaining(functions.map((Ref) => ({ Ref }))));
  }
});

it('rings when any queue of dead letters holds something', () => {
  const queues = Object.keys(synthesized.propertiesOf('AWS::SQS::Queue'));
  const expected = queues.map((queue) => ({ 'Fn::GetAtt': [queue, 'QueueName'] }));
  expect(alarmsOn('ApproximateNumberOfMessagesVisible', 'QueueName')).toEqual(expect.arrayContaining(expected));
});

it.each(['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'])('rings on one of %s', (metricName) => {
  const [machine] = Object.keys(synthesized.propertiesOf('AWS::StepFunctions::StateMachine'));
  expect(alarmsOn(metricName, 'StateMachineArn')).toEqual([{ Ref: machine }]);
});

it('rings when the stream stays five minutes late for ten, and when the API fails', () => {
  synthesized.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'IteratorAge',
    Statistic: 'Maximum',
    Threshold: 300_000,
    Period: 300,
    EvaluationPeriods: 2,
  });
  synthesized.template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: '5xx', Threshold: 0 });
});

it('lets the workflow’s own retries pass', () => {
  const tolerant = alarms().filter(({ MetricName, Threshold }) => MetricName === 'Errors' && Threshold > 0);
  expect(tolerant.map(({ AlarmName }) => AlarmName).sort()).toEqual([
    'relance-test-assign-call-errors',
    'relance-test-hand-over-errors',
    'relance-test-plan-next-step-errors',
    'relance-test-post-letter-errors',
    'relance-test-review-case-errors',
    'relance-test-send-email-errors',
    'relance-test-send-sms-errors',
  ]);
});

describe('every alarm', () => {
  it('has a name of its own, says who is hurt, and links the runbook', () => {
    const names = alarms().map(({ AlarmName }) => AlarmName);
    expect(new Set(names).size).toBe(names.length);
    for (const { AlarmName, AlarmDescription } of alarms()) {
      expect(AlarmName).toMatch(/^relance-test-[a-z0-9-]+$/);
      expect(AlarmDescription).toMatch(/^[A-Z].{20,}\. Runbook: docs\/runbook\.md#[a-z-]+$/);
    }
  });

  it('is announced on the topic, and takes silence for health', () => {
    const [topic] = Object.keys(synthesized.propertiesOf('AWS::SNS::Topic'));
    for (const { AlarmActions, TreatMissingData } of alarms()) {
      expect(AlarmActions).toEqual([{ Ref: topic }]);
      expect(TreatMissingData).toBe('notBreaching');
    }
  });
});

it('is told by email only to whom the configuration names', () => {
  synthesized.template.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: 'on-call@lumen.example',
  });
  theTemplate(aConfiguration()).template.resourceCountIs('AWS::SNS::Subscription', 0);
});
