import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { headerOf } from '../../../domain/aicodereval-sections.js';
import { aicodereval } from '../../../infra/datasets/aicodereval.js';
import { folder, load, PARTS, program } from './aicodereval-programs.js';

const json = (...lines: readonly unknown[]) => lines.map((line) => JSON.stringify(line)).join('\n');

describe('a JSONL file', () => {
  const parts = { function_code: PARTS.function_code, test_function_code: PARTS.test_function_code };

  test.each<[string, object]>([
    ['as the authors wrote it', { task_id: 'f1', content: program({}), domain: 'Computer Vision Depth Estimation' }],
    ['whatever the field is called', { ID: 'f1', 'the answer': program({}), note: 'x', Domain: 'Computer Vision X' }],
    [
      'sections, with other names',
      {
        id: 'f1',
        Imports: 'import math',
        Code: parts.function_code,
        test: parts.test_function_code,
        call: 'test_half()',
        category: 'Computer Vision X',
      },
    ],
    [
      'sections with their headers',
      {
        name: 'f1',
        domain: 'Computer Vision X',
        function_import: `${headerOf('function_import')}\n\nimport math\n`,
        function_code: `${headerOf('function_code')}\n\n${parts.function_code}\n`,
        test_function_code: parts.test_function_code,
      },
    ],
    ['CRLF', { task_id: 'f1', content: program({}).replaceAll('\n', '\r\n'), domain: 'computer vision' }],
  ])('%s', async (_name, line) => {
    const { tasks } = await load(gzipSync(json(line)));
    expect(tasks).toMatchObject([
      {
        taskId: 'f1',
        domain: 'vision',
        reference: 'import math\n\n\ndef half(x):\n    """Half of a number."""\n    return x / 2\n',
        test: `${PARTS.test_function_code}\n\n\ntest_half()\n`,
        cases: 2,
      },
    ]);
  });

  test('its own requirements count, as a list or as lines', async () => {
    const { tasks } = await load(
      json({ id: 1, ...parts, requirements: ['numpy', 'os'] }, { id: 2, ...parts, requirements: 'torch\nsklearn' }),
    );
    expect(tasks.map(({ taskId, environment, libraries }) => [taskId, environment, libraries])).toEqual([
      ['1', 'data', ['numpy']],
      ['2', 'ml', ['scikit-learn', 'torch']],
    ]);
  });

  test.each([
    ["['torch', 'transformers']", ['torch', 'transformers']],
    ['["torch>=2,<3", "numpy"]', ['numpy', 'torch']],
    ['torch>=2.0, <3.0,numpy', ['numpy', 'torch']],
    ['transformers[torch,sentencepiece]>=4, torch', ['torch', 'transformers']],
    ['[]', []],
  ])('requirements may be text: %s', async (requirements, libraries) => {
    const { tasks } = await load(json({ id: 1, ...parts, requirements }));
    expect(tasks.map((task) => task.libraries)).toEqual([libraries]);
  });

  test('every bound of a version in a text counts', async () => {
    const { unusable } = await load(
      json({ id: 1, ...parts, requirements: 'numpy,torch>=1.0,<2.0' }, { id: 2, ...parts }),
    );
    expect(unusable).toEqual([
      expect.objectContaining({ taskId: '1', why: expect.stringMatching(/has: torch>=1\.0,<2\.0/) }),
    ]);
  });

  test('a program without an id is called by its line; the second of an id is left out', async () => {
    const { tasks, unusable } = await load(`${json(parts)}\n\n${json({ id: 'a', ...parts }, { id: 'a', ...parts })}`);
    expect(tasks.map(({ taskId }) => taskId)).toEqual(['line-1', 'a']);
    expect(unusable).toMatchObject([
      { taskId: 'a', where: expect.stringMatching(/line 4$/), why: 'an earlier program has the same id' },
    ]);
  });

  test('a program that lacks a section is left out, the others are read', async () => {
    const { tasks, unusable } = await load(
      json({ id: 'a', content: 'print(1)' }, { id: 'b', code: 'x' }, { id: 'c', ...parts }),
    );
    expect(tasks.map(({ taskId }) => taskId)).toEqual(['c']);
    expect(unusable).toMatchObject([
      { taskId: 'a', where: expect.stringMatching(/line 1, section "function_code"$/), why: 'the section is missing' },
      { taskId: 'b', where: expect.stringMatching(/line 2, section "test_function_code"$/) },
    ]);
  });

  test.each([
    [
      'no program',
      json({ id: 'a', prompt: 'x', answer: 'y' }),
      /line 1: field "function_code": is missing, .*: there are id, prompt, answer/,
    ],
    [
      'a field of another type',
      json({ id: 'a', ...parts }, { id: 'b', ...parts, function_code: 7 }),
      /line 2: field "function_code": must be a string/,
    ],
    [
      'requirements of another type',
      json({ id: 'a', ...parts, requirements: [1] }),
      /line 1: field "requirements": must be a list of strings/,
    ],
    ['an id of another type', json({ id: {}, ...parts }), /line 1: field "id": must be a string/],
    ['not JSON', `${json(parts)}\n{"id":`, /line 2: is not valid JSON/],
    ['a list of nothing', '[]', /holds no lines/],
  ])('%s is an error by line and field', async (_name, content, message) => {
    await expect(load(content)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
  });
});

describe('a folder', () => {
  test('of programs, called by the id of their API record', async () => {
    const path = join(folder, 'programs');
    await mkdir(path);
    for (const name of ['f00002_half.py', 'other.py', 'f00001_half.py']) await writeFile(join(path, name), program({}));
    await writeFile(join(path, 'notes.txt'), 'x');
    const { tasks } = await aicodereval.load({ home: folder, file: path });
    expect(tasks.map(({ taskId }) => taskId)).toEqual(['f00001', 'f00002', 'other']);
  });

  test('without any, and a file that is not there', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    await expect(aicodereval.load({ home: folder, file: empty })).rejects.toMatchObject({ exitCode: 2 });
    await expect(aicodereval.load({ home: folder, file: join(folder, 'absent') })).rejects.toMatchObject({
      exitCode: 2,
    });
  });
});

test('without a file the cure is named', async () => {
  await expect(aicodereval.load({ home: folder, file: null })).rejects.toMatchObject({
    exitCode: 2,
    hint: expect.stringMatching(
      /`file` of the suite to a copy of v5-test-492\.jsonl.*`revision`.*vixuowis\/AICoderEval/,
    ),
  });
});

test('without Python too', async () => {
  const file = join(folder, 'python.py');
  await writeFile(file, program({}));
  await expect(aicodereval.load({ home: folder, file, env: { PATH: folder } })).rejects.toMatchObject({
    exitCode: 3,
    hint: expect.stringMatching(/python3/),
  });
});
