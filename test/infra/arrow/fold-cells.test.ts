import { renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type CellFacts, cellFacts } from '../../../domain/cell-facts.js';
import type { CellResult } from '../../../domain/cell.js';
import { foldCells, foldColumns } from '../../../infra/arrow/fold-cells.js';
import { readResults } from '../../../infra/arrow/results.js';
import { readSegments, writeSegment } from '../../../infra/arrow/segments.js';
import { openJournal } from '../../../infra/store/journal.js';
import { copySegment } from './golden.js';
import { temporaryHomes } from '../store/home.js';
import { makeResult, results } from '../store/results.js';

const newHome = temporaryHomes();

/** What a fold was given; copied, as the objects are used again. */
function collected(home: string, sweepId: string): Promise<{ cells: CellFacts[] }> {
  return foldColumns(home, sweepId, collector(), new Map());
}

function collector() {
  const cells: CellFacts[] = [];
  return { cells, add: (cell: CellFacts) => void cells.push(structuredClone(cell)) };
}

const byTask = (a: CellFacts, b: CellFacts): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

test('columns say the same as the results that they were made of', async () => {
  const key = ({ cell: { suite, taskId, model, strategy, sample } }: CellResult): string =>
    JSON.stringify([suite, taskId, model, strategy.label ?? strategy.id, strategy.feedback, strategy.rounds, sample]);
  const distinct = fc.uniqueArray(results, { maxLength: 6, selector: key });
  await fc.assert(
    fc.asyncProperty(distinct, distinct, async (first, second) => {
      const home = newHome();
      const named = [first, second].map((rows, at) =>
        rows.map((row, n) => ({
          ...row,
          cell: { ...row.cell, cellId: `${at} ${n}`, domain: row.cell.taskId, libraries: [row.cell.taskId] },
        })),
      );
      for (const [index, rows] of named.entries()) await writeSegment(home, 'demo', index, rows);
      const { cells } = await collected(home, 'demo');
      expect(cells.sort(byTask)).toEqual(named.flat().map(cellFacts).sort(byTask));
    }),
    { numRuns: 25 },
  );
}, 120_000);

test.each([1, 2, 3, 4])('columns of version %i say the same as their results', async (version) => {
  const home = newHome();
  copySegment(home, version);
  const { cells } = await collected(home, 'old');
  expect(cells).toEqual((await readSegments(home, 'old')).map(cellFacts));
});

describe('a fold', () => {
  const rows = [0, 1, 2].map((sample) => makeResult({ sample }));
  const verdicts = async (home: string): Promise<string[]> =>
    (await foldCells(home, 'demo', collector)).cells.map(({ finishedAt, verdict }) => `${finishedAt} ${verdict}`);

  test('takes a cell once, from journal or segment, as results do', async () => {
    const home = newHome();
    const [first, second, third] = rows;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no rows');
    const unscored = { ...second, verdict: 'unscored', finishedAt: 1 } as const;
    await writeSegment(home, 'demo', 0, [first, unscored]);
    const journal = await openJournal(home, 'demo', 'w');
    for (const row of [first, unscored, { ...first, finishedAt: first.finishedAt + 1 }, second, third])
      await journal.append(row);
    await journal.close();
    const results = await readResults(home, 'demo');
    expect((await verdicts(home)).sort()).toEqual(results.map(({ finishedAt, verdict }) => `${finishedAt} ${verdict}`));
    expect(results).toHaveLength(3);
  });

  test('reads whole results where a cell is in two segments, or the files of one do not belong together', async () => {
    const home = newHome();
    await writeSegment(home, 'demo', 0, rows.slice(0, 2));
    await writeSegment(home, 'demo', 1, rows.slice(1));
    await expect(collected(home, 'demo')).rejects.toThrow('a cell is in two segments');
    expect(await verdicts(home)).toHaveLength(3);
    const folder = join(home, 'sweeps', 'demo');
    renameSync(join(folder, 'attempts-00001.arrow'), join(folder, 'attempts-00000.arrow'));
    unlinkSync(join(folder, 'cells-00001.arrow'));
    await expect(collected(home, 'demo')).rejects.toThrow('written at different times');
  });
});
