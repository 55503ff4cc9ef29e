import type { ApiCall, Scope } from './api-call.ts';
import type { ApiUseCases } from './api-use-cases.ts';
import type { OnFault } from './fault-answer.ts';

/**
 * What a route is given: the web request, what the gateway knows of it, one value per parameter of its path, and what
 * it may ask of the application.
 */
export interface RouteInput<UseCases = ApiUseCases> {
  readonly request: Request;
  readonly call: ApiCall;
  readonly parameter: (name: string) => string;
  readonly query: (name: string) => string | undefined;
  readonly useCases: UseCases;
  readonly onFault: OnFault;
}

/** One route of the API: its method, its path in hono's spelling, the scopes of which it takes any, and how it answers. */
export interface ApiRoute<UseCases = ApiUseCases> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly scopes: readonly Scope[];
  readonly answer: (input: RouteInput<UseCases>) => Promise<Response>;
}
