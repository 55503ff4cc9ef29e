import type { PlanningDeps } from '../app/plan-case.ts';
import type { CaseOverview } from '../app/view-case.ts';
import type { CaseFacts } from '../contracts/case-view.ts';
import { executionName } from '../contracts/workflow.ts';
import type { TemplateNames } from '../domain/template-names.ts';

/** What the API needs beside planning: where an execution stands, null before it has started; the templates a policy may name. */
export interface ApiDeps extends PlanningDeps {
  readonly taskOwner: string;
  readonly templates: TemplateNames;
  readonly describeExecution: (name: string) => Promise<CaseFacts['execution']>;
}

/** A case as the API shows it: with where its execution stands. */
export async function caseFacts(deps: ApiDeps, overview: CaseOverview): Promise<CaseFacts> {
  const { executionPart: part, dunningCase } = overview;
  const { invoiceId } = dunningCase.invoice;
  const execution = await deps.describeExecution(executionName({ invoiceId, cycle: dunningCase.cycle, part }));
  return { ...overview, execution };
}
