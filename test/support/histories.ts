import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

type History = temporal.api.history.v1.IHistory;

/** The history of a workflow, and of all that it started, by their ids. */
export async function collectHistories(
  client: Client,
  id: string,
  into = new Map<string, History>(),
): Promise<Map<string, History>> {
  const history = await client.workflow.getHandle(id).fetchHistory();
  into.set(id, history);
  for (const child of childrenOf(history)) await collectHistories(client, child, into);
  return into;
}

/** Ids of the workflows that a workflow started. */
function childrenOf(history: History): string[] {
  const started = (history.events ?? []).map((event) => event.childWorkflowExecutionStartedEventAttributes);
  return started.flatMap((attributes) => attributes?.workflowExecution?.workflowId ?? []);
}

/** Activities that a workflow ran, those beside it (local ones, which leave a marker) included. */
export function countActivities(history: History): number {
  const isActivity = (event: temporal.api.history.v1.IHistoryEvent): boolean =>
    (event.activityTaskScheduledEventAttributes ?? null) !== null ||
    event.markerRecordedEventAttributes?.markerName === 'core_local_activity';
  return (history.events ?? []).filter(isActivity).length;
}

/** The bytes of every payload of a history, wherever it stands. */
export function payloadsOf(value: unknown): Uint8Array[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const { data, metadata } = value as { data?: unknown; metadata?: unknown };
  if (isBytes(data) && metadata !== undefined) return [data];
  return Object.values(value).flatMap(payloadsOf);
}

/** Every text of a history outside its payloads: ids, messages, stack traces. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || isBytes(value)) return [];
  return Object.values(value).flatMap(textsOf);
}

/** A history's JSON with words that tell of one machine replaced, in payloads as well (they are base64 there). */
export function withoutMachine(value: unknown, words: Readonly<Record<string, string>>): unknown {
  const clean = (text: string): string =>
    Object.entries(words).reduce((result, [word, other]) => result.replaceAll(word, other), text);
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item) => withoutMachine(item, words));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]: [string, unknown]) =>
    key === 'data' && typeof item === 'string'
      ? [key, Buffer.from(clean(Buffer.from(item, 'base64').toString('utf8'))).toString('base64')]
      : [key, withoutMachine(item, words)],
  );
  return Object.fromEntries(entries);
}

function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value);
}
