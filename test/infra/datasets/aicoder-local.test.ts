import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { aicoderLocal } from '../../../infra/datasets/aicoder-local.js';
import { parseAiCoderEval } from '../../../infra/datasets/aicodereval-format.js';
import { wrongPrograms } from '../../../infra/datasets/own-suite.js';
import { packagePath } from '../../../infra/package-path.js';

const FOLDER = packagePath('infra/datasets/aicoder-local');
const names = readdirSync(FOLDER).flatMap((name) => (name.endsWith('.py') ? [name.slice(0, -'.py'.length)] : []));
const wrongNames = readdirSync(`${FOLDER}/wrong`);

/** What stands above the sections of each task's file. */
const HEADER: Record<string, RegExp> = {
  domain: /^(nlp|vision|audio|multimodal|tabular|time-series|reinforcement-learning|training)$/,
  level: /^[0123]$/,
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
    // Beside its marker a case is named by an assertion, or for a helper that asserts.
    for (const [i, n] of numbers) expect(testSource.split(`[${i}/${n}]`).length).toBeGreaterThan(2);
  });

  test('says why where program and test share a process', () => {
    if (header.get('grading') === 'in-process') expect(source).toMatch(/^# In one process, because /m);
  });

  test('has two wrong programs or more', async () => {
    expect((await wrongPrograms('aicoder-local', name)).length).toBeGreaterThanOrEqual(2);
  });
});

function headerOf(name: string): ReadonlyMap<string, string> {
  const file = `${FOLDER}/${name}.py`;
  return parseAiCoderEval(readFileSync(file, 'utf8'), file).header;
}

/** How many tasks have each value of a header. */
function counts(key: string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name of names) {
    const value = headerOf(name).get(key) ?? '';
    found[value] = (found[value] ?? 0) + 1;
  }
  return found;
}

test('the three levels have about equal parts, and introductory tasks stand beside them', () => {
  const { 0: introductory = 0, ...levels } = counts('level');
  expect(Object.keys(levels)).toEqual(['1', '2', '3']);
  expect(Math.min(...Object.values(levels))).toBeGreaterThan((names.length - introductory) / 5);
  expect(introductory).toBeGreaterThanOrEqual(40);
});

test('introductory tasks of every domain have examples that can be run', async () => {
  const { tasks } = await aicoderLocal.load({ home: '/nonexistent', file: null });
  const introductory = tasks.filter(({ taskId }) => headerOf(taskId).get('level') === '0');
  expect(introductory.filter(({ examples }) => examples === null)).toEqual([]);
  expect([...new Set(introductory.map(({ domain }) => domain))].sort()).toEqual(Object.keys(counts('domain')).sort());
});

test('language, audio and multimodal work have five tasks or more each', () => {
  const { nlp = 0, audio = 0, multimodal = 0 } = counts('domain');
  expect(Math.min(nlp, audio, multimodal)).toBeGreaterThanOrEqual(5);
});

test('nine of ten tasks or more are graded isolated', () => {
  expect(counts('grading')['isolated']).toBeGreaterThanOrEqual(names.length * 0.9);
});

test('every wrong program is one of a task', () => {
  const strays = wrongNames.filter((wrong) => !names.some((name) => wrong.startsWith(`${name}.`)));
  expect(strays).toEqual([]);
});
