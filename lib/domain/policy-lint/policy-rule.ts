import type { Policy } from '../policy.ts';
import type { TemplateNames } from '../template-names.ts';
import type { Ladder } from './ladders.ts';

/** Where a value is in a policy: keys and indexes from the top. */
export type PolicyPath = readonly (string | number)[];

/** How a policy breaks a rule. A `fault` (the default) refuses the policy; a `warning` is for a person to weigh. */
export interface Breach {
  readonly path: PolicyPath;
  readonly problem: string;
  /** An imperative sentence. */
  readonly cure: string;
  readonly severity?: 'fault' | 'warning';
}

/** A rule of the craft or of the law. `source` is the article, section or page it comes from. */
interface Rule {
  readonly id: string;
  readonly source: string;
}

/** A rule that looks at the policy as it is written. */
export interface PolicyRule extends Rule {
  check(policy: Policy, templates: TemplateNames): Breach[];
}

/** A rule that looks at what one debtor would be sent: the ladder of a payer profile and a kind of customer. */
export interface LadderRule extends Rule {
  check(ladder: Ladder, templates: TemplateNames): Breach[];
}
