import { createGpuActivities } from '../activities/execute.js';
import { createSweepData } from '../activities/sweep-data.js';
import { gpuQueue } from '../domain/queues.js';
import { UserError } from '../infra/errors.js';
import { GpuSandbox } from '../infra/gpu/gpu-sandbox.js';
import { LeasePool } from '../infra/gpu/lease-pool.js';
import { type GpuDevice, probeGpus } from '../infra/gpu/probe.js';
import { openBlobStore } from '../infra/store/blobs.js';
import { lookUpDeps } from './look-up.js';
import { common, workerName } from './role-options.js';
import type { RoleContext, RoleParts } from './roles.js';
import { Sandboxes } from './sandboxes.js';

/** A GPU that has gone is leased for no longer than this. */
const CHECK_GPUS_MS = 10_000;

/** Runs programs that want a GPU. */
export async function openGpu({ config, log, metrics, perGpu }: RoleContext): Promise<RoleParts> {
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

function noGpu(): UserError {
  return new UserError('This machine has no GPU for the role "gpu".', {
    hint: 'nvidia-smi must be on PATH and list one; "aicodereval doctor" shows what it lists.',
    exitCode: 3,
  });
}
