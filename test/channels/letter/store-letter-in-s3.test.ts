import type { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { OutgoingLetter } from '../../../lib/app/ports.ts';
import { storeLetterInS3 } from '../../../lib/channels/store-letter-in-s3.ts';

const LETTER: OutgoingLetter = {
  letterId: 'inv-0042-1-C2',
  channel: 'registered-letter',
  to: ['Boulangerie Martin SARL', '75006 Paris'],
  subject: 'Mise en demeure de payer',
  text: 'Madame, Monsieur,\n',
  pdf: new Uint8Array([37, 80, 68, 70]),
  tags: { invoiceId: 'inv-0042', stepId: 'C2', cycle: '1', level: 'level3' },
  invoiceIds: ['inv-0042', 'inv-0043'],
};

type Put = PutObjectCommand['input'];

function storage(answer: () => Promise<unknown> = async () => ({})) {
  const puts: Put[] = [];
  const send = async ({ input }: { input: Put }) => {
    puts.push(input);
    return answer();
  };
  return { puts, store: storeLetterInS3({ send } as unknown as S3Client, { bucketName: 'letters-bucket' }) };
}

describe('keeping a letter', () => {
  it('puts the PDF where its key says, with what it says and to whom beside it', async () => {
    const { puts, store } = storage();
    expect(await store(LETTER)).toEqual({ documentKey: 'letters/inv-0042-1-C2.pdf' });
    const [beside, pdf] = puts;
    expect(pdf).toEqual({
      Bucket: 'letters-bucket',
      Key: 'letters/inv-0042-1-C2.pdf',
      ContentType: 'application/pdf',
      Body: LETTER.pdf,
    });
    expect(beside).toMatchObject({ Key: 'letters/inv-0042-1-C2.json', ContentType: 'application/json' });
    expect(JSON.parse(String(beside?.Body))).toEqual({
      channel: 'registered-letter',
      to: ['Boulangerie Martin SARL', '75006 Paris'],
      subject: 'Mise en demeure de payer',
      text: 'Madame, Monsieur,\n',
      invoiceIds: ['inv-0042', 'inv-0043'],
      stepId: 'C2',
      level: 'level3',
    });
  });

  it('is tried again later when the bucket does not take it', async () => {
    const cause = new Error('SlowDown');
    const { store, puts } = storage(() => Promise.reject(cause));
    await expect(store(LETTER)).rejects.toMatchObject({ name: 'Dunning.Unavailable', cause });
    expect(puts.length).toBe(1);
  });
});
