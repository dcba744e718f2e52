import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { CellResult } from '../../../domain/cell.js';
import { foldCells } from '../../../infra/arrow/fold-cells.js';
import { readResults } from '../../../infra/arrow/results.js';
import { readSegments } from '../../../infra/arrow/segments.js';
import { packagePath } from '../../../infra/package-path.js';
import { openJournal } from '../../../infra/store/journal.js';
import { SweepTally } from '../../../report/arm-tally.js';
import { fraction } from '../../support/fraction.js';
import { syntheticCells } from '../../support/synthetic-sweep.js';
import { temporaryHomes } from '../store/home.js';

const KILLS = 40;
const CELLS = 120;
const PAGE = 10;
/** Longest time in milliseconds from a sign of progress to the kill: what a page takes on a busy machine. */
const LONGEST = 60;
const newHome = temporaryHomes();

/** Compacts a sweep's pages two at a time, and says when each begins. */
const COMPACTOR = `
  const [home, dist, pages] = process.argv.slice(1);
  const { Compactor } = await import(dist + '/infra/arrow/compactor.js');
  const compactor = new Compactor(home, 'demo');
  const all = JSON.parse(pages);
  const one = async (number) => {
    process.stdout.write(number + '\\n');
    await compactor.compact({ number, cellIds: all[number], segmentCellIds: async () => all.slice(0, 20).flat() });
  };
  for (let number = 0; number < all.length; number += 2) await Promise.all([number, number + 1].map(one));
`;

/** Runs the compactor; kills it a seeded while after it began a seeded page. True if it came to its end. */
async function compactAndKill(home: string, pages: readonly string[][], seed: string | null): Promise<boolean> {
  const args = ['--input-type=module', '-e', COMPACTOR, home, packagePath('dist'), JSON.stringify(pages)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const last = seed === null ? -1 : Math.floor(fraction(`${seed} page`) * pages.length);
  for await (const line of createInterface(child.stdout)) {
    if (Number(line) !== last) continue;
    await sleep(fraction(`${seed} pause`) * LONGEST);
    child.kill('SIGKILL');
  }
  const [code] = await exited;
  return code === 0;
}

/** Two workers' journals of all cells: an unscored row before the judged one of some, a late copy of others. */
async function writeJournals(home: string, results: readonly CellResult[]): Promise<void> {
  const journals = [await openJournal(home, 'demo', 'a'), await openJournal(home, 'demo', 'b')];
  for (const [at, result] of results.entries()) {
    const journal = journals[at % 2];
    if (at % 7 === 0 && result.verdict !== 'unscored') await journal?.append({ ...result, verdict: 'unscored' });
    await journal?.append(result);
    if (at % 11 === 0) await journals[(at + 1) % 2]?.append({ ...result, finishedAt: result.finishedAt + 1 });
  }
  for (const journal of journals) await journal.close();
}

const ids = (results: readonly CellResult[]): string[] => results.map(({ cell }) => cell.cellId).sort();

test(`${KILLS} kills of compaction at seeded moments lose no row and double none`, async () => {
  const results = syntheticCells('demo', 0, CELLS, CELLS);
  const byId = results.toSorted((a, b) => (a.cell.cellId < b.cell.cellId ? -1 : 1));
  const pages = Array.from({ length: CELLS / PAGE }, (_, page) => ids(results.slice(page * PAGE, (page + 1) * PAGE)));
  let home = newHome();
  let killed = 0;
  await writeJournals(home, results);
  for (let n = 0; killed < KILLS; n += 1) {
    const isDone = await compactAndKill(home, pages, `compaction ${n}`);
    if (!isDone) killed += 1;
    expect(await readResults(home, 'demo')).toEqual(byId);
    const held = ids(await readSegments(home, 'demo'));
    expect(held).toEqual([...new Set(held)]);
    const tally = await foldCells(home, 'demo', () => new SweepTally());
    expect(tally.arms().reduce((sum, { cells }) => sum + cells, 0)).toBe(CELLS);
    if (!isDone && n % 4 !== 3) continue;
    expect(await compactAndKill(home, pages, null)).toBe(true);
    expect(await readSegments(home, 'demo')).toHaveLength(CELLS);
    expect(new Set(await readSegments(home, 'demo'))).toEqual(new Set(byId));
    home = newHome();
    await writeJournals(home, results);
  }
}, 600_000);
