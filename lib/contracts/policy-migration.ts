import * as z from 'zod/mini';
import { type NextStep, nextStepView } from './case-view.ts';
import { checkBody } from './check-body.ts';
import type { Fault } from './fault.ts';

const MigrationBodySchema = z.strictObject({
  toVersion: z.optional(z.int().check(z.positive('must be a version, from 1 on'))),
  dryRun: z.optional(z.boolean()),
});

/** Which version the open cases of a policy move to (null: the newest), or would move to. */
export interface MigrationRequest {
  readonly toVersion: number | null;
  readonly dryRun: boolean;
}

/** What a migration changes of one case. `moved` is false of every case of a dry run. */
export interface CaseMigration {
  readonly invoiceId: string;
  readonly fromVersion: number;
  readonly nextStepBefore: NextStep | null;
  readonly nextStepAfter: NextStep | null;
  readonly moved: boolean;
}

/** A slice of a migration: the cases it looked at, and the cursor of the next slice, null at the end. */
export interface MigrationPage {
  readonly dryRun: boolean;
  readonly to: { readonly name: string; readonly version: number };
  readonly cases: readonly CaseMigration[];
  readonly cursor: string | null;
}

/** Reads the body of `POST /policies/{name}/migration`. It is a dry run unless the body says `"dryRun": false`. */
export function parseMigrationRequest(
  body: unknown,
): { ok: true; request: MigrationRequest } | { ok: false; errors: Fault[] } {
  const checked = checkBody(MigrationBodySchema, body, () => []);
  if (!checked.ok) return checked;
  const { toVersion, dryRun } = checked.value;
  return { ok: true, request: { toVersion: toVersion ?? null, dryRun: dryRun ?? true } };
}

/** The answer of `POST /policies/{name}/migration`. */
export function migrationView({ dryRun, to, cases, cursor }: MigrationPage) {
  return { dryRun, to: { name: to.name, version: to.version }, cases: cases.map(caseMigrationView), cursor };
}

function caseMigrationView({ invoiceId, fromVersion, nextStepBefore, nextStepAfter, moved }: CaseMigration) {
  return {
    invoiceId,
    fromVersion,
    nextStepBefore: nextStepBefore && nextStepView(nextStepBefore),
    nextStepAfter: nextStepAfter && nextStepView(nextStepAfter),
    moved,
  };
}
