/** The route a request took, with the values of its path parameters, decoded. */
export interface RouteMatch<R> {
  readonly route: R;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Picks the route of a request as an HTTP API does: among the routes for its method, a literal segment beats
 * `{parameter}`, which beats `{proxy+}`; with equal paths the method's own route beats `ANY`; `$default` comes last.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export class RouteTable<R extends { readonly routeKey: string }> {
  readonly #entries: readonly Entry<R>[];
  readonly #fallback: R | undefined;

  constructor(routes: readonly R[]) {
    this.#fallback = routes.find((route) => route.routeKey === '$default');
    const entries = routes.filter((route) => route.routeKey !== '$default').map(toEntry);
    this.#entries = entries.sort((left, right) => (left.rank < right.rank ? -1 : 1));
  }

  /** @param path the path of the request, still percent-encoded */
  match(method: string, path: string): RouteMatch<R> | undefined {
    const segments = segmentsOf(path);
    for (const entry of this.#entries) {
      if (entry.method !== 'ANY' && entry.method !== method) continue;
      const pathParameters = matchSegments(entry.segments, segments);
      if (pathParameters) return { route: entry.route, pathParameters };
    }
    return this.#fallback && { route: this.#fallback, pathParameters: {} };
  }
}

interface Entry<R> {
  readonly route: R;
  readonly method: string;
  readonly segments: readonly string[];
  /** Sorts the most specific route first. */
  readonly rank: string;
}

function toEntry<R extends { readonly routeKey: string }>(route: R): Entry<R> {
  const [method = '', path = ''] = route.routeKey.split(' ');
  const segments = segmentsOf(path);
  const rank = segments.map((segment) => (isGreedy(segment) ? '2' : isParameter(segment) ? '1' : '0')).join('');
  return { route, method, segments, rank: `${rank}${method === 'ANY' ? '4' : '3'}` };
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    if (isGreedy(part)) {
      if (index >= segments.length) return undefined;
      parameters[part.slice(1, -2)] = segments.slice(index).map(decode).join('/');
      return parameters;
    }
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (isParameter(part)) parameters[part.slice(1, -1)] = decode(segment);
    else if (part !== segment) return undefined;
  }
  return pattern.length === segments.length ? parameters : undefined;
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{');
}

function isGreedy(segment: string): boolean {
  return segment.endsWith('+}');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray percent sign is no escape: it stands for itself.
    return segment;
  }
}
