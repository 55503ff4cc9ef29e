import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { StoreLetter } from '../app/ports.ts';
import { UnavailableError } from '../domain/errors.ts';

/** Where the letters are kept. */
export interface LetterSettings {
  readonly bucketName: string;
}

/**
 * Keeps letters in S3: `letters/<letterId>.pdf` to print, and beside it `letters/<letterId>.json`, what it says and to whom. The PDF is written last, so that what is
 * beside it is there when it is. How they are encrypted is the bucket's affair.
 *
 * @throws UnavailableError when S3 does not take them; storing them again under the same id is harmless
 */
export function storeLetterInS3(client: S3Client, { bucketName }: LetterSettings): StoreLetter {
  return async ({ letterId, channel, to, subject, text, pdf, tags, invoiceIds }) => {
    const documentKey = `letters/${letterId}.pdf`;
    const beside = { channel, to, subject, text, invoiceIds, stepId: tags.stepId, level: tags.level };
    const put = (Key: string, ContentType: string, Body: string | Uint8Array) =>
      client.send(new PutObjectCommand({ Bucket: bucketName, Key, ContentType, Body }));
    try {
      await put(`letters/${letterId}.json`, 'application/json', `${JSON.stringify(beside, null, 2)}\n`);
      await put(documentKey, 'application/pdf', pdf);
    } catch (error) {
      throw new UnavailableError(`The letter ${letterId} could not be kept in the bucket ${bucketName}`, {
        cause: error,
      });
    }
    return { documentKey };
  };
}
