import type { FunctionInvoker, InvokeResult } from '../../lib/local/functions/invoker.ts';

type Answer = InvokeResult | Error;

/** Functions that keep what they were invoked with, and answer what a test lined up; then success with `null`. */
export class RecordingFunctions implements FunctionInvoker {
  readonly invocations: { readonly functionName: string; readonly payload: unknown }[] = [];
  readonly #answers: ((payload: unknown) => Answer)[] = [];

  answerNext(...answers: (Answer | ((payload: unknown) => Answer))[]): void {
    this.#answers.push(...answers.map((answer) => (typeof answer === 'function' ? answer : () => answer)));
  }

  async invoke(functionName: string, payload: unknown): Promise<InvokeResult> {
    this.invocations.push({ functionName, payload: structuredClone(payload) });
    const answer = this.#answers.shift()?.(payload) ?? { ok: true, payload: null };
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

/** How a function that threw answers. */
export const FAILED: InvokeResult = { ok: false, errorType: 'Error', errorMessage: 'it broke' };
