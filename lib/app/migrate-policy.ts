import type { Fault } from '../contracts/fault.ts';
import type { CaseMigration, MigrationPage } from '../contracts/policy-migration.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { isOwed } from '../domain/dunning-case.ts';
import { claimOnItsWay } from '../domain/plan/on-its-way.ts';
import type { PlannedStep } from '../domain/plan/plan-next-step.ts';
import type { Policy } from '../domain/policy.ts';
import type { StepClaim } from '../domain/step-claim.ts';
import { type CaseFacts, loadFacts, type PlanningDeps, planFacts } from './plan-case.ts';
import type { Page } from './ports.ts';
import { restateCase } from './restate-case.ts';
import { withFreshRead } from './with-fresh-read.ts';

/** Which policy's open cases move to which version (null: the newest), and whether they really do. */
export interface MigrationOrder {
  readonly name: string;
  readonly toVersion: number | null;
  readonly dryRun: boolean;
  readonly at: string;
  readonly actor: string;
}

/** Slices of the ledger's list read for one answer at most; most cases are of other policies where there are many. */
const SLICES_MAX = 10;

/**
 * Shows what another version of a policy changes for each open case that is pinned to an older or newer one, and, unless it is a dry run, pins the case to it: one history entry, and the
 * execution plans again. What was sent stays sent; the steps of the new version that come before it are passed over. A case with a
 * message on its way is not moved this time.
 *
 * @returns null for an unknown policy
 */
export async function migratePolicy(
  deps: PlanningDeps,
  order: MigrationOrder,
  page: Page,
): Promise<MigrationPage | { errors: readonly Fault[] } | 'bad-cursor' | null> {
  const { name, toVersion, dryRun } = order;
  const newest = await deps.policies.newest(name);
  if (!newest) return null;
  const target = toVersion === null ? newest : await deps.policies.load(name, toVersion);
  if (!target) {
    return { errors: [{ pointer: '/toVersion', detail: `must be a version of ${name} there is, not ${toVersion}` }] };
  }
  const cases: CaseMigration[] = [];
  let { cursor } = page;
  for (let round = 0; round < SLICES_MAX && cases.length < page.limit; round += 1) {
    const query = { isOpen: true, sort: 'overdue' } as const;
    const slice = await deps.ledger.listCases(query, { limit: page.limit - cases.length, cursor });
    if (slice === 'bad-cursor') return slice;
    const ours = slice.cases.filter(({ policy }) => policy.name === name && policy.version !== target.version);
    for (const { invoice } of ours) {
      const migrated = await migrateCase(deps, { invoiceId: invoice.invoiceId, target, order });
      if (migrated) cases.push(migrated);
    }
    cursor = slice.cursor;
    if (cursor === null) break;
  }
  return { dryRun, to: { name, version: target.version }, cases, cursor };
}

function migrateCase(
  deps: PlanningDeps,
  { invoiceId, target, order }: { invoiceId: string; target: Policy; order: MigrationOrder },
): Promise<CaseMigration | null> {
  return withFreshRead(async () => {
    const file = await deps.ledger.loadCaseFile(invoiceId);
    const isOurs = file?.dunningCase.policy.name === target.name && file.dunningCase.policy.version !== target.version;
    if (!file || !isOurs || !isOwed(file.dunningCase)) return null;
    const { record, policy: current, bankDataOn } = await loadFacts(deps, file);
    // What becomes of a message on its way is told of the policy it was made under: the case is moved another time.
    const moved = !order.dryRun && !claimOnItsWay({ file, record, policy: current }, order.at);
    if (moved) await pin(deps, file, { target, order });
    return {
      invoiceId,
      fromVersion: current.version,
      nextStepBefore: nextStep(deps, { file, record, bankDataOn, policy: current }, order.at),
      nextStepAfter: nextStep(
        deps,
        { file: withoutWork(file, order.at), record, bankDataOn, policy: target },
        order.at,
      ),
      moved,
    };
  });
}

/** A case as it is planned once the work people have in hand about it is withdrawn. */
function withoutWork(file: CaseFile, at: string): CaseFile {
  const isTaken = ({ state, channel }: StepClaim) => state === 'assigned' && channel !== 'hand-over';
  const claims = file.claims.map((claim) => (isTaken(claim) ? { ...claim, state: 'released' as const, at } : claim));
  return { ...file, claims };
}

/** Pins a case to another version. Work that people have in hand is withdrawn with it: the other version may not know the step it is of. */
async function pin(
  { ledger }: PlanningDeps,
  file: CaseFile,
  { target, order }: { target: Policy; order: MigrationOrder },
): Promise<void> {
  const { name, version } = target;
  const data = { name, from: file.dunningCase.policy.version, to: version };
  const draft = { type: 'PolicyChanged', actor: order.actor, data } as const;
  const edit = { drafts: [draft], changes: { policy: { name, version } } };
  await ledger.commit(await restateCase(ledger, file, edit, order.at));
}

function nextStep(deps: PlanningDeps, facts: CaseFacts, at: string): PlannedStep | null {
  const plan = planFacts(deps, facts, at);
  return plan.standing === 'open' ? (plan.next ?? plan.awaited) : null;
}
