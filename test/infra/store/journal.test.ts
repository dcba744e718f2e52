import { appendFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { openJournal, readJournals } from '../../../infra/store/journal.js';
import { temporaryHomes } from './home.js';
import { makeResult, results } from './results.js';

const newHome = temporaryHomes();
const three = [0, 1, 2].map((sample) => makeResult({ sample }, { message: `row ${sample} ä\u2028€` }));

function journalFile(home: string, worker: string): string {
  return join(home, 'sweeps', 'demo', 'journal', `${worker}.jsonl`);
}

async function write(home: string, worker: string, rows = three): Promise<string> {
  const journal = await openJournal(home, 'demo', worker);
  await Promise.all(rows.map((row) => journal.append(row)));
  await journal.close();
  return journalFile(home, worker);
}

describe('a journal', () => {
  test('gives back what was appended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(results, { maxLength: 8, selector: ({ cell }) => cell.cellId }), async (rows) => {
        const home = newHome();
        await write(home, 'w', rows);
        const byId = (a: { cell: { cellId: string } }, b: typeof a): number => (a.cell.cellId < b.cell.cellId ? -1 : 1);
        expect(await readJournals(home, 'demo')).toEqual(rows.toSorted(byId));
      }),
      { numRuns: 50 },
    );
  });

  test('is empty before its first row', async () => {
    expect(await readJournals(newHome(), 'demo')).toEqual([]);
  });

  test('cut at any byte keeps every whole row, invents none, and takes further rows', async () => {
    const home = newHome();
    const rows = [0, 1].map((sample) => makeResult({ sample }, { verdict: 'unscored', message: 'ä\u2028€' }));
    const path = await write(home, 'w', rows);
    const bytes = readFileSync(path);
    const first = Buffer.byteLength(line(rows[0]));
    const ends = [first, first + Buffer.byteLength(line(rows[1]))];
    const late = makeResult({ taskId: 'later' });
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      writeFileSync(path, bytes.subarray(0, cut));
      // A row whose text is complete but for its line end counts as whole.
      const whole = rows.slice(0, ends.filter((end) => end - 1 <= cut).length);
      expect(await readJournals(home, 'demo')).toEqual(whole);
      const isNearAnEnd = ends.some((end) => Math.abs(end - cut) < 3);
      if (cut % 40 !== 0 && !isNearAnEnd) continue;
      await write(home, 'w', [late]);
      expect(await readJournals(home, 'demo')).toEqual([late, ...whole]);
    }
  });

  test('skips a line of zero bytes that a power failure left', async () => {
    const home = newHome();
    const path = await write(home, 'w', three.slice(0, 2));
    appendFileSync(path, Buffer.alloc(4096));
    await write(home, 'w', three.slice(2));
    expect(await readJournals(home, 'demo')).toEqual(three);
  });

  test('does not drop a whole line of another version without a word', async () => {
    const home = newHome();
    const path = await write(home, 'w');
    appendFileSync(path, `${JSON.stringify({ ...makeResult({ sample: 3 }), verdict: 'maybe' })}\n`);
    await expect(readJournals(home, 'demo')).rejects.toThrow(/w\.jsonl, line 4 .*another version.*verdict/);
  });

  test('keeps one row a cell over several workers, sessions and retries', async () => {
    const home = newHome();
    const unscored = makeResult({ sample: 0 }, { verdict: 'unscored', finishedAt: 1_700_000_000_500 });
    await write(home, 'w1', [unscored, ...three.slice(1)]);
    await write(home, 'w1');
    await write(
      home,
      'w2',
      three.map((row) => ({ ...row, finishedAt: row.finishedAt + 1 })),
    );
    expect(readdirSync(join(home, 'sweeps', 'demo', 'journal'))).toEqual(['w1.jsonl', 'w2.jsonl']);
    expect(await readJournals(home, 'demo')).toEqual(three);
  });

  test('takes many appends at once, in two open journals of one worker', async () => {
    const home = newHome();
    const rows = Array.from({ length: 400 }, (_, sample) =>
      makeResult({ sample }, { message: 'x'.repeat(sample * 7) }),
    );
    const journals = await Promise.all([openJournal(home, 'demo', 'w'), openJournal(home, 'demo', 'w')]);
    await Promise.all(
      rows.map((row, index) => journals[index % 2]?.append(row) ?? Promise.reject(new Error('no journal'))),
    );
    await Promise.all(journals.map((journal) => journal.close()));
    const read = await readJournals(home, 'demo');
    expect(read.toSorted((a, b) => a.cell.sample - b.cell.sample)).toEqual(rows);
  });

  test('makes a file name of any worker name', async () => {
    const home = newHome();
    await write(home, '../a/b:c d');
    expect(readdirSync(join(home, 'sweeps', 'demo', 'journal'))).toEqual(['.._a_b_c_d.jsonl']);
  });

  test('says what is wrong when its folder cannot be made', async () => {
    const home = newHome();
    mkdirSync(join(home, 'sweeps'));
    writeFileSync(join(home, 'sweeps', 'demo'), 'a file');
    await expect(openJournal(home, 'demo', 'w')).rejects.toMatchObject({ type: 'StoreUnavailable' });
  });

  test('reads a file that was truncated to nothing', async () => {
    const home = newHome();
    truncateSync(await write(home, 'w'));
    expect(await readJournals(home, 'demo')).toEqual([]);
  });
});

function line(row: unknown): string {
  return `${JSON.stringify(row)}\n`;
}
