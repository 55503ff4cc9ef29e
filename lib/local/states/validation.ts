import type { StateMachineDefinition } from './definition.ts';
import { DefinitionFaults, isObject } from './definition-faults.ts';
import { text, wholeNumber } from './field-checks.ts';
import { checkGraph } from './graph-checks.ts';
import { StepFunctionsError } from './step-functions-error.ts';

const DEFINITION_BYTES_MAX = 1_048_576;

/**
 * Reads a definition and checks it whole: everything this runner does not support and everything Step Functions would
 * refuse.
 *
 * @param definitionText Amazon States Language as JSON
 * @throws StepFunctionsError InvalidDefinition with all faults, each with the path of its state and field
 */
export function parseDefinition(definitionText: string): StateMachineDefinition {
  const definition = parseJson(definitionText);
  if (!isObject(definition)) throw refusal(['SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object']);
  const faults = new DefinitionFaults();
  if (definition.QueryLanguage === undefined) {
    faults.root
      .field('QueryLanguage')
      .report("must be 'JSONata'; without it Step Functions takes the machine for JSONPath");
  }
  checkGraph(definition, faults.root, {
    fields: { TimeoutSeconds: wholeNumber(1), Version: text },
    surroundings: { stateNames: new Set(), outerVariables: new Set() },
  });
  if (faults.list.length > 0) throw refusal(faults.list);
  return definition as unknown as StateMachineDefinition;
}

function parseJson(definitionText: string): unknown {
  if (Buffer.byteLength(definitionText) > DEFINITION_BYTES_MAX) {
    throw refusal([`DEFINITION_TOO_LARGE: The definition is over ${DEFINITION_BYTES_MAX} bytes`]);
  }
  try {
    return JSON.parse(definitionText);
  } catch (error) {
    throw refusal([`INVALID_JSON_DESCRIPTION: ${(error as Error).message}`]);
  }
}

function refusal(faults: readonly string[]): StepFunctionsError {
  return new StepFunctionsError('InvalidDefinition', `Invalid State Machine Definition: '${faults.join(', ')}'`);
}
