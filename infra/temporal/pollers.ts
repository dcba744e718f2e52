import { tsToMs } from '@temporalio/common/lib/time.js';
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

/** A worker that waits for work asks again at least this often. */
const SILENCE_MS = 90_000;

/** Those of the task queues that no worker has lately asked for activities: what is in them waits. */
export async function unpolledQueues(client: Client, queues: readonly string[]): Promise<string[]> {
  const { namespace } = client.options;
  const polled = await Promise.all(
    queues.map(async (name) => {
      const taskQueueType = proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;
      const request = { namespace, taskQueue: { name }, taskQueueType };
      const { pollers } = await client.connection.workflowService.describeTaskQueue(request);
      return pollers?.some(({ lastAccessTime }) => Date.now() - tsToMs(lastAccessTime) < SILENCE_MS);
    }),
  );
  return queues.filter((_, index) => polled[index] !== true);
}
