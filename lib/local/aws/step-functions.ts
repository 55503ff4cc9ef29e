import { callStepFunctions } from '../states/api.ts';
import type { StateMachines } from '../states/state-machines.ts';
import { StepFunctionsError } from '../states/step-functions-error.ts';

/** What to answer over HTTP: a status and a JSON body of type `application/x-amz-json-1.0`. */
interface StepFunctionsAnswer {
  status: number;
  body: unknown;
}

/** Answers a call by its `X-Amz-Target`, `AWSStepFunctions.StartExecution`, and its parsed body. */
export type StepFunctionsHandler = (target: string, body: unknown) => Promise<StepFunctionsAnswer>;

/**
 * The JSON 1.0 protocol of Step Functions over the local state machines.
 *
 * @returns a handler for which a bad request is an answer: HTTP 400 with `__type` and `message`, as AWS gives it
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html
 */
export function stepFunctionsHandler(machines: StateMachines): StepFunctionsHandler {
  return async (target, body) => {
    try {
      return { status: 200, body: callStepFunctions(machines, target.replace(/^AWSStepFunctions\./, ''), body) };
    } catch (error) {
      if (!(error instanceof StepFunctionsError)) throw error;
      return { status: 400, body: { __type: `${shapeOf(error.name)}#${error.name}`, message: error.message } };
    }
  };
}

/** The namespace AWS puts before an error's name; the SDKs read only what follows the `#`. */
function shapeOf(errorName: string): string {
  if (errorName === 'ValidationException') return 'com.amazon.coral.validate';
  if (errorName === 'SerializationException' || errorName === 'UnknownOperationException')
    return 'com.amazon.coral.service';
  return 'com.amazonaws.swf.service.v2.model';
}
