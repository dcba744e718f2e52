import { hostname } from 'node:os';
import type { WorkerOptions } from '@temporalio/worker';
import { createControlActivities } from '../activities/control.js';
import { createSandboxActivities } from '../activities/execute.js';
import { createModelActivities } from '../activities/generate.js';
import { createSweepData } from '../activities/sweep-data.js';
import { CONTROL_QUEUE, modelQueue, sandboxQueue } from '../domain/queues.js';
import type { Backend } from '../domain/sweep.js';
import type { Config } from '../infra/config.js';
import type { Logger } from '../infra/log.js';
import { openModels, PROVIDERS } from '../infra/models/registry.js';
import { ownerEntry } from '../infra/processes.js';
import { openBubblewrapSandbox } from '../infra/sandbox/bubblewrap.js';
import { openDockerSandbox } from '../infra/sandbox/docker.js';
import type { Sandbox } from '../infra/sandbox/sandbox.js';
import { openBlobStore } from '../infra/store/blobs.js';
import { ensureTool } from '../infra/tools/tool.js';
import { readBundle } from './bundle.js';

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
  // Each starts its walls with its first program: a backend that no sweep asks for costs nothing.
  const sandboxes = { local: await openLocalSandbox(config, slots), docker: openContainers(config, slots) };
  const activities = createSandboxActivities({
    worker: identity,
    blobs,
    data: createSweepData(home, blobs),
    sandboxes,
  });
  const worker = {
    ...common(identity),
    taskQueue: sandboxQueue('base'),
    activities: { ...activities },
    maxConcurrentActivityTaskExecutions: slots,
  };
  const close = async (): Promise<void> => {
    await Promise.all(Object.values(sandboxes).map((sandbox) => sandbox.close()));
  };
  return { workers: [worker], close };
}

/** The sandbox of a backend, with places for `slots` programs at a time. Throws a `UserError` (exit 3). */
export async function openSandboxOf(backend: Backend, config: Config, slots: number): Promise<Sandbox> {
  return backend === 'local' ? openLocalSandbox(config, slots) : openContainers(config, slots);
}

async function openLocalSandbox({ home, env }: Config, slots: number): Promise<Sandbox> {
  const bwrapPath = await ensureTool('bwrap', { home, env });
  return openBubblewrapSandbox({ bwrapPath, slots, ownerEnv: await ownerEntry(home) });
}

function openContainers({ home, docker }: Config, slots: number): Sandbox {
  return openDockerSandbox({ ...docker, home, slots });
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
