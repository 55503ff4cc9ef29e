import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { LetterSignal } from '../app/letter-signal.ts';
import { ContractError } from '../domain/errors.ts';
import { CalendarDateSchema } from '../domain/identifiers.ts';
import { StepRefSchema } from '../domain/step-claim.ts';
import { TaskSchema } from '../domain/task.ts';

const ImageSchema = z.pipe(
  z.record(z.string(), z.custom<AttributeValue>()),
  z.transform((image) => unmarshall(image)),
);

const RecordSchema = z.object({
  eventName: z.enum(['INSERT', 'MODIFY']),
  dynamodb: z.object({ NewImage: ImageSchema, OldImage: z.optional(ImageSchema) }),
});

/** The row of a letter's task: what is needed to post it has to be there. */
const LetterTaskSchema = z.extend(
  z.pick(TaskSchema, { taskId: true, invoiceIds: true, trackingNumber: true, level: true }),
  {
    kind: z.literal('letter'),
    channel: z.enum(['letter', 'registered-letter']),
    documentKey: z.string().check(z.regex(/(^|\/)[^/]+\.pdf$/, 'must be the key of a PDF')),
    step: StepRefSchema,
    postedOn: z.optional(CalendarDateSchema),
    outcome: z.optional(z.string()),
  },
);

/** What says whether a change of the row is news; the row before may be older than the letter's other fields. */
const BeforeSchema = z.pick(LetterTaskSchema, { postedOn: true, outcome: true });

/**
 * What a record of the ledger's stream says of a letter: it is `ready` when its task is new, `posted` or `withdrawn`
 * when the task says so for the first time. Null when the task changed in some other way (its owner, its receipt).
 *
 * @throws ContractError for a record that is not the insert or update of a letter's task
 */
export function letterSignalOf(record: unknown): LetterSignal | null {
  const { eventName, dynamodb } = read(RecordSchema, record);
  const { kind, outcome, postedOn, trackingNumber, ...task } = read(LetterTaskSchema, dynamodb.NewImage);
  const before = dynamodb.OldImage ? read(BeforeSchema, dynamodb.OldImage) : {};
  const letter = { ...task, letterId: letterIdOf(task.documentKey) };
  if (eventName === 'INSERT') return { ...letter, kind: 'ready' };
  if (postedOn !== undefined && before.postedOn === undefined) {
    return { ...letter, kind: 'posted', postedOn, ...(trackingNumber !== undefined && { trackingNumber }) };
  }
  return outcome === 'withdrawn' && before.outcome !== 'withdrawn' ? { ...letter, kind: 'withdrawn' } : null;
}

/** Whether a record of the stream is about a task, and not about a case. */
export function isTaskRecord(record: { dynamodb?: { NewImage?: object } }): boolean {
  return 'taskId' in (record.dynamodb?.NewImage ?? {});
}

/** The name of a letter: that of its PDF. */
function letterIdOf(documentKey: string): string {
  return documentKey.slice(documentKey.lastIndexOf('/') + 1, -'.pdf'.length);
}

function read<Schema extends z.core.$ZodType>(schema: Schema, value: unknown): z.core.output<Schema> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw new ContractError(`stream record of a letter: ${z.prettifyError(parsed.error)}`);
}
