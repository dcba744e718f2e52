import { join } from 'node:path';
import { atomicWrite, listFolder, readIfExists } from '../fs.js';
import { compactedSchema } from '../parse/compacted.js';
import { tryJson } from '../parse/json.js';
import { journalFolder } from './journal.js';
import { sweepFolder } from './paths.js';
import { guarded } from './store-fault.js';

const CELLS_FILE = /^cells-(\d{5,})\.arrow$/;

/**
 * Bytes of each journal whose rows the segments hold, as good or better: readers begin after them. None where a segment
 * that held them is gone: then the journals are the record again. Throws `Failure('StoreUnavailable')`.
 */
export async function readCompacted(home: string, sweepId: string): Promise<ReadonlyMap<string, number>> {
  const note = await readNote(home, sweepId);
  if (note === null || (await lostSegments(home, sweepId)).length > 0) return new Map();
  return new Map(Object.entries(note.journals));
}

/** Numbers of the segments that were there and are gone, as one that is damaged is removed. Throws `Failure('StoreUnavailable')`. */
export async function lostSegments(home: string, sweepId: string): Promise<number[]> {
  const note = await readNote(home, sweepId);
  if (note === null) return [];
  const there = new Set(await cellsFiles(home, sweepId));
  return note.segments.filter((name) => !there.has(name)).map((name) => Number(CELLS_FILE.exec(name)?.[1]));
}

async function readNote(home: string, sweepId: string) {
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

async function cellsFiles(home: string, sweepId: string): Promise<string[]> {
  const folder = sweepFolder(home, sweepId);
  const files = await guarded('read', folder, () => listFolder(folder));
  return files.map(({ name }) => name).filter((name) => CELLS_FILE.test(name));
}
