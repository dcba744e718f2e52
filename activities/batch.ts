import type { z } from 'zod';
import type { Batch, BatchPlan } from '../domain/batches.js';
import { Failure } from '../domain/failures.js';
import type { Backend } from '../domain/sweep.js';
import type { EnvironmentKeys } from '../infra/environments/environment-keys.js';
import type { Metrics } from '../infra/metrics/metrics.js';
import type { Sandbox, SandboxSource } from '../infra/sandbox/sandbox.js';
import { writeBatch } from '../infra/store/batch-files.js';
import type { BlobStore } from '../infra/store/blobs.js';
import type { KeyedLog } from '../infra/store/keyed-log.js';
import { cached } from './cached.js';
import type { SweepData } from './sweep-data.js';

/** What the activities for programs of batches work with; `F` is what they find of one. */
export interface BatchDeps<F> {
  readonly home: string;
  readonly blobs: BlobStore;
  readonly data: SweepData;
  readonly sandboxes: SandboxSource;
  /** What is found is kept here as soon as it is known, so a batch that is run again goes on where it was. */
  readonly known: KeyedLog<F>;
  /** Part of every key of what is known. */
  readonly graderVersion: string;
  /** What the programs of environments run in on this worker. */
  readonly keys: (backend: Backend) => Promise<EnvironmentKeys>;
  readonly metrics: Metrics;
}

/** A batch to be run, and where its rows go. */
interface BatchJob<I> {
  readonly plan: BatchPlan;
  readonly batch: number;
  readonly folder: string;
  readonly items: z.ZodType<I[]>;
}

const FLUSH_MS = 250;

/** Reads plans by their hash, each once. */
export function planReader<P>(blobs: BlobStore, schema: z.ZodType<P>): (hash: string) => Promise<P> {
  const plans = new Map<string, Promise<P>>();
  return (hash) => cached(plans, hash, async () => schema.parse(JSON.parse(await blobs.get(hash))));
}

/** Has what is found kept every quarter of a second while `run` runs, and at its end. */
export async function keeping<T>(known: Pick<KeyedLog<unknown>, 'flush'>, run: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void known.flush().catch(() => undefined), FLUSH_MS);
  try {
    const found = await run();
    await known.flush();
    return found;
  } finally {
    clearInterval(timer);
  }
}

/** Runs the items of a batch and writes its rows. */
export async function runBatch<F, I>(
  { blobs, sandboxes, known }: BatchDeps<F>,
  { plan, batch, folder, items }: BatchJob<I>,
  run: (items: readonly I[], sandbox: Sandbox, entry: Batch) => Promise<readonly object[]>,
): Promise<void> {
  const entry = plan.batches[batch];
  if (entry === undefined) throw new Failure('TaskNotFound', `The plan of ${folder} has no batch ${batch}`);
  const list = items.parse(JSON.parse(await blobs.get(entry.sha256)));
  const { environment, digest } = entry;
  const sandbox = await sandboxes.get({ environment, digest, backend: plan.backend });
  await writeBatch(folder, batch, await keeping(known, () => run(list, sandbox, entry)));
}
