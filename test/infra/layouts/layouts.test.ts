import { expect, test } from '@jest/globals';
import type { CellResult } from '../../../domain/cell.js';
import { evalPlusFiles } from '../../../infra/layouts/evalplus.js';
import { inspectFiles } from '../../../infra/layouts/inspect.js';
import type { LayoutFile } from '../../../infra/layouts/layout.js';
import { type BlobStore, openBlobStore } from '../../../infra/store/blobs.js';
import { temporaryHomes } from '../store/home.js';
import { makeExecution, makeGeneration, makeResult } from '../store/results.js';

const newHome = temporaryHomes();

async function textsOf(files: readonly LayoutFile[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name, texts } of files) {
    let whole = '';
    for await (const text of texts) whole += text;
    found.set(name, whole);
  }
  return found;
}

/** A result whose prompt, answer and program are in the store. */
async function stored(
  blobs: BlobStore,
  cell: { suite: string; taskId: string; sample?: number },
  run: Parameters<typeof makeExecution>[0],
  errorClass: CellResult['errorClass'] = 'assertion',
): Promise<CellResult> {
  const generation = makeGeneration({
    promptSha256: await blobs.put('[{"role":"user","content":"Add."}]'),
    completionSha256: await blobs.put(`The answer:\n"${cell.taskId}"`),
    programSha256: await blobs.put(`def f():\n    return "${cell.taskId}"\n`),
  });
  const execution = makeExecution({ casesTotal: 2, ...run });
  const attempts = [{ attempt: 1, generation, executions: [execution] }];
  return makeResult(cell, { verdict: execution.verdict, errorClass, attempts });
}

test.each([
  ['humaneval-plus', { verdict: 'pass', casesPassed: 2 }, 'none', 'pass', 'pass'],
  ['humaneval-plus', { verdict: 'fail', casesPassed: 1 }, 'assertion', 'pass', 'fail'],
  ['mbpp-plus', { verdict: 'fail', casesPassed: 1 }, 'cpu-time', 'pass', 'timeout'],
  ['mbpp-plus', { verdict: 'fail', casesPassed: 0 }, 'cpu-time', 'timeout', 'timeout'],
  ['mbpp-plus', { verdict: 'fail', casesPassed: 0 }, 'assertion', 'fail', 'fail'],
  // What a run claims of its cases counts for nothing where it proved nothing.
  ['humaneval-plus', { verdict: 'unverified', casesPassed: 2 }, 'none', 'fail', 'fail'],
  ['humaneval', { verdict: 'fail', casesPassed: 1 }, 'assertion', 'fail', null],
] as const)('of %s %j (%s) is %s by the base inputs, %s by all', async (suite, run, errorClass, base, plus) => {
  const blobs = openBlobStore(newHome());
  const result = await stored(blobs, { suite, taskId: 'T/0' }, run, errorClass);
  const texts = await textsOf(evalPlusFiles({ name: 'arm', results: [result] }, blobs));
  const { eval: found } = JSON.parse(texts.get('arm_eval_results.json') ?? '') as { eval: unknown };
  expect(found).toMatchObject({ 'T/0': [{ base_status: base, plus_status: plus }] });
});

test('EvalPlus’ files: a line for each sample, and a document that has the same solutions by task', async () => {
  const blobs = openBlobStore(newHome());
  const cells = ['T/1', 'T/0'].flatMap((taskId) => [1, 0].map((sample) => ({ suite: 'humaneval', taskId, sample })));
  const results = await Promise.all(cells.map((cell) => stored(blobs, cell, { verdict: 'pass' }, 'none')));
  const texts = await textsOf(evalPlusFiles({ name: 'arm', results }, blobs));
  const solution = (task: string): object => ({ task_id: task, solution: `def f():\n    return "${task}"\n` });
  const lines = (texts.get('arm.jsonl') ?? '').trimEnd().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(['T/0', 'T/0', 'T/1', 'T/1'].map(solution));
  expect(JSON.parse(texts.get('arm_eval_results.json') ?? '')).toMatchObject({
    date: '2023-11-14 22:13',
    eval: { 'T/0': [solution('T/0'), solution('T/0')], 'T/1': [solution('T/1'), solution('T/1')] },
  });
});

test('a log of Inspect’s, written sample by sample, is laid out as one that is written at once', async () => {
  const blobs = openBlobStore(newHome());
  const cells = ['a', 'b'].map((taskId) => ({ suite: 'starter', taskId }));
  const results = await Promise.all(cells.map((cell) => stored(blobs, cell, { verdict: 'fail', casesPassed: 1 })));
  const text = (await textsOf(inspectFiles({ name: 'arm', results }, blobs))).get('arm.json') ?? '';
  const log = JSON.parse(text) as { samples: object[] };
  expect(text).toBe(`${JSON.stringify(log, null, 2)}\n`);
  expect(log.samples).toMatchObject([
    { id: 'a', output: { completion: 'The answer:\n"a"' }, scores: { verdict: { value: 'I' } } },
    { id: 'b', output: { completion: 'The answer:\n"b"' }, scores: { verdict: { value: 'I' } } },
  ]);
});
