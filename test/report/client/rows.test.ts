import { expect, test } from '@jest/globals';
import { NO_FILTERS } from '../../../report/client/route.js';
import { chosenRows, rowAt } from '../../../report/client/rows.js';
import type { PageData } from '../../../report/page/data.js';
import { pageFigures } from '../../../report/page/figures.js';
import { resultsOf } from '../../support/made-up-results.js';

const source = { sweepId: 'sweep', planned: 4, version: '0', limited: [], results: resultsOf((text) => text) };
const data: PageData = { ...pageFigures(source), temporal: null, details: { kind: 'live' } };
const ids = (filters: object): (string | undefined)[] =>
  chosenRows(data, { ...NO_FILTERS, ...filters }).map((row) => rowAt(data, row)?.id);

test('cells come in the order of their tasks', () => {
  expect(ids({})).toEqual(['sweep/one/direct', 'sweep/one/react', 'sweep/two/direct', 'sweep/two/react']);
});

test.each([
  [{ task: 'two' }, ['sweep/two/direct', 'sweep/two/react']],
  [{ strategy: 'react x2, tests', verdict: 'pass' }, ['sweep/one/react', 'sweep/two/react']],
  [{ error: 'assertion' }, ['sweep/two/direct']],
  [{ text: 'TWO  react' }, ['sweep/two/react']],
  [
    { library: 'numpy', domain: 'nlp', suite: 'suite', model: 'model', sort: '-attempts' },
    ['sweep/two/react', 'sweep/one/direct', 'sweep/one/react', 'sweep/two/direct'],
  ],
  [{ model: 'another' }, []],
  [{ sort: 'no-such-column', task: 'one' }, ['sweep/one/direct', 'sweep/one/react']],
])('%j chooses', (filters, expected) => {
  expect(ids(filters)).toEqual(expected);
});

test('a row says of its cell what the results do', () => {
  expect(rowAt(data, 3)).toMatchObject({
    attempts: 2,
    cases: '2/2',
    tokens: 300,
    cost: null,
    ms: 1_010,
    verdict: 'pass',
  });
  expect(rowAt(data, 4)).toBeNull();
});
