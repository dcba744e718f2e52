import { expect, test } from '@jest/globals';
import { recordedVerdicts } from '../../../infra/arrow/cell-ids.js';
import { writeSegment } from '../../../infra/arrow/segments.js';
import { openJournal } from '../../../infra/store/journal.js';
import { temporaryHomes } from '../store/home.js';
import { makeResult } from '../store/results.js';

const newHome = temporaryHomes();

test('a cell is judged if any of its rows is, in a segment or in a journal', async () => {
  const home = newHome();
  const judged = [0, 1, 2, 3].map((sample) => makeResult({ sample }, { verdict: 'fail' }));
  const unscored = judged.map((row) => ({ ...row, verdict: 'unscored' }) as const);
  const [a, b, c] = [0, 1, 2] as const;
  await writeSegment(
    home,
    'demo',
    0,
    [unscored[a], judged[b], unscored[c]].flatMap((row) => row ?? []),
  );
  const journal = await openJournal(home, 'demo', 'w');
  for (const row of [judged[a], unscored[b], unscored[c], unscored[3]])
    if (row !== undefined) await journal.append(row);
  await journal.close();
  const found = await recordedVerdicts(home, 'demo');
  expect(judged.map(({ cell }) => found.get(cell.cellId))).toEqual(['fail', 'fail', 'unscored', 'unscored']);
});
