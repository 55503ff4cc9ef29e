import type { Json, TaskState } from './definition.ts';
import { leave } from './leaving.ts';
import { withinPayloadLimit } from './payload-limit.ts';
import { runRecoverable } from './recovery.ts';
import type { StateVisit, Transition } from './state-visit.ts';
import { TaskCall, type TaskLimits } from './task-call.ts';
import { functionEvents, integrationEvents, type TaskEvents } from './task-events.ts';
import { asTaskFailure } from './task-failure.ts';
import { parseTaskResource, type TaskResource } from './task-resource.ts';
import { TIMEOUT_SECONDS } from './value-kinds.ts';

/** Task: has its resource do the work and, with `.waitForTaskToken`, waits for the answer. */
export function runTask(visit: StateVisit<TaskState>): Promise<Transition> {
  const resource = parseTaskResource(visit.state.Resource);
  if (resource === undefined) throw new Error(`state '${visit.name}': unsupported Resource ${visit.state.Resource}`);
  return runRecoverable(visit, () => attempt(visit, resource));
}

async function attempt(visit: StateVisit<TaskState>, resource: TaskResource): Promise<Transition> {
  const { scope, state, name } = visit;
  const call = new TaskCall(scope, resource.awaitsToken);
  try {
    const sights = { taskToken: call.token };
    const input =
      state.Arguments === undefined ? visit.input : await visit.evaluate(state.Arguments, 'Arguments', sights);
    const plan = { args: withinPayloadLimit(input, name), limits: await limitsOf(visit) };
    const result = await perform(visit, call, { ...plan, resource });
    return await leave(visit, state, { fallback: result, sights: { result } });
  } finally {
    call.close();
  }
}

interface Plan {
  args: Json;
  limits: TaskLimits;
  resource: TaskResource;
}

async function perform(visit: StateVisit<TaskState>, call: TaskCall, plan: Plan): Promise<Json> {
  const { args, limits, resource } = plan;
  const { functionArn } = resource;
  const isFunction = functionArn !== undefined;
  const events = isFunction ? functionEvents(visit.scope, functionArn) : integrationEvents(visit.scope, resource);
  const request = {
    call: resource.call,
    args: isFunction ? { FunctionName: functionArn, Payload: args } : args,
    limits,
  };
  events.started(args, limits);
  try {
    const answer = await visit.scope.alive(call.run(request, events.submitted));
    const result = isFunction ? payloadOf(answer) : answer;
    withinPayloadLimit(result, resource.resourceType);
    events.succeeded(result);
    return result;
  } catch (thrown) {
    return giveUp(events, thrown);
  }
}

function giveUp(events: TaskEvents, thrown: unknown): never {
  const failure = asTaskFailure(thrown);
  events.failed(failure);
  throw failure;
}

function payloadOf(answer: Json): Json {
  if (answer === null || typeof answer !== 'object' || Array.isArray(answer)) return answer;
  return answer.Payload ?? null;
}

async function limitsOf(visit: StateVisit<TaskState>): Promise<TaskLimits> {
  const { TimeoutSeconds, HeartbeatSeconds } = visit.state;
  const limits: TaskLimits = {};
  if (TimeoutSeconds !== undefined) {
    limits.timeoutSeconds = await visit.evaluateAs(TIMEOUT_SECONDS, TimeoutSeconds, 'TimeoutSeconds');
  }
  if (HeartbeatSeconds !== undefined) {
    limits.heartbeatSeconds = await visit.evaluateAs(TIMEOUT_SECONDS, HeartbeatSeconds, 'HeartbeatSeconds');
  }
  return limits;
}
