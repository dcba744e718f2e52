import { readdirSync, readFileSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { CellResult } from '../../../domain/cell.js';
import { decode, encode } from '../../../infra/arrow/codec.js';
import { attemptRows, cellRow, resultsOf } from '../../../infra/arrow/rows.js';
import { SCHEMA_VERSION } from '../../../infra/arrow/format.js';
import { ATTEMPTS, CELLS } from '../../../infra/arrow/schema.js';
import { readResults } from '../../../infra/arrow/results.js';
import { Compactor, PAGES_EACH } from '../../../infra/arrow/compactor.js';
import { readSegments, writeSegment } from '../../../infra/arrow/segments.js';
import { readCompacted } from '../../../infra/store/compacted.js';
import { openJournal, readJournals } from '../../../infra/store/journal.js';
import { temporaryHomes } from '../store/home.js';
import { makeResult, results } from '../store/results.js';

const newHome = temporaryHomes();
const rows = [0, 1, 2, 3].map((sample) => makeResult({ sample }));

async function journal(home: string, ...results: CellResult[]): Promise<void> {
  const file = await openJournal(home, 'demo', 'w');
  for (const result of results) await file.append(result);
  await file.close();
}

/** A page as a worker that has just begun compacts it. */
function compact(home: string, sweepId: string, number: number, cellIds: readonly string[]): Promise<void> {
  return new Compactor(home, sweepId).compact({ number, cellIds, segmentCellIds: async () => cellIds });
}

const ids = (results: readonly CellResult[]): string[] => results.map(({ cell }) => cell.cellId);
const segmentFile = (home: string, name: string): string => join(home, 'sweeps', 'demo', name);

test('rows give back the very results that they were made of', () => {
  const distinct = fc.uniqueArray(results, { maxLength: 6, selector: ({ cell }) => cell.cellId });
  fc.assert(
    fc.property(distinct, (results) => {
      const cells = decode(CELLS, encode(CELLS, results.map(cellRow)));
      const attempts = decode(ATTEMPTS, encode(ATTEMPTS, results.flatMap(attemptRows)));
      expect(resultsOf(cells, attempts)).toEqual(results);
    }),
  );
});

test('sums of a cell row count every attempt, its cases the judged run', () => {
  const [one] = makeResult().attempts;
  const failed = makeResult({}, { verdict: 'fail' }).attempts[0];
  if (one === undefined || failed === undefined) throw new Error('no attempt');
  const row = cellRow(makeResult({}, { attempts: [failed, { ...one, attempt: 2 }] }));
  expect(row).toMatchObject({ attempts: 2, prompt_tokens: 200, completion_tokens: 100, execute_ms: 400, cpu_ms: 300 });
  expect(row).toMatchObject({ cases_total: 4, cases_passed: 4, peak_memory_bytes: 20_000_000, code_lines: 8 });
  expect(cellRow(makeResult({}, { verdict: 'unscored' }))).toMatchObject({ cases_total: null, program_sha256: null });
});

describe('a segment', () => {
  test('is left alone by the page that it holds, and grows by the next', async () => {
    const home = newHome();
    await journal(home, ...rows);
    await compact(home, 'demo', 0, ids(rows.slice(0, 2)));
    const before = readFileSync(segmentFile(home, 'cells-00000.arrow'));
    await compact(home, 'demo', 0, ids(rows.slice(0, 2)));
    expect(readFileSync(segmentFile(home, 'cells-00000.arrow'))).toEqual(before);
    await compact(home, 'demo', 1, ids(rows.slice(2, 3)));
    expect(await readSegments(home, 'demo')).toEqual(rows.slice(0, 3));
    await compact(home, 'demo', PAGES_EACH, ids(rows.slice(3)));
    expect(await readSegments(home, 'demo')).toEqual(rows);
    expect(readdirSync(join(home, 'sweeps', 'demo'))).toContain(`cells-000${PAGES_EACH}.arrow`);
  });

  test('that an earlier version wrote for a page of its own stays as it is', async () => {
    const home = newHome();
    await journal(home, ...rows);
    await writeSegment(home, 'demo', 1, rows.slice(0, 2));
    await compact(home, 'demo', 1, ids(rows.slice(0, 2)));
    expect(readdirSync(join(home, 'sweeps', 'demo'))).toEqual(['attempts-00001.arrow', 'cells-00001.arrow', 'journal']);
  });

  test('that an earlier version wrote for a page of its own takes the better row of a cell that was tried again', async () => {
    const home = newHome();
    const unscored = makeResult({ sample: 0 }, { verdict: 'unscored', finishedAt: 1 });
    await writeSegment(home, 'demo', 1, [unscored, ...rows.slice(1, 2)]);
    await journal(home, ...rows.slice(0, 1));
    await compact(home, 'demo', 1, ids(rows.slice(0, 2)));
    expect(await readSegments(home, 'demo')).toEqual(rows.slice(0, 2));
    expect(readdirSync(join(home, 'sweeps', 'demo'))).toEqual(['attempts-00001.arrow', 'cells-00001.arrow', 'journal']);
  });

  test('may hold no rows at all, and cells without attempts', async () => {
    const home = newHome();
    await writeSegment(home, 'demo', 0, []);
    const unscored = makeResult({}, { verdict: 'unscored', message: 'the host was down' });
    await writeSegment(home, 'demo', 1, [unscored]);
    expect(await readSegments(home, 'demo')).toEqual([unscored]);
  });

  test('half of which is missing or cut is written again by compaction', async () => {
    const home = newHome();
    await journal(home, ...rows);
    await compact(home, 'demo', 0, ids(rows));
    unlinkSync(segmentFile(home, 'cells-00000.arrow'));
    expect(await readSegments(home, 'demo')).toEqual([]);
    await compact(home, 'demo', 0, ids(rows));
    for (const name of ['cells-00000.arrow', 'attempts-00000.arrow']) {
      const { size } = statSync(segmentFile(home, name));
      for (const cut of [0, 5, size - 700, size - 1]) {
        truncateSync(segmentFile(home, name), cut);
        await expect(readSegments(home, 'demo')).rejects.toThrow(/00000\.arrow.* damaged/);
        await compact(home, 'demo', 0, ids(rows));
        expect(await readSegments(home, 'demo')).toEqual(rows);
      }
    }
  });

  test('is no bother to readers while it is a temporary file', async () => {
    const home = newHome();
    await writeSegment(home, 'demo', 0, rows);
    writeFileSync(segmentFile(home, '.cells-00001.arrow.host-1-00000000-0000-0000-0000-000000000000.tmp'), 'ARROW1');
    expect(await readSegments(home, 'demo')).toEqual(rows);
  });

  test('of a newer version is refused with the cure', async () => {
    const home = newHome();
    await writeSegment(home, 'demo', 0, rows);
    const path = segmentFile(home, 'cells-00000.arrow');
    const bytes = readFileSync(path);
    const key = 'aicodereval.schema_version';
    // The value lies next to its key, in the schema's head and again in the file's footer.
    for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, at + 1)) {
      const near = bytes.subarray(Math.max(0, at - 64), at + 64);
      const value = near.indexOf(Buffer.from([1, 0, 0, 0, 0x30 + SCHEMA_VERSION, 0]));
      if (value >= 0) near[value + 4] = 0x39;
    }
    writeFileSync(path, bytes);
    await expect(readSegments(home, 'demo')).rejects.toMatchObject({ exitCode: 3, hint: /Update aicodereval/ });
  });
});

