import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT, type LocalAws, START, startLocalAws } from './aws-fixture.ts';

let aws: LocalAws;
let client: S3Client;

beforeEach(async () => {
  aws = await startLocalAws();
  client = new S3Client({ endpoint: aws.endpoint.url, forcePathStyle: true, ...CLIENT });
});

afterEach(async () => {
  client.destroy();
  await aws.endpoint.close();
});

const LETTER = { Bucket: 'letters', Key: 'letters/É & 1/a b.pdf' };

const put = (more: object = {}) =>
  client.send(
    new PutObjectCommand({ ...LETTER, Body: Buffer.from('%PDF-é\0'), ContentType: 'application/pdf', ...more }),
  );
const get = async (more: object = {}) => {
  const { Body, ...answer } = await client.send(new GetObjectCommand({ ...LETTER, ...more }));
  return { ...answer, bytes: Buffer.from((await Body?.transformToByteArray()) ?? []) };
};

describe('S3 behind the endpoint', () => {
  it('gives back an object byte by byte, with its type and metadata', async () => {
    const { ETag } = await put({ Metadata: { step: 'B1' } });
    const answer = await get();
    expect(answer.bytes).toEqual(Buffer.from('%PDF-é\0'));
    expect(answer).toMatchObject({
      ETag,
      ContentType: 'application/pdf',
      ContentLength: 8,
      Metadata: { step: 'B1' },
      LastModified: new Date(Math.floor(START / 1000) * 1000),
      ServerSideEncryption: 'AES256',
    });
  });

  it('describes an object without sending it', async () => {
    await put();
    expect(await client.send(new HeadObjectCommand(LETTER))).toMatchObject({
      ContentType: 'application/pdf',
      ContentLength: 8,
    });
  });

  it('keeps the newest of two objects under one key', async () => {
    await put();
    await put({ Body: 'again' });
    expect((await get()).bytes.toString()).toBe('again');
  });

  it('takes an empty object and one over two megabytes', async () => {
    await put({ Body: new Uint8Array() });
    expect((await get()).bytes).toHaveLength(0);
    await put({ Body: Buffer.alloc(2_500_000, 1) });
    expect((await get()).bytes).toHaveLength(2_500_000);
  });

  it('says that an object or a bucket is not there', async () => {
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    await expect(put({ Bucket: 'other' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(client.send(new HeadObjectCommand(LETTER))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('refuses a body that is not the one its checksum was made of', async () => {
    const headers = {
      authorization: 'Credential=t/20261110/eu-west-1/s3/aws4_request',
      'x-amz-checksum-crc32': 'AAAAAA==',
    };
    const answer = await fetch(`${aws.endpoint.url}/letters/a.pdf`, { method: 'PUT', headers, body: 'x' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>BadDigest</Code>');
  });

  it.each([
    ['another operation', () => client.send(new ListObjectsV2Command({ Bucket: 'letters' })), /GET \/letters/],
    ['a part of an object', () => get({ Range: 'bytes=0-1' }), /the header range/],
    ['an old version', () => get({ VersionId: '1' }), /versionId=1/],
    ['a condition', () => put({ IfNoneMatch: '*' }), /the header if-none-match/],
  ])('refuses %s by name', async (_what, send, message) => {
    await expect(send()).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringMatching(message) });
  });

  it('throttles, fails and forgets to answer when it is told to', async () => {
    aws.faults.inject({ service: 's3', kind: 'throttle' });
    await expect(put()).rejects.toMatchObject({ name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
    aws.faults.inject({ service: 's3', kind: 'error' });
    await expect(put()).rejects.toMatchObject({ name: 'InternalError' });
    aws.faults.inject({ service: 's3', kind: 'timeout-after-success' });
    await expect(put()).rejects.toThrow();
    expect((await get()).bytes).toHaveLength(8);
  });
});
