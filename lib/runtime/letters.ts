import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { UnavailableError } from '../domain/errors.ts';

/** The client of S3. On this machine there is one host for all buckets, so that a bucket is a part of the path. */
export function lettersClient(): S3Client {
  return new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
}

/** Reads the PDF of a letter; null when there is none under this key. Throws UnavailableError when S3 does not answer. */
export function readLetter(client: S3Client, bucket: string): (documentKey: string) => Promise<Uint8Array | null> {
  return async (documentKey) => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: documentKey }));
      return Body ? await Body.transformToByteArray() : null;
    } catch (error) {
      // AWS answers so for a missing object too, to who may not list the bucket.
      if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'AccessDenied')) return null;
      throw new UnavailableError('the letter cannot be read now', { cause: error });
    }
  };
}