describe('compaction', () => {
  test('takes the cells that it is told, and merges with what the journals still hold', async () => {
    const home = newHome();
    await journal(home, ...rows, ...rows);
    await compact(home, 'demo', 0, ids(rows.slice(0, 2)));
    expect(await readSegments(home, 'demo')).toEqual(rows.slice(0, 2));
    expect(await readResults(home, 'demo')).toEqual(rows);
    expect(readdirSync(join(home, 'sweeps', 'demo')).sort()).toEqual([
      'attempts-00000.arrow',
      'cells-00000.arrow',
      'journal',
    ]);
  });

  test('writes nothing if a cell has no row', async () => {
    const home = newHome();
    await journal(home, ...rows.slice(1));
    await expect(compact(home, 'demo', 0, ids(rows))).rejects.toMatchObject({ type: 'StoreUnavailable' });
    expect(readdirSync(join(home, 'sweeps', 'demo'))).toEqual(['journal']);
  });

  test('leaves a page in the journals where a cell has no row and may have none', async () => {
    const home = newHome();
    await journal(home, ...rows.slice(1));
    const page = { number: 0, cellIds: ids(rows), segmentCellIds: async () => ids(rows), mayLackRows: true };
    const compactor = new Compactor(home, 'demo');
    await compactor.compact(page);
    expect(readdirSync(join(home, 'sweeps', 'demo'))).toEqual(['journal']);
    expect(await readResults(home, 'demo')).toEqual(rows.slice(1));
    await journal(home, ...rows.slice(0, 1));
    await compactor.compact(page);
    expect(await readSegments(home, 'demo')).toEqual(rows);
  });

  test('twice at once leaves one whole segment', async () => {
    const home = newHome();
    await journal(home, ...rows);
    await Promise.all([0, 1, 2].map(() => compact(home, 'demo', 0, ids(rows))));
    expect(await readSegments(home, 'demo')).toEqual(rows);
  });

  test('a retried cell that was judged replaces its unscored row', async () => {
    const home = newHome();
    const unscored = makeResult({ sample: 0 }, { verdict: 'unscored', finishedAt: 1 });
    await writeSegment(home, 'demo', 0, [unscored]);
    await journal(home, ...rows.slice(0, 1));
    expect(await readResults(home, 'demo')).toEqual(rows.slice(0, 1));
  });

  test('notes how much of the journals it has, and forgets it with a segment', async () => {
    const home = newHome();
    await journal(home, ...rows);
    await compact(home, 'demo', 0, ids(rows.slice(1, 3)));
    const after = await readCompacted(home, 'demo');
    expect(await readJournals(home, 'demo', { after })).toEqual(rows);
    await compact(home, 'demo', 1, ids(rows.slice(0, 1)));
    expect(await readJournals(home, 'demo', { after: await readCompacted(home, 'demo') })).toEqual(rows.slice(3));
    expect(await readResults(home, 'demo')).toEqual(rows);
    unlinkSync(segmentFile(home, 'cells-00000.arrow'));
    expect(await readResults(home, 'demo')).toEqual(rows);
  });

  test.each<[string, boolean, number]>([
    ['the page of its own by a new worker', false, 2],
    ['the page of its own by the worker that wrote it', true, 2],
    ['a page of another segment', true, PAGES_EACH],
  ])('that was there and is gone is written anew from the journals with the next page: %s', async (_, isSame, next) => {
    const home = newHome();
    await journal(home, ...rows);
    const all = (segment: number): readonly string[] => ids(segment === 0 ? rows.slice(0, 3) : rows.slice(3));
    const first = new Compactor(home, 'demo');
    const put = (compactor: Compactor, number: number, from: number): Promise<void> => {
      const cellIds = ids(rows.slice(from, from + 1));
      return compactor.compact({ number, cellIds, segmentCellIds: async (segment) => all(segment) });
    };
    await put(first, 0, 0);
    await put(first, 1, 1);
    for (const table of ['cells', 'attempts']) unlinkSync(segmentFile(home, `${table}-00000.arrow`));
    await put(isSame ? first : new Compactor(home, 'demo'), next, next === 2 ? 2 : 3);
    expect(await readSegments(home, 'demo')).toEqual(next === 2 ? rows.slice(0, 3) : rows);
    expect(await readResults(home, 'demo')).toEqual(rows);
  });

  test('puts a better row of a cell in the place of the one that a segment holds', async () => {
    const home = newHome();
    const unscored = makeResult({ sample: 0 }, { verdict: 'unscored', finishedAt: 1 });
    await journal(home, unscored, ...rows.slice(1));
    await compact(home, 'demo', 0, ids(rows));
    await journal(home, ...rows.slice(0, 1));
    await compact(home, 'demo', 0, ids(rows));
    expect(await readSegments(home, 'demo')).toEqual(rows);
  });
});
