import type { Place } from './definition-faults.ts';
import type { FieldCheck } from './field-checks.ts';

/** Checks the fields of an object against those it may have; any other is reported with what to write instead. */
export function checkFields(object: Record<string, unknown>, fields: Record<string, FieldCheck>, place: Place): void {
  for (const [name, value] of Object.entries(object)) {
    const check = fields[name];
    if (check !== undefined) check(value, place.field(name));
    else place.field(name).report(`field '${name}' ${REPLACEMENTS[name] ?? 'is unknown here'}`);
  }
}

const jsonPath = (replacement: string) => `belongs to JSONPath; with JSONata ${replacement}`;
const unsupported = 'is not supported by the local runner';

const REPLACEMENTS: Record<string, string> = {
  Parameters: jsonPath('use Arguments'),
  InputPath: jsonPath('select from $states.input'),
  OutputPath: jsonPath('use Output'),
  ResultPath: jsonPath('use Output'),
  ResultSelector: jsonPath('use Output'),
  Result: jsonPath('use Output'),
  ItemsPath: jsonPath('use Items'),
  MaxConcurrencyPath: jsonPath('use MaxConcurrency'),
  SecondsPath: jsonPath('use Seconds'),
  TimestampPath: jsonPath('use Timestamp'),
  TimeoutSecondsPath: jsonPath('use TimeoutSeconds'),
  HeartbeatSecondsPath: jsonPath('use HeartbeatSeconds'),
  ErrorPath: jsonPath('use Error'),
  CausePath: jsonPath('use Cause'),
  Variable: jsonPath('use Condition'),
  Iterator: 'is the old name of ItemProcessor',
  Credentials: unsupported,
  ItemReader: unsupported,
  ItemBatcher: unsupported,
  ResultWriter: unsupported,
  ToleratedFailureCount: unsupported,
  ToleratedFailurePercentage: unsupported,
};
