import type { IncomingHttpHeaders } from 'node:http';

/** How a service writes requests, answers and errors. */
export type Protocol = 'json-1.0' | 'json-1.1' | 'rest-json' | 'rest-xml' | 'query';

/** One request as it came over the wire. */
export interface AwsRequest {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  /** What follows the question mark; empty without one. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer, ready to be written. */
export interface AwsReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A service behind the endpoint. */
export interface AwsService {
  /** The name faults are injected by, such as `ses`. */
  readonly name: string;
  readonly protocol: Protocol;
  /** How the endpoint knows that a request is for this service: any one of these. */
  readonly claims: {
    /** First parts of `X-Amz-Target`, such as `AWSEvents`. */
    readonly targetPrefixes?: readonly string[];
    /** Start of the path, such as `/v2/email/`. */
    readonly pathPrefix?: string;
    /** Service name in the credential scope of the signature, such as `sns`. */
    readonly signingName?: string;
  };
  /** What the service answers when it throttles. */
  readonly throttled: AwsError;
  /** What the service answers when it fails inside. */
  readonly internalError: AwsError;
  /** @throws AwsError for what the service refuses */
  handle(request: AwsRequest): Promise<AwsReply>;
}

/** A refusal of a service; the endpoint writes it in the service's protocol. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The error's name, which the SDK gives its exception. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
