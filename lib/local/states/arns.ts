import { StepFunctionsError } from './step-functions-error.ts';

/** Account and region the ARNs of the local runner speak of. */
export interface ArnScope {
  region: string;
  accountId: string;
}

/** ARN of a state machine by its name. */
export function stateMachineArn({ region, accountId }: ArnScope, name: string): string {
  return `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
}

/** ARN of an execution by the ARN of its machine and its name. */
export function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

/**
 * Lets a text pass that is an ARN of the kind.
 *
 * @throws StepFunctionsError InvalidArn
 */
export function requireArn(text: string, kind: 'stateMachine' | 'execution'): string {
  const prefix = /^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:([A-Za-z]+):/.exec(text);
  if (prefix === null) throw new StepFunctionsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${text}'`);
  if (prefix[1] !== kind)
    throw new StepFunctionsError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${prefix[1]}'`);
  return text;
}

const REFUSED_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/**
 * Lets the name of a state machine or execution pass.
 *
 * @throws StepFunctionsError InvalidName
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (general quotas, read 2026-11-23)
 */
export function requireName(name: string): string {
  if (name.length >= 1 && name.length <= 80 && !REFUSED_IN_NAMES.test(name)) return name;
  throw new StepFunctionsError('InvalidName', `Invalid Name: '${name}'`);
}
