import { join } from 'node:path';
import type { z } from 'zod';
import { atomicWrite, listFolder, readIfExists, readLines } from '../fs.js';
import { guarded } from './store-fault.js';

const BATCH_FILE = /^batch-(\d+)\.jsonl$/;
const END_FILE = 'finished';

/** The folder of one grading. */
export function gradeFolder(home: string, gradeId: string): string {
  return join(home, 'grades', gradeId);
}

/** Writes the rows of a batch as a whole; by its number, so that a batch which is run again does not count twice. */
export async function writeBatch(folder: string, batch: number, rows: readonly object[]): Promise<void> {
  const path = join(folder, `batch-${batch}.jsonl`);
  await guarded('write', path, () => atomicWrite(path, rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
}

/** Numbers of the batches that are finished. */
export async function finishedBatches(folder: string): Promise<number[]> {
  const names = await listFolder(folder);
  return names.flatMap(({ name }) => BATCH_FILE.exec(name)?.[1] ?? []).map(Number);
}

/** The rows of all finished batches, in the order of their numbers. */
export async function readBatches<T>(folder: string, row: z.ZodType<T>): Promise<T[]> {
  const rows: T[] = [];
  for (const batch of (await finishedBatches(folder)).sort((a, b) => a - b)) {
    const path = join(folder, `batch-${batch}.jsonl`);
    for await (const line of readLines(path)) rows.push(row.parse(JSON.parse(line)));
  }
  return rows;
}

/** Notes that the results were told: whoever wants everything run anew begins another folder from then on. */
export function markFinished(folder: string): Promise<void> {
  return atomicWrite(join(folder, END_FILE), '');
}

export async function isFinished(folder: string): Promise<boolean> {
  return (await readIfExists(join(folder, END_FILE))) !== null;
}
