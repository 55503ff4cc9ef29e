import type { Json } from './definition.ts';
import type { Scope } from './scope.ts';
import type { TaskLimits } from './task-call.ts';
import { type TaskFailure, TaskTimeout } from './task-failure.ts';
import type { TaskResource } from './task-resource.ts';

/** Records what happens to a task, in the words AWS has for its kind of resource. */
export interface TaskEvents {
  started(args: Json, limits: TaskLimits): void;
  submitted(result: Json): void;
  succeeded(result: Json): void;
  failed(failure: TaskFailure): void;
}

/** The events of a service integration: TaskScheduled, TaskStarted, TaskSubmitted and how it ends. */
export function integrationEvents(scope: Scope, { resource, resourceType }: TaskResource): TaskEvents {
  const common = { resourceType, resource };
  const ended = (result: Json) => ({ ...common, output: JSON.stringify(result), outputDetails: { truncated: false } });
  return {
    started: (args, { timeoutSeconds, heartbeatSeconds }) => {
      const limits = { timeoutInSeconds: timeoutSeconds, heartbeatInSeconds: heartbeatSeconds };
      const details = { ...common, region: scope.runtime.region, parameters: JSON.stringify(args), ...limits };
      scope.record('TaskScheduled', { taskScheduledEventDetails: details });
      scope.record('TaskStarted', { taskStartedEventDetails: common });
    },
    submitted: (result) => scope.record('TaskSubmitted', { taskSubmittedEventDetails: ended(result) }),
    succeeded: (result) => scope.record('TaskSucceeded', { taskSucceededEventDetails: ended(result) }),
    failed: (failure) => {
      const details = { ...common, ...errorDetails(failure) };
      if (failure instanceof TaskTimeout) scope.record('TaskTimedOut', { taskTimedOutEventDetails: details });
      else scope.record('TaskFailed', { taskFailedEventDetails: details });
    },
  };
}

/** The events of a task whose Resource is a function's own ARN. */
export function functionEvents(scope: Scope, functionArn: string): TaskEvents {
  return {
    started: (args, { timeoutSeconds }) => {
      const input = { input: JSON.stringify(args), inputDetails: { truncated: false } };
      const details = { resource: functionArn, ...input, timeoutInSeconds: timeoutSeconds };
      scope.record('LambdaFunctionScheduled', { lambdaFunctionScheduledEventDetails: details });
      scope.record('LambdaFunctionStarted');
    },
    submitted: () => undefined,
    succeeded: (result) => {
      const details = { output: JSON.stringify(result), outputDetails: { truncated: false } };
      scope.record('LambdaFunctionSucceeded', { lambdaFunctionSucceededEventDetails: details });
    },
    failed: (failure) => {
      const details = errorDetails(failure);
      if (failure instanceof TaskTimeout) {
        scope.record('LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: details });
      } else {
        scope.record('LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: details });
      }
    },
  };
}

/** Error and cause as history events carry them: absent when not given. */
export function errorDetails({ errorName, causeText }: TaskFailure): { error?: string; cause?: string } {
  return {
    ...(errorName !== undefined && { error: errorName }),
    ...(causeText !== undefined && { cause: causeText }),
  };
}
