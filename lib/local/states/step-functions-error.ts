/**
 * An error the Step Functions API answers with. Its `name` is that on the wire, for example `ExecutionAlreadyExists`.
 */
export class StepFunctionsError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
