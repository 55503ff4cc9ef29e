import type { WaitState } from './definition.ts';
import { leave } from './leaving.ts';
import type { StateVisit, Transition } from './state-visit.ts';
import { parseTimestamp } from './timestamp.ts';
import { SECONDS } from './value-kinds.ts';

/** Wait: stays until its seconds have passed or its timestamp has come; a past timestamp does not hold it. */
export async function runWait(visit: StateVisit<WaitState>): Promise<Transition> {
  await visit.scope.sleepUntil(await wakeAtMillis(visit));
  return leave(visit, visit.state, { fallback: visit.input });
}

async function wakeAtMillis(visit: StateVisit<WaitState>): Promise<number> {
  const { Seconds, Timestamp } = visit.state;
  if (Seconds !== undefined) {
    return visit.scope.runtime.clock.now() + (await visit.evaluateAs(SECONDS, Seconds, 'Seconds')) * 1000;
  }
  const timestamp = await visit.evaluate(Timestamp ?? null, 'Timestamp');
  const atMillis = parseTimestamp(timestamp);
  if (atMillis !== undefined) return atMillis;
  const reason = 'The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string:';
  throw visit.refuseValue('Timestamp', `${reason} ${String(timestamp)}`);
}
