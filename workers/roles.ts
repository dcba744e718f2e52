import { hostname } from 'node:os';
import type { WorkerOptions } from '@temporalio/worker';
import { createControlActivities } from '../activities/control.js';
import { createSandboxActivities } from '../activities/execute.js';
import { createModelActivities } from '../activities/generate.js';
import { createSweepData } from '../activities/sweep-data.js';
import { CONTROL_QUEUE, modelQueue, sandboxQueue } from '../domain/queues.js';
import type { Config } from '../infra/config.js';
import type { Logger } from '../infra/log.js';
import { openModels, PROVIDERS } from '../infra/models/registry.js';
import { ownerEntry } from '../infra/processes.js';
import { openBlobStore } from '../infra/store/blobs.js';
import { readBundle } from './bundle.js';
import { Sandboxes } from './sandboxes.js';

export const ROLES = ['control', 'model', 'sandbox'] as const;
export type Role = (typeof ROLES)[number];

/** What a role runs: one Temporal worker for each queue, and what to close after they have drained. */
export interface RoleParts {
  readonly workers: readonly Omit<WorkerOptions, 'connection' | 'namespace'>[];
  close(): Promise<void>;
}

export interface RoleContext {
  readonly config: Config;
  readonly log: Logger;
  /** Programs at the same time, for the role `sandbox`. */
  readonly slots: number;
}

/** The only code that picks concrete adapters. */
export function openRole(role: Role, context: RoleContext): Promise<RoleParts> {
  if (role === 'control') return openControl(context);
  return role === 'model' ? openModel(context) : openSandbox(context);
}

/** Unique among all processes that ever worked in this home: it names journals. */
function workerName(role: Role): string {
  return `${hostname()}-${role}-${process.pid}-${Date.now().toString(36)}`;
}

async function openControl({ config }: RoleContext): Promise<RoleParts> {
  const identity = workerName('control');
  const { activities, close } = createControlActivities(config.home, identity);
  const worker = {
    ...common(identity),
    taskQueue: CONTROL_QUEUE,
    workflowBundle: await readBundle(),
    activities: { ...activities },
    maxConcurrentWorkflowTaskExecutions: 100,
    maxConcurrentLocalActivityExecutions: 100,
    maxCachedWorkflows: 1_000,
    stickyQueueScheduleToStartTimeout: '2 seconds',
  };
  return { workers: [worker], close };
}

async function openModel({ config, log }: RoleContext): Promise<RoleParts> {
  const identity = workerName('model');
  const { home, env, weightsFile } = config;
  const blobs = openBlobStore(home);
  const ownerEnv = await ownerEntry(home);
  const models = openModels({ home, env, ownerEnv, log, ...(weightsFile === null ? {} : { weightsFile }) });
  const activities = createModelActivities({
    home,
    worker: identity,
    blobs,
    data: createSweepData(home, blobs),
    models,
  });
  const workers = PROVIDERS.map((provider) => ({
    ...common(`${identity}-${provider}`),
    taskQueue: modelQueue(provider),
    activities: { ...activities },
    maxConcurrentActivityTaskExecutions: 200,
  }));
  return { workers, close: () => models.close() };
}

async function openSandbox({ config, slots }: RoleContext): Promise<RoleParts> {
  const identity = workerName('sandbox');
  const { home } = config;
  const blobs = openBlobStore(home);
  const sandboxes = await Sandboxes.open(config, slots);
  const data = createSweepData(home, blobs);
  const activities = createSandboxActivities({ worker: identity, blobs, data, sandboxes });
  const workers = sandboxes.environments.map(({ name }) => ({
    ...common(`${identity}-${name}`),
    taskQueue: sandboxQueue(name),
    activities: { ...activities },
    maxConcurrentActivityTaskExecutions: slots,
  }));
  return { workers, close: () => sandboxes.close() };
}

/** Running activities get ten seconds to finish when a worker is told to stop: an answer under way is paid for. */
function common(identity: string) {
  return {
    identity,
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: '15 seconds',
    maxHeartbeatThrottleInterval: '2 seconds',
  };
}
