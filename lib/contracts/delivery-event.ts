import * as z from 'zod/mini';
import { ContractError } from '../domain/errors.ts';
import { IdSchema, InstantSchema } from '../domain/identifiers.ts';
import type { DELIVERY_EVENTS } from '../domain/step-claim.ts';
import { unescapeTags } from './tag-value.ts';

const EVENTS = {
  Send: 'send',
  Delivery: 'delivery',
  Bounce: 'bounce',
  Complaint: 'complaint',
  Reject: 'reject',
  'Rendering Failure': 'rendering-failure',
  DeliveryDelay: 'delivery-delay',
  Open: 'open',
} as const;

const RecipientsSchema = z.array(z.object({ emailAddress: z.string() }));

/**
 * The part of an SES event on EventBridge that is read.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
const SesEventSchema = z.object({
  time: InstantSchema,
  detail: z.object({
    eventType: z.enum(Object.keys(EVENTS) as (keyof typeof EVENTS)[]),
    mail: z.object({
      messageId: z.string(),
      destination: z.array(z.string()),
      tags: z.record(z.string(), z.array(z.string())),
    }),
    bounce: z.optional(z.object({ bounceType: z.string(), bouncedRecipients: RecipientsSchema })),
    complaint: z.optional(z.object({ complainedRecipients: RecipientsSchema })),
  }),
});

/** The tags a notice is sent with, after unescaping. */
const NoticeTagsSchema = z.object({
  invoiceId: IdSchema,
  stepId: IdSchema,
  cycle: z.coerce.number().check(z.int(), z.positive()),
});

/**
 * What an SES event says of a notice: which step, by the tags it was sent with, which message, and what happened. `at` is a UTC instant. `destination` is
 * everybody the message was written to, copies included; `recipients` are the addresses of them that bounced or complained, and empty of any other event; `isPermanent` says that an address that bounced will never work.
 */
export interface DeliveryReport {
  readonly invoiceId: string;
  readonly cycle: number;
  readonly stepId: string;
  readonly messageId: string;
  readonly event: (typeof DELIVERY_EVENTS)[number];
  readonly at: string;
  readonly destination: readonly string[];
  readonly recipients: readonly string[];
  readonly isPermanent: boolean;
}

/** Reads an SES event. Throws ContractError when it is not an event of a tagged notice. */
export function deliveryReportOf(event: unknown): DeliveryReport {
  const { time, detail } = parse(SesEventSchema, event);
  const { messageId, destination, tags } = detail.mail;
  const single = Object.entries(tags).map(([name, [value = '']]) => [name, value]);
  const { invoiceId, stepId, cycle } = parse(NoticeTagsSchema, unescapeTags(Object.fromEntries(single)));
  return {
    invoiceId,
    cycle,
    stepId,
    messageId,
    event: EVENTS[detail.eventType],
    at: new Date(time).toISOString(),
    destination: destination.map(bareAddress),
    recipients: concernedBy(detail).map(({ emailAddress }) => bareAddress(emailAddress)),
    isPermanent: detail.bounce?.bounceType === 'Permanent',
  };
}

function concernedBy({ bounce, complaint }: z.infer<typeof SesEventSchema>['detail']) {
  return bounce?.bouncedRecipients ?? complaint?.complainedRecipients ?? [];
}

/** SES repeats a recipient as it was given, with a display name if it had one. */
function bareAddress(recipient: string): string {
  return /<([^<>]*)>\s*$/.exec(recipient)?.[1] ?? recipient;
}

function parse<Schema extends z.core.$ZodType>(schema: Schema, input: unknown): z.core.output<Schema> {
  const parsed = z.safeParse(schema, input);
  if (parsed.success) return parsed.data;
  throw new ContractError(`SES event: ${z.prettifyError(parsed.error)}`);
}
