import type { IncomingMessage } from 'node:http';

/** Reads a body of at most 16 MiB, the limit of DynamoDB, whose requests are the largest. */
export async function readBody(message: IncomingMessage): Promise<Buffer | 'too-large' | 'aborted'> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of message.iterator({ destroyOnReturn: false })) {
      length += chunk.length;
      if (length > BODY_BYTES_MAX) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    return 'aborted';
  }
  return Buffer.concat(chunks);
}

const BODY_BYTES_MAX = 16 * 1024 * 1024;
