import { join } from 'node:path';
import type { z } from 'zod';
import { atomicWrite, readIfExists } from '../fs.js';
import { compactedSchema } from '../parse/compacted.js';
import { tryJson } from '../parse/json.js';
import { journalFolder } from './journal.js';
import { cellsFiles, segmentOf } from './segment-paths.js';
import { guarded } from './store-fault.js';

type Note = z.infer<typeof compactedSchema>;

/**
 * Bytes of each journal whose rows the segments hold, as good or better: readers begin after them. None where a segment
 * that held them is gone: then the journals are the record again. Throws `Failure('StoreUnavailable')`.
 */
export async function readCompacted(home: string, sweepId: string): Promise<ReadonlyMap<string, number>> {
  const note = await readNote(home, sweepId);
  if (note === null || (await lostOf(note, home, sweepId)).length > 0) return new Map();
  return new Map(Object.entries(note.journals));
}

/** Numbers of the segments that were there and are gone, as one that is damaged is removed. Throws `Failure('StoreUnavailable')`. */
export async function lostSegments(home: string, sweepId: string): Promise<number[]> {
  const note = await readNote(home, sweepId);
  return note === null ? [] : lostOf(note, home, sweepId);
}

async function lostOf({ segments }: Note, home: string, sweepId: string): Promise<number[]> {
  const there = new Set(await cellsFiles(home, sweepId));
  return segments.filter((name) => !there.has(name)).map(segmentOf);
}

async function readNote(home: string, sweepId: string): Promise<Note | null> {
  const path = pathOf(home, sweepId);
  return compactedSchema.safeParse(tryJson((await guarded('read', path, () => readIfExists(path))) ?? '')).data ?? null;
}

/** Notes what has been compacted; what another worker noted stays. Throws `Failure('StoreUnavailable')`. */
export async function writeCompacted(home: string, sweepId: string, bytes: ReadonlyMap<string, number>): Promise<void> {
  const path = pathOf(home, sweepId);
  const before = await readCompacted(home, sweepId);
  const names = new Set([...before.keys(), ...bytes.keys()]);
  const journals = [...names].map((name) => [name, Math.max(before.get(name) ?? 0, bytes.get(name) ?? 0)] as const);
  const segments = await cellsFiles(home, sweepId);
  const note = { format: 1, segments, journals: Object.fromEntries(journals) };
  await guarded('write', path, () => atomicWrite(path, `${JSON.stringify(note)}\n`));
}

function pathOf(home: string, sweepId: string): string {
  return join(journalFolder(home, sweepId), 'compacted.json');
}
