import { hostname } from 'node:os';
import type { WorkerOptions } from '@temporalio/worker';
import { createBuildData } from '../activities/build-data.js';
import { createControlActivities } from '../activities/control.js';
import { createDraftActivities } from '../activities/draft.js';
import { createGpuActivities, createSandboxActivities } from '../activities/execute.js';
import type { RetrieveDeps } from '../activities/retrieve.js';
import { createGradeActivities } from '../activities/grade.js';
import { createValidateActivities } from '../activities/validate.js';
import { createModelActivities } from '../activities/generate.js';
import { createSettleActivities } from '../activities/settle.js';
import { createSweepData } from '../activities/sweep-data.js';
import { createBuildActivities } from '../activities/try-draft.js';
import { CONTROL_QUEUE, gpuQueue, modelQueue, sandboxQueue } from '../domain/queues.js';
import type { Config } from '../infra/config.js';
import { UserError } from '../infra/errors.js';
import { GpuSandbox } from '../infra/gpu/gpu-sandbox.js';
import { LeasePool } from '../infra/gpu/lease-pool.js';
import { type GpuDevice, probeGpus } from '../infra/gpu/probe.js';
import { Knowledge } from '../infra/knowledge/knowledge.js';
import type { Logger } from '../infra/log.js';
import type { Metrics } from '../infra/metrics/metrics.js';
import { openModels, PROVIDERS } from '../infra/models/registry.js';
import { knownVerdictSchema } from '../infra/parse/grade.js';
import { knownTrialSchema } from '../infra/parse/validation.js';
import { ownerEntry } from '../infra/processes.js';
import { graderVersion } from '../infra/sandbox/grader-version.js';
import { openBlobStore } from '../infra/store/blobs.js';
import { KeyedLog } from '../infra/store/keyed-log.js';
import { verdictsFolder } from '../infra/store/paths.js';
import { trialsFolder } from '../infra/store/validations.js';
import { readBundle } from './bundle.js';
import { countFaults } from './count-faults.js';
import { Sandboxes } from './sandboxes.js';

export const ROLES = ['control', 'model', 'sandbox', 'gpu'] as const;
export type Role = (typeof ROLES)[number];

/** What a role runs: one Temporal worker for each queue, and what to close after they have drained. */
export interface RoleParts {
  readonly workers: readonly Omit<WorkerOptions, 'connection' | 'namespace'>[];
  close(): Promise<void>;
}

export interface RoleContext {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Programs at the same time, for the role `sandbox`. */
  readonly slots: number;
  /** Programs at the same time on each GPU, for the role `gpu`. */
  readonly perGpu: number;
}

/** A GPU that has gone is leased for no longer than this. */
const CHECK_GPUS_MS = 10_000;

/** The only code that picks concrete adapters. */
export function openRole(role: Role, context: RoleContext): Promise<RoleParts> {
  if (role === 'control') return openControl(context);
  if (role === 'model') return openModel(context);
  return role === 'gpu' ? openGpu(context) : openSandbox(context);
}

/** Unique among all processes that ever worked in this home: it names journals. */
function workerName(role: Role): string {
  return `${hostname()}-${role}-${process.pid}-${Date.now().toString(36)}`;
}

