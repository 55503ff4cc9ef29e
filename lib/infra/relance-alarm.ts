import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { Installation } from './installation.ts';

/** What an alarm says and when. */
export interface RelanceAlarmProps {
  readonly installation: Installation;
  /** What is wrong, in kebab case; the alarm is called `relance-<stage>-<name>`. */
  readonly name: string;
  /** Who is hurt and how, in one sentence: the first line a person on call reads. */
  readonly impact: string;
  /** The heading of docs/runbook.md that says what to do, as its anchor. */
  readonly runbook: string;
  readonly metric: IMetric;
  /** @default 0: the alarm rings as soon as one is counted */
  readonly tolerated?: number;
  /** @default 1 period of the metric */
  readonly periods?: number;
}

/** An alarm a person can act on: it has a name, says who is hurt, and links its chapter of the runbook. */
export class RelanceAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: RelanceAlarmProps) {
    const { installation, name, impact, runbook, metric, tolerated = 0, periods = 1 } = props;
    super(scope, id, {
      alarmName: `relance-${installation.stage}-${name}`,
      alarmDescription: `${impact} Runbook: docs/runbook.md#${runbook}`,
      metric,
      threshold: tolerated,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      // Most of these metrics are only published when something happens: silence is health.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(installation.alarmTopic));
  }
}
