import type { Task } from '../../domain/task.js';
import { inParallel } from '../in-parallel.js';
import { type BlobStore, WRITES_IN_FLIGHT } from './blobs.js';
import { sha256 } from './digest.js';

/** The SHA-256 that a task is stored under, and by which cells and trials know it. */
export function taskHash(task: Task): string {
  return sha256(JSON.stringify(task));
}

/** Stores tasks; durable once it resolves. Throws `Failure('StoreUnavailable')` where the file system refuses. */
export async function storeTasks(blobs: BlobStore, tasks: Iterable<Task>): Promise<void> {
  await inParallel(tasks, WRITES_IN_FLIGHT, async (task) => void (await blobs.put(JSON.stringify(task))));
}
