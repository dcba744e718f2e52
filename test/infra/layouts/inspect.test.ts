import { expect, test } from '@jest/globals';
import { inspectFiles } from '../../../infra/layouts/inspect.js';
import { openBlobStore } from '../../../infra/store/blobs.js';
import { temporaryHomes } from '../store/home.js';
import { makeResult } from '../store/results.js';

const newHome = temporaryHomes();

test('an arm of more results than fit on a stack is written, with its first start and its last end', async () => {
  const one = makeResult({}, { verdict: 'unscored' });
  const { startedAt, finishedAt, cell } = one;
  const last = { ...one, startedAt: startedAt + 5_000, finishedAt: finishedAt + 5_000, cell: { ...cell, sample: 6 } };
  const results = [last, ...Array.from({ length: 130_000 }, () => one)];
  const [log] = inspectFiles({ name: 'arm', results }, openBlobStore(newHome()));
  // What says something of all results stands before the samples.
  let head = '';
  for await (const text of log?.texts ?? []) {
    head = text;
    break;
  }
  expect(head).toContain(`"started_at": "2023-11-14T22:13:20.000+00:00"`);
  expect(head).toContain(`"completed_at": "2023-11-14T22:13:27.000+00:00"`);
  expect(head).toContain('"epochs": 7');
});
