import * as z from 'zod/mini';
import { ContractError } from '../domain/errors.ts';

/** Reads a function's environment. Throws ContractError with every variable that is missing or wrong, so a bad deployment says what to set. */
export function readEnvironment<Schema extends z.core.$ZodType>(schema: Schema): z.core.output<Schema> {
  const parsed = z.safeParse(schema, process.env);
  if (parsed.success) return parsed.data;
  throw new ContractError(`environment: ${z.prettifyError(parsed.error)}`);
}
