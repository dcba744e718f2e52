import type { ModelSpec } from '../domain/sweep.js';
import { Failure } from '../domain/failures.js';
import type { Task } from '../domain/task.js';
import { atPrice } from '../infra/models/prices.js';
import { taskSchema } from '../infra/parse/task.js';
import { tryJson } from '../infra/parse/json.js';
import type { Manifest } from '../infra/parse/manifest.js';
import type { BlobStore } from '../infra/store/blobs.js';
import { readManifest } from '../infra/store/manifest.js';
import { cached } from './cached.js';
import { PerSweep } from './per-sweep.js';

/** What never changes once a sweep is written; read once by each worker. */
export interface SweepData {
  manifest(sweepId: string): Promise<Manifest>;
  model(sweepId: string, label: string): Promise<ModelSpec>;
  task(taskSha256: string): Promise<Task>;
}

/** Throws `Failure` of type `SweepNotFound`, `TaskNotFound` or `StoreUnavailable`. */
export function createSweepData(home: string, blobs: BlobStore): SweepData {
  const manifests = new PerSweep(home, (sweepId) => readManifest(home, sweepId));
  const tasks = new Map<string, Promise<Task>>();
  return {
    manifest: (sweepId) => manifests.of(sweepId),
    task: (taskSha256) => cached(tasks, taskSha256, () => readTask(blobs, taskSha256)),
    async model(sweepId, label) {
      const { config, prices } = await manifests.of(sweepId);
      const spec = config.models.find((model) => model.label === label);
      if (spec === undefined) throw new Failure('SweepNotFound', `sweep ${sweepId} has no model "${label}"`);
      const price = prices?.[label];
      return price === undefined ? spec : atPrice(spec, price);
    },
  };
}

async function readTask(blobs: BlobStore, taskSha256: string): Promise<Task> {
  const parsed = taskSchema.safeParse(tryJson(await blobs.get(taskSha256)));
  if (parsed.success) return parsed.data;
  throw new Failure('TaskNotFound', `blob ${taskSha256} holds no task of this version`, { cause: parsed.error });
}