async function openControl({ config, metrics }: RoleContext): Promise<RoleParts> {
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

async function openModel({ config, log, metrics }: RoleContext): Promise<RoleParts> {
  const identity = workerName('model');
  const { home, env, weightsFile } = config;
  const blobs = openBlobStore(home);
  const ownerEnv = await ownerEntry(home);
  const models = openModels({ home, env, ownerEnv, log, metrics, ...(weightsFile === null ? {} : { weightsFile }) });
  const activities = {
    ...createModelActivities({ home, worker: identity, blobs, data: createSweepData(home, blobs), models, metrics }),
    ...createDraftActivities({ home, blobs, models, metrics, env, builds: createBuildData(home, blobs) }),
  };
  const workers = PROVIDERS.map((provider) => ({
    ...common(`${identity}-${provider}`, metrics),
    taskQueue: modelQueue(provider),
    activities: { ...activities },
    maxConcurrentActivityTaskExecutions: 200,
  }));
  return { workers, close: () => models.close() };
}

async function openSandbox({ config, metrics, slots }: RoleContext): Promise<RoleParts> {
  const identity = workerName('sandbox');
  const { home } = config;
  const blobs = openBlobStore(home);
  const sandboxes = await Sandboxes.open(config, slots, { metrics });
  const data = createSweepData(home, blobs);
  const look = lookUpDeps({ config, metrics, blobs, data, sandboxes });
  const batches = { home, blobs, data, sandboxes, metrics, graderVersion: await graderVersion() };
  const verdicts = new KeyedLog(verdictsFolder(home), identity, knownVerdictSchema);
  const trials = new KeyedLog(trialsFolder(home), identity, knownTrialSchema);
  const activities = {
    ...createSandboxActivities({ worker: identity, blobs, data, look }, sandboxes),
    ...createGradeActivities({ ...batches, known: verdicts, running: new Map() }),
    ...createValidateActivities({ ...batches, known: trials }),
    ...createBuildActivities({ ...batches, known: trials, builds: createBuildData(home, blobs) }),
  };
  const workers = sandboxes.environments.map(({ name }) => ({
    ...common(`${identity}-${name}`, metrics),
    taskQueue: sandboxQueue(name),
    activities: { ...activities },
    maxConcurrentActivityTaskExecutions: slots,
  }));
  const close = async (): Promise<void> => {
    await sandboxes.close();
    await Promise.all([verdicts.close(), trials.close(), look.knowledge.close()]);
  };
  return { workers, close };
}

async function openGpu({ config, log, metrics, perGpu }: RoleContext): Promise<RoleParts> {
  const identity = workerName('gpu');
  const { home, env } = config;
  const probe = (): Promise<readonly GpuDevice[]> => probeGpus({ env });
  const pool = await LeasePool.open({ probe, perDevice: perGpu, checkEveryMs: CHECK_GPUS_MS, log, metrics });
  const { devices } = pool;
  if (devices.length === 0) throw noGpu();
  const sandboxes = await Sandboxes.open(config, devices.length * perGpu, { metrics });
  const blobs = openBlobStore(home);
  const data = createSweepData(home, blobs);
  const look = lookUpDeps({ config, metrics, blobs, data, sandboxes });
  const activities = createGpuActivities({ worker: identity, blobs, data, look }, new GpuSandbox(pool, sandboxes));
  const classes = [...new Set(devices.map(({ deviceClass }) => deviceClass))];
  const workers = ['any', ...classes].map((wanted) => {
    const able = devices.filter(({ deviceClass }) => wanted === 'any' || deviceClass === wanted);
    return {
      ...common(`${identity}-${wanted}`, metrics),
      taskQueue: gpuQueue(wanted),
      activities: { ...activities },
      maxConcurrentActivityTaskExecutions: able.length * perGpu,
    };
  });
  const close = async (): Promise<void> => {
    pool.close();
    await Promise.all([sandboxes.close(), look.knowledge.close()]);
  };
  return { workers, close };
}

/** Libraries are looked at without a GPU: what they hold is the same. */
function lookUpDeps(
  given: Pick<RetrieveDeps, 'metrics' | 'blobs' | 'data'> & { config: Config; sandboxes: Sandboxes },
) {
  const { config, sandboxes, ...rest } = given;
  const { environments } = sandboxes;
  return { ...rest, home: config.home, sandboxes, environments, knowledge: new Knowledge(config.apiRecords) };
}

function noGpu(): UserError {
  return new UserError('This machine has no GPU for the role "gpu".', {
    hint: 'nvidia-smi must be on PATH and list one; "aicodereval doctor" shows what it lists.',
    exitCode: 3,
  });
}

/** Running activities get ten seconds to finish when a worker is told to stop: an answer under way is paid for. */
function common(identity: string, metrics: Metrics) {
  return {
    identity,
    interceptors: { activity: [countFaults(metrics)] },
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: '15 seconds',
    maxHeartbeatThrottleInterval: '2 seconds',
  };
}
