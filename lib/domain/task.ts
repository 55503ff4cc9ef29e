import * as z from 'zod/mini';
import { CalendarDateSchema, IdSchema, InstantSchema } from './identifiers.ts';

/** What kind of work a person is asked to do. Further kinds join with the whole practice. */
const TASK_KINDS = ['no-contact', 'attention'] as const;

/** Work for a person. `reason` is a sentence for them; it names no address or phone number. */
const TaskSchema = z.object({
  taskId: IdSchema,
  kind: z.enum(TASK_KINDS),
  state: z.enum(['open', 'done']),
  invoiceIds: z.array(IdSchema),
  customerId: IdSchema,
  dueOn: CalendarDateSchema,
  title: z.string(),
  reason: z.string(),
  raisedAt: InstantSchema,
});

/** A task; see {@link TaskSchema}. */
export type Task = z.infer<typeof TaskSchema>;
