import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseAiCoderEval } from '../../../infra/datasets/aicodereval-format.js';
import { wrongPrograms } from '../../../infra/datasets/own-suite.js';
import { packagePath } from '../../../infra/package-path.js';

const FOLDER = packagePath('infra/datasets/aicoder-local');
const names = readdirSync(FOLDER).flatMap((name) => (name.endsWith('.py') ? [name.slice(0, -'.py'.length)] : []));
const wrongNames = readdirSync(`${FOLDER}/wrong`);

/** What stands above the sections of each task's file. */
const HEADER: Record<string, RegExp> = {
  domain: /^(nlp|vision|audio|multimodal|tabular|time-series|reinforcement-learning|training)$/,
  level: /^[123]$/,
  checks: /^.{10,}$/,
  environment: /^(base|data|ml)$/,
  grading: /^(isolated|in-process)$/,
};

// What these programs do is tested in aicoder-local.ml.test.ts.
describe.each(names)('%s', (name) => {
  const file = `${FOLDER}/${name}.py`;
  const source = readFileSync(file, 'utf8');
  const { header, test: testSource, cases } = parseAiCoderEval(source, file);

  test('says its domain, its level, what it checks, and what it needs', () => {
    expect([...header.keys()].sort()).toEqual(Object.keys(HEADER).sort());
    for (const [key, pattern] of Object.entries(HEADER)) expect(header.get(key)).toMatch(pattern);
  });

  test('has three cases or more, each begun by its marker and with an assertion of its own', () => {
    const numbers = [...testSource.matchAll(/Testing case \[(\d+)\/(\d+)\] started\./g)].map(([, i, n]) => [i, n]);
    expect(cases).toBeGreaterThanOrEqual(3);
    expect(numbers).toEqual(Array.from({ length: cases ?? 0 }, (_, index) => [`${index + 1}`, `${cases}`]));
    for (const [i, n] of numbers) expect(testSource).toContain(`Test case [${i}/${n}] failed: `);
  });

  test('says why where program and test share a process', () => {
    if (header.get('grading') === 'in-process') expect(source).toMatch(/^# In one process, because /m);
  });

  test('has two wrong programs or more', async () => {
    expect((await wrongPrograms('aicoder-local', name)).length).toBeGreaterThanOrEqual(2);
  });
});

test('every wrong program is one of a task', () => {
  const strays = wrongNames.filter((wrong) => !names.some((name) => wrong.startsWith(`${name}.`)));
  expect(strays).toEqual([]);
});
