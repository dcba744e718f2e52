import { join } from 'node:path';
import type { GradeRow } from '../../domain/grade.js';
import { atomicWrite, listFolder, readLines } from '../fs.js';
import { gradeRowSchema } from '../parse/grade.js';
import { guarded } from './store-fault.js';

/** The folder of one grading. */
export function gradeFolder(home: string, gradeId: string): string {
  return join(home, 'grades', gradeId);
}

const BATCH_FILE = /^batch-(\d+)\.jsonl$/;

/** Writes the rows of a batch as a whole; by its number, so that a batch which is run again does not count twice. */
export async function writeBatch(
  home: string,
  gradeId: string,
  batch: number,
  rows: readonly GradeRow[],
): Promise<void> {
  const path = join(gradeFolder(home, gradeId), `batch-${batch}.jsonl`);
  await guarded('write', path, () => atomicWrite(path, rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
}

/** Numbers of the batches that are finished. */
export async function finishedBatches(home: string, gradeId: string): Promise<number[]> {
  const names = await listFolder(gradeFolder(home, gradeId));
  return names.flatMap(({ name }) => BATCH_FILE.exec(name)?.[1] ?? []).map(Number);
}

/** All rows of a grading, in the order of the samples file. */
export async function readGrade(home: string, gradeId: string): Promise<GradeRow[]> {
  const rows: GradeRow[] = [];
  for (const batch of await finishedBatches(home, gradeId)) {
    const path = join(gradeFolder(home, gradeId), `batch-${batch}.jsonl`);
    for await (const line of readLines(path)) rows.push(gradeRowSchema.parse(JSON.parse(line)));
  }
  return rows.sort((a, b) => a.line - b.line);
}
