import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Finding } from '../../../domain/grade.js';
import { knownVerdictSchema } from '../../../infra/parse/grade.js';
import { KeyedLog } from '../../../infra/store/keyed-log.js';
import { verdictsFolder } from '../../../infra/store/paths.js';
import { temporaryHomes } from './home.js';

const FINDING: Finding = {
  verdict: 'fail',
  fault: 'model',
  errorClass: 'assertion',
  endOfRun: 'exception',
  casesTotal: 1,
  casesPassed: 0,
  asserts: 2,
  executeMs: 3.5,
  cpuMs: 2,
  peakMemoryBytes: 1_000,
  message: 'AssertionError: ',
};

const newHome = temporaryHomes();
const openLog = (home: string, worker: string): KeyedLog<Finding> =>
  new KeyedLog(verdictsFolder(home), worker, knownVerdictSchema);

test('a verdict is found at once, by others after a flush, and a torn line is none', async () => {
  const home = newHome();
  const one = openLog(home, 'host one');
  expect(await one.find('a')).toBeNull();
  one.add('a', FINDING);
  expect(await one.find('a')).toEqual(FINDING);
  await one.flush();
  one.add('b', { ...FINDING, verdict: 'pass' });
  const [file = ''] = await readdir(join(home, 'verdicts'));
  await appendFile(join(home, 'verdicts', file), '{"key": "c", "finding": {"verdi');
  const other = openLog(home, 'host two');
  expect(await other.find('a')).toEqual(FINDING);
  expect(await other.find('b')).toBeNull();
  expect(await other.find('c')).toBeNull();
  await Promise.all([one.close(), other.close()]);
  // What was added after the torn line is whole: the line that it follows is lost, and is graded again.
  const third = openLog(home, 'host three');
  expect(await third.find('a')).toEqual(FINDING);
  await third.close();
});
