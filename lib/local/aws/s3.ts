import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Objects, StoredObject } from '../objects.ts';
import { unknownOperation } from './protocols.ts';
import { AwsError, type AwsReply, type AwsRequest, type AwsService } from './service.ts';

/** What S3 needs: the buckets, and the virtual time in epoch milliseconds. */
export interface S3Options {
  readonly objects: Objects;
  readonly now: () => number;
}

/**
 * S3 behind the endpoint: `PutObject`, `GetObject` and `HeadObject`, with the bucket in the path, as a client sends it
 * that was made with `forcePathStyle`. Permissions are not looked at: on AWS, who may not list a bucket is told
 * `AccessDenied` of an object that is not there, and here `NoSuchKey`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function s3Service(options: S3Options): AwsService {
  return {
    name: 's3',
    protocol: 'rest-xml',
    claims: { signingName: 's3' },
    throttled: new AwsError('SlowDown', 'Please reduce your request rate.', 503),
    internalError: new AwsError('InternalError', 'We encountered an internal error. Please try again.', 500),
    async handle(request) {
      const { bucket, key } = placeIn(request);
      if (!options.objects.has(bucket)) throw new AwsError('NoSuchBucket', `No bucket ${bucket} in the stack`, 404);
      if (request.method === 'PUT') return put(request, { bucket, key }, options);
      return answer(await find({ bucket, key }, options));
    },
  };
}

interface Place {
  readonly bucket: string;
  readonly key: string;
}

const OPERATIONS = ['GET', 'HEAD', 'PUT'];

/** Headers that would change what an operation does. */
const UNKNOWN_HEADERS = [
  ...['range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'],
  ...['x-amz-copy-source', 'x-amz-tagging', 'x-amz-object-lock-mode'],
];

function placeIn(request: AwsRequest): Place {
  const { method, path, query, headers } = request;
  const [, bucket = '', ...rest] = path.split('/').map(decoded);
  const key = rest.join('/');
  // The SDK adds its own name of the operation; every other parameter asks for another operation.
  const parameters = [...new URLSearchParams(query).keys()].filter((name) => name !== 'x-id');
  if (!OPERATIONS.includes(method) || key === '' || parameters.length > 0) {
    throw unknownOperation('rest-xml', 's3', `${method} ${path}${query === '' ? '' : `?${query}`}`);
  }
  const unknown = UNKNOWN_HEADERS.find((name) => headers[name] !== undefined);
  if (unknown !== undefined) {
    throw new AwsError('NotImplemented', `The local endpoint does not know the header ${unknown} of S3`, 501);
  }
  return { bucket, key };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError('InvalidURI', `Couldn't parse the specified URI: ${segment}`);
  }
}

async function put(request: AwsRequest, { bucket, key }: Place, { objects, now }: S3Options): Promise<AwsReply> {
  const { body, headers } = request;
  if (String(headers['content-encoding'] ?? '').includes('aws-chunked')) {
    throw new AwsError('NotImplemented', 'The local endpoint takes no stream: give the SDK a whole body', 501);
  }
  checkDigests(request);
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith(METADATA))
    .map(([name, value]) => [name.slice(METADATA.length), String(value)]);
  const object: StoredObject = {
    key,
    contentType: headers['content-type'] ?? 'binary/octet-stream',
    metadata: Object.fromEntries(metadata),
    modifiedAt: new Date(now()).toISOString(),
    body,
  };
  await objects.put(bucket, object);
  return { status: 200, headers: { etag: etagOf(object), ...ENCRYPTED }, body: '' };
}

const METADATA = 'x-amz-meta-';
const ENCRYPTED = { 'x-amz-server-side-encryption': 'AES256' };

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html the SDK sends a CRC32 */
function checkDigests({ body, headers }: AwsRequest): void {
  const given = headers['x-amz-checksum-crc32'];
  if (given !== undefined && given !== checksumOf(body)) {
    throw new AwsError('BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
}

async function find({ bucket, key }: Place, { objects }: S3Options): Promise<StoredObject> {
  const object = await objects.get(bucket, key);
  if (object) return object;
  throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
}

/** The whole object; of an answer to HEAD Node sends the headers only. */
function answer(object: StoredObject): AwsReply {
  const { body, contentType, metadata, modifiedAt } = object;
  const own = Object.entries(metadata).map(([name, value]) => [`${METADATA}${name}`, value]);
  return {
    status: 200,
    headers: {
      'content-type': contentType,
      etag: etagOf(object),
      'last-modified': new Date(modifiedAt).toUTCString(),
      'x-amz-checksum-crc32': checksumOf(body),
      'x-amz-checksum-type': 'FULL_OBJECT',
      ...ENCRYPTED,
      ...Object.fromEntries(own),
    },
    body,
  };
}

function etagOf({ body }: StoredObject): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function checksumOf(body: Buffer): string {
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32(body));
  return digest.toString('base64');
}
