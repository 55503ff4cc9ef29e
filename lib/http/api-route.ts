import type { ApiCall, Scope } from './api-call.ts';
import type { ApiUseCases } from './api-use-cases.ts';
import type { OnFault } from './fault-answer.ts';

/**
 * What a route is given: the web request, what the gateway knows of it, one value per parameter of its path, and what
 * it may ask of the application.
 */
export interface RouteInput {
  readonly request: Request;
  readonly call: ApiCall;
  readonly parameter: (name: string) => string;
  readonly query: (name: string) => string | undefined;
  readonly useCases: ApiUseCases;
  readonly onFault: OnFault;
}

/** One route of the API: its method, its path in hono's spelling, the scope it takes, and how it answers. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly scope: Scope;
  readonly answer: (input: RouteInput) => Promise<Response>;
}
