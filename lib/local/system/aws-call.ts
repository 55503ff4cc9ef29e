/** An answer of a service that speaks AWS JSON. */
export interface AwsAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** The error's name without its namespace; `undefined` for a success. */
  readonly errorName: string | undefined;
}

/**
 * One call in AWS's JSON protocol, with a signature nobody checks.
 *
 * @param target for example `DynamoDB_20120810.UpdateItem`
 * @throws TypeError when the connection is cut
 */
export async function callAws(url: string, target: string, input: unknown): Promise<AwsAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/local/local/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  const errorName = response.ok ? undefined : nameOfError(body);
  return { status: response.status, body, errorName };
}

/** What went wrong, in the service's words. */
export function messageOf({ body }: AwsAnswer): string {
  return String(body.message ?? body.Message ?? JSON.stringify(body));
}

function nameOfError(body: Record<string, unknown>): string {
  return String(body.__type ?? 'UnknownError').replace(/^.*#/, '');
}
