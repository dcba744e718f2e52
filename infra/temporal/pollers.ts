import { tsToMs } from '@temporalio/common/lib/time.js';
import type { Client, WorkflowService } from '@temporalio/client';
import proto from '@temporalio/proto';

const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;
/** A worker that waits for work asks again at least this often. */
const SILENCE_MS = 90_000;

/** Those of the task queues that no worker has lately asked for activities: what is in them waits. */
export async function unpolledQueues({ connection, options }: Client, queues: readonly string[]): Promise<string[]> {
  const { namespace } = options;
  const polled = await Promise.all(
    queues.map(
      async (name) =>
        (await pollersOf(connection.workflowService, { namespace, name, type: TASK_QUEUE_TYPE_ACTIVITY })).length > 0,
    ),
  );
  return queues.filter((_, index) => polled[index] !== true);
}

/** Identities of the workers that have lately asked a queue for workflows. */
export function workflowPollers(service: WorkflowService, namespace: string, name: string): Promise<string[]> {
  return pollersOf(service, { namespace, name, type: TASK_QUEUE_TYPE_WORKFLOW });
}

async function pollersOf(
  service: WorkflowService,
  { namespace, name, type }: { namespace: string; name: string; type: proto.temporal.api.enums.v1.TaskQueueType },
): Promise<string[]> {
  const { pollers } = await service.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType: type });
  const isRecent = ({ lastAccessTime }: proto.temporal.api.taskqueue.v1.IPollerInfo): boolean =>
    Date.now() - tsToMs(lastAccessTime) < SILENCE_MS;
  return (pollers ?? []).filter(isRecent).map(({ identity }) => identity ?? '');
}
