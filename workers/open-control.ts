import { createBuildData } from '../activities/build-data.js';
import { createControlActivities } from '../activities/control.js';
import { createSettleActivities } from '../activities/settle.js';
import { createSweepData } from '../activities/sweep-data.js';
import { CONTROL_QUEUE } from '../domain/queues.js';
import { openBlobStore } from '../infra/store/blobs.js';
import { readBundle } from './bundle.js';
import { common, workerName } from './role-options.js';
import type { RoleContext, RoleParts } from './roles.js';

/** Workflows, and what they read and write. */
export async function openControl({ config, metrics }: RoleContext): Promise<RoleParts> {
  const identity = workerName('control');
  const { home } = config;
  const { activities, close } = createControlActivities(home, identity, metrics);
  const blobs = openBlobStore(home);
  const settling = { home, blobs, builds: createBuildData(home, blobs), data: createSweepData(home, blobs) };
  const worker = {
    ...common(identity, metrics),
    taskQueue: CONTROL_QUEUE,
    workflowBundle: await readBundle(),
    activities: { ...activities, ...createSettleActivities(settling) },
    maxConcurrentWorkflowTaskExecutions: 100,
    maxConcurrentLocalActivityExecutions: 100,
    maxCachedWorkflows: 1_000,
    stickyQueueScheduleToStartTimeout: '2 seconds',
  };
  return { workers: [worker], close };
}
