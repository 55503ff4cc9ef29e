import type { EventBuses } from '../event-bus.ts';
import { jsonService } from './json-service.ts';
import { AwsError, type AwsService } from './service.ts';

/**
 * EventBridge behind the endpoint: `PutEvents`, with a result per entry. One difference from AWS: an entry for a bus
 * that does not exist is refused by name, where AWS answers as if all were well and loses it.
 * @see https://github.com/aws/aws-cli/issues/9186 what AWS does
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function eventBridgeService(buses: EventBuses): AwsService {
  return jsonService({
    name: 'events',
    protocol: 'json-1.1',
    targetPrefix: 'AWSEvents',
    internalErrorCode: 'InternalException',
    operations: { PutEvents: ({ Entries }) => putEvents(buses, Entries) },
  });
}

type Entry = Readonly<Record<string, unknown>>;
type EntryResult = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

function putEvents(buses: EventBuses, value: unknown): { FailedEntryCount: number; Entries: EntryResult[] } {
  const entries = readEntries(value);
  const results = entries.map((entry) => putEvent(buses, entry));
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
}

function readEntries(value: unknown): Entry[] {
  const entries = Array.isArray(value) ? value : [];
  if (entries.length < 1 || entries.length > ENTRIES_MAX) {
    const rule = entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${ENTRIES_MAX}`;
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${rule}`,
    );
  }
  const size = entries.reduce((total, entry) => total + entrySizeBytes(entry), 0);
  if (size > ENTRIES_BYTES_MAX) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  return entries;
}

const ENTRIES_MAX = 10;
const ENTRIES_BYTES_MAX = 1024 * 1024;

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
function entrySizeBytes(entry: Entry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, entry.Resources].flat();
  const size = texts.reduce<number>(
    (total, text) => total + (typeof text === 'string' ? Buffer.byteLength(text) : 0),
    0,
  );
  return size + (entry.Time === undefined ? 0 : 14);
}

function putEvent(buses: EventBuses, entry: Entry): EntryResult {
  for (const name of ['Source', 'DetailType', 'Detail']) {
    if (typeof entry[name] !== 'string' || entry[name] === '') {
      return refusal('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
    }
  }
  const { Source, DetailType, Detail, EventBusName, Resources, Time } = entry;
  if (String(Source).startsWith('aws.'))
    return refusal('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const detail = readDetail(String(Detail));
  if (detail === undefined) return refusal('MalformedDetail', 'Detail is malformed.');
  const busName = String(EventBusName ?? 'default');
  if (!buses.has(busName)) return refusal('ResourceNotFoundException', `Event bus ${busName} does not exist.`);
  const eventId = buses.publish(busName, {
    source: String(Source),
    detailType: String(DetailType),
    detail,
    resources: Array.isArray(Resources) ? Resources.map(String) : [],
    ...(typeof Time === 'number' ? { atMillis: Time * 1000 } : {}),
  });
  return { EventId: eventId };
}

function readDetail(text: string): object | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? detail : undefined;
  } catch {
    // Not JSON: the entry is refused as malformed.
    return undefined;
  }
}

function refusal(code: string, message: string): EntryResult {
  return { ErrorCode: code, ErrorMessage: message };
}
