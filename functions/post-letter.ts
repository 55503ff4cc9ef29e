import { composeNotice } from '../lib/app/compose-notice.ts';
import { letterWork } from '../lib/app/letter-work.ts';
import { letterIdOf, messageTags, spokenOf } from '../lib/app/message-tags.ts';
import type { StoreLetter } from '../lib/app/ports.ts';
import type { MessageOrder, ReadyMessage, ServingDeps } from '../lib/app/serving.ts';
import { renderLetter } from '../lib/channels/letter/render-letter.ts';
import { storeLetterInS3 } from '../lib/channels/store-letter-in-s3.ts';
import { PostLetterEnvironmentSchema } from '../lib/contracts/environment.ts';
import { letterTemplates } from '../lib/generated/templates.ts';
import { creditorOf } from '../lib/runtime/creditor.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda } from '../lib/runtime/lambda.ts';
import { connectPlanning } from '../lib/runtime/ledger.ts';
import { lettersClient } from '../lib/runtime/letters.ts';
import { serveRequest } from '../lib/runtime/serve-request.ts';

async function prepare(store: StoreLetter, order: MessageOrder): Promise<ReadyMessage> {
  const { message, recipient, ref, attempt } = order;
  const { channel, template = '' } = message.lead.step;
  const facts = composeNotice(order);
  const letter = await renderLetter(letterTemplates, template, facts);
  const letterChannel = channel === 'letter' ? 'letter' : 'registered-letter';
  const tags = messageTags(message);
  const outgoing = { ...letter, letterId: letterIdOf(ref, attempt), channel: letterChannel, tags } as const;
  const send = async () => {
    const to = recipient.address.split('\n');
    const { documentKey } = await store({ ...outgoing, to, invoiceIds: spokenOf(message) });
    const work = letterWork({ facts, letter, charges: order.charges }, { channel: letterChannel, documentKey });
    return { kind: 'assigned', work } as const;
  };
  return { text: letter.text, send };
}

function connect(): ServingDeps {
  const environment = readEnvironment(PostLetterEnvironmentSchema);
  const store = storeLetterInS3(lettersClient(), { bucketName: environment.LETTERS_BUCKET });
  return {
    ...connectPlanning(environment),
    channels: ['letter', 'registered-letter'],
    creditor: creditorOf(environment),
    prepare: (order) => prepare(store, order),
  };
}

/** State "Post letter": prints the letter of one step and puts it on somebody's list to be posted, or first to be approved, and returns the next step. */
export const handler = lambda(connect, serveRequest);
