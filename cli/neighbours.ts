import type { Client } from '@temporalio/client';
import type { sweepWorkflow } from '../workflows/sweep.js';
import { askProgress, orNull } from './progress.js';

/**
 * A line for each other sweep that a home's workers go on with: one that was interrupted is not over, and shares models, cores
 * and memory with `sweepId` as soon as anybody hosts the home. None for those that are paused.
 */
export async function neighbourLines(client: Client, sweepId: string): Promise<string[]> {
  const others = ((await orNull(runningSweeps(client))) ?? []).filter((id) => id !== sweepId);
  const lines = others.map(async (id) => {
    const live = await askProgress(client, client.workflow.getHandle<typeof sweepWorkflow>(id));
    return live !== null && live.sweep.pause !== null
      ? []
      : [`${id} is not over and goes on beside this sweep. To hold it: aicodereval pause ${id}`];
  });
  return (await Promise.all(lines)).flat();
}

async function runningSweeps(client: Client): Promise<string[]> {
  const query = "WorkflowType = 'sweepWorkflow' AND ExecutionStatus = 'Running'";
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
  return ids;
}
