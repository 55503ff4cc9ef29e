/** A handle on the task at work, for resources that take virtual time. */
export interface RunningTask {
  /**
   * Tells the clock not to wait for this work any more: from here on it depends on virtual time itself, for example an
   * injected delay. Without this call the clock stands still until the work ends.
   */
  releaseClock(): void;
}

/** Does the work of Task states. Injected: the runner itself knows no service. */
export interface TaskResources {
  /**
   * @param resource `lambda:invoke` or `aws-sdk:<service>:<action>`, without ARN prefix and `.waitForTaskToken`
   * @param args the evaluated `Arguments`, for `lambda:invoke` `{FunctionName, Payload}`
   * @returns the result of the task as JSON, for `lambda:invoke` `{ExecutedVersion, Payload, StatusCode}`
   * @throws TaskFailure with the name that Retry and Catch match
   */
  run(resource: string, args: unknown, task: RunningTask): Promise<unknown>;
}
