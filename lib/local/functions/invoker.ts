/** Invokes a function and waits for its answer, as `RequestResponse` does. */
export interface FunctionInvoker {
  /**
   * @param functionArnOrName name, ARN, or ARN with a version
   * @param payload crosses to the function as JSON
   * @throws Error when no such function is deployed
   */
  invoke(functionArnOrName: string, payload: unknown): Promise<InvokeResult>;
}

/** The function's answer, or the error in the shape Lambda reports it; `errorType` is what workflows match on. */
export type InvokeResult =
  | { readonly ok: true; readonly payload: unknown }
  | {
      readonly ok: false;
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace?: readonly string[];
    };
