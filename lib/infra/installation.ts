import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

/** What every construct of one installation shares. */
export interface Installation {
  /**
   * Part of every name that people read, except the bus's. Two stages can live in one account and region when each is
   * also given a `busName` of its own.
   */
  readonly stage: string;
  /** Folder with `<function>/index.mjs` of each function, as `bin/build.ts` writes it. */
  readonly bundleFolder: string;
  readonly logRetention: RetentionDays;
  /** Where alarms are announced. */
  readonly alarmTopic: ITopic;
}
