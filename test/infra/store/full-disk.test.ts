import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { writeSegment } from '../../../infra/arrow/segments.js';
import { openAnswerStore } from '../../../infra/store/answers.js';
import { openBlobStore } from '../../../infra/store/blobs.js';
import { openJournal, readJournals } from '../../../infra/store/journal.js';
import { temporaryHomes } from './home.js';
import { makeResult } from './results.js';

const mounts: string[] = [];
// Before the homes are removed: hooks run in the order in which they are set.
afterEach(() => {
  for (const mount of mounts.splice(0)) spawnSync('umount', [mount]);
});
const newHome = temporaryHomes();

function mountMegabyte(folder: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
}

/** A home on a file system of one megabyte. */
function smallDisk(): string {
  const home = join(newHome(), 'disk');
  mkdirSync(home);
  expect(mountMegabyte(home)).toBe(true);
  mounts.push(home);
  return home;
}

const canMount = (() => {
  const probe = mkdtempSync(join(tmpdir(), 'aicodereval-mount-'));
  const isMounted = mountMegabyte(probe);
  if (isMounted) spawnSync('umount', [probe]);
  rmdirSync(probe);
  return isMounted;
})();
const onSmallDisk = canMount ? describe : describe.skip;
const full = { type: 'StoreUnavailable', message: expect.stringContaining('the disk is full; free some space') };

onSmallDisk('a full disk (skipped where a small one cannot be mounted: root only)', () => {
  test('is told by the journal, which loses no row and breaks none when there is space again', async () => {
    const home = smallDisk();
    const ballast = join(home, 'ballast');
    writeFileSync(ballast, Buffer.alloc(900 * 1024));
    const journal = await openJournal(home, 'demo', 'w');
    const rows = Array.from({ length: 300 }, (_, sample) => makeResult({ sample }));
    const refused: typeof rows = [];
    for (const row of rows) await journal.append(row).catch(() => refused.push(row));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(rows.length);
    await expect(journal.append(makeResult())).rejects.toMatchObject(full);
    const kept = new Set((await readJournals(home, 'demo')).map(({ cell }) => cell.cellId));
    expect(rows.filter((row) => !refused.includes(row) && !kept.has(row.cell.cellId))).toEqual([]);
    rmSync(ballast);
    await Promise.all(refused.map((row) => journal.append(row)));
    await journal.close();
    const read = await readJournals(home, 'demo');
    expect(read.toSorted((a, b) => a.cell.sample - b.cell.sample)).toEqual(rows);
  });

  test('leaves nothing half-written of blobs, answers and segments', async () => {
    const home = smallDisk();
    const ballast = join(home, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1000 * 1024));
    const big = 'x'.repeat(100_000);
    const [blobs, answers] = [openBlobStore(home), openAnswerStore(home, 'demo')];
    const results = Array.from({ length: 300 }, (_, sample) => makeResult({ sample }));
    const answer = {
      finishReason: 'stop',
      promptTokens: 1,
      completionTokens: 1,
      costUsd: 0,
      ms: 1,
      storedAt: 1,
    } as const;
    const hashes = { requestSha256: 'a'.repeat(64), completionSha256: 'b'.repeat(64) };
    const save = () => answers.save('key', { ...answer, ...hashes, model: big });
    await expect(blobs.put(big)).rejects.toMatchObject(full);
    await expect(save()).rejects.toMatchObject(full);
    await expect(writeSegment(home, 'demo', 0, results)).rejects.toMatchObject(full);
    expect(await answers.find('key')).toBeNull();
    const entries = readdirSync(home, { recursive: true, withFileTypes: true });
    expect(entries.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual(['ballast']);
    rmSync(ballast);
    expect(await blobs.get(await blobs.put(big))).toBe(big);
    await save();
    expect(await answers.find('key')).toMatchObject(hashes);
  });
});
