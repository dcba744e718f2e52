import { describe, expect, test } from '@jest/globals';
import { UserError } from '../../../infra/errors.js';
import { parseSweepFile } from '../../../infra/parse/sweep-file.js';

const MINIMAL = `name: s
suites: [{ id: starter }]
models: [{ id: "openai:m", base_url: "http://127.0.0.1:1/v1" }]
strategies: [{ id: direct }]
`;

function problemOf(text: string): string {
  try {
    parseSweepFile(text, 'sweep.yaml');
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'none';
}

describe('parseSweepFile', () => {
  test('fills in what is left out', () => {
    const sweep = parseSweepFile(MINIMAL, 'sweep.yaml');
    expect(sweep).toMatchObject({ samples: 1, limits: { costUsd: null, tokens: null, wallMs: null } });
    expect(sweep.models[0]).toMatchObject({ label: 'openai:m', temperature: 0, maxTokens: 512, timeoutMs: 600_000 });
    expect(sweep.sandbox).toMatchObject({ cpuSeconds: 10, wallSeconds: 30, memoryBytes: 2 * 1024 ** 3 });
  });

  test('takes numbers as people write them, times and sizes', () => {
    const text = `${MINIMAL}limits: { tokens: 2_000_000, wall: 2h, cost_usd: 5 }\nsandbox: { memory: 512MiB, output: 1MiB }\n`;
    const sweep = parseSweepFile(text, 'sweep.yaml');
    expect(sweep.limits).toEqual({ tokens: 2_000_000, wallMs: 7_200_000, costUsd: 5 });
    expect(sweep.sandbox.memoryBytes).toBe(512 * 1024 ** 2);
  });

  test('takes one strategy in two settings where one has a label', () => {
    const text = MINIMAL.replace('{ id: direct }', '{ id: react }, { id: react, label: react-tests, feedback: tests }');
    expect(parseSweepFile(text, 'sweep.yaml').strategies).toHaveLength(2);
  });

  test('takes only the usable tasks of a suite where the file says so, and a sweep without is what it was', () => {
    const only = (text: string): string => MINIMAL.replace('{ id: starter }', `{ id: starter, only: ${text} }`);
    expect(parseSweepFile(only('usable'), 'sweep.yaml').suites[0]?.only).toBe('usable');
    expect(problemOf(only('some'))).toBe(
      'sweep.yaml, line 2, field "suites.0.only": write usable, or leave it out for all tasks.',
    );
    expect(JSON.stringify(parseSweepFile(MINIMAL, 'sweep.yaml'))).not.toContain('only');
  });

  test('programs get a GPU where the file says so, and a sweep without is what it was', () => {
    expect(parseSweepFile(`${MINIMAL}sandbox: { gpu: a100 }\n`, 'sweep.yaml').sandbox.gpu).toBe('a100');
    expect(JSON.stringify(parseSweepFile(MINIMAL, 'sweep.yaml'))).not.toContain('gpu');
  });

  test('programs are made as the authors did where the file says so', () => {
    expect(parseSweepFile(`${MINIMAL}assembly: authors\n`, 'sweep.yaml').assembly).toBe('authors');
    expect(JSON.stringify(parseSweepFile(MINIMAL, 'sweep.yaml'))).not.toContain('assembly');
  });

  test('a model that only continues text stops where the function is over, unless the file says where', () => {
    const base = MINIMAL.replace('base_url', 'kind: completion, base_url');
    expect(parseSweepFile(base, 'sweep.yaml').models[0]).toMatchObject({
      kind: 'completion',
      stop: ['\nclass ', '\ndef ', '\nif ', '\nprint('],
    });
    const own = base.replace('kind:', 'stop: [], kind:');
    expect(parseSweepFile(own, 'sweep.yaml').models[0]?.stop).toEqual([]);
    expect(parseSweepFile(MINIMAL, 'sweep.yaml').models[0]?.stop).toEqual([]);
    expect(JSON.stringify(parseSweepFile(MINIMAL, 'sweep.yaml'))).not.toMatch(/kind|revision/);
  });

  test.each([
    [
      'a strategy that talks with a model that can’t',
      MINIMAL.replace('base_url', 'kind: completion, base_url').replace(
        '[{ id: direct }]',
        '[{ id: direct }, { id: react }]',
      ),
      'line 4, field "strategies.1.id"',
    ],
    [
      'a branch in place of a commit',
      MINIMAL.replace('starter }', 'starter, revision: main }'),
      'line 2, field "suites.0.revision"',
    ],
    [
      'a file with a revision',
      MINIMAL.replace('starter }', `starter, file: x.jsonl, revision: ${'0'.repeat(40)} }`),
      'field "suites.0.revision"',
    ],
    ['an unknown field', `${MINIMAL}sample: 3\n`, 'sweep.yaml, line 5, field "sample"'],
    [
      'an unknown field inside',
      MINIMAL.replace('starter }', 'starter, limits: 3 }'),
      'line 2, field "suites.0.limits"',
    ],
    ['a wrong value', `${MINIMAL}samples: none\n`, 'line 5, field "samples"'],
    ['a GPU by its product name', `${MINIMAL}sandbox: { gpu: NVIDIA A100 }\n`, 'line 5, field "sandbox.gpu"'],
    ['an assembly that is none', `${MINIMAL}assembly: own\n`, 'line 5, field "assembly"'],
    ['a size without a unit', `${MINIMAL}sandbox: { memory: "12" }\n`, 'line 5, field "sandbox.memory"'],
    ['broken YAML', `${MINIMAL}  x: [\n`, 'sweep.yaml, line'],
    ['a missing field', 'name: s\n', 'field "suites"'],
    ['a label twice', MINIMAL.replace('models: [', 'models: [{ id: "openai:m" }, '), 'field "models.1.label"'],
    [
      'a strategy twice, in one setting',
      MINIMAL.replace('{ id: direct }', '{ id: react }, { id: react }'),
      'line 4, field "strategies.1.label": "react" stands twice; give each setting of a strategy its own label',
    ],
    [
      'a strategy in two settings without labels',
      MINIMAL.replace('{ id: direct }', '{ id: react, feedback: tests }, { id: react, feedback: examples }'),
      'line 4, field "strategies.1.label": "react" stands twice',
    ],
    [
      'a strategy with the name of another one',
      MINIMAL.replace('{ id: direct }', '{ id: react }, { id: codergen, label: react }'),
      'line 4, field "strategies.1.label": "react" stands twice',
    ],
  ])('names file, line and field of %s', (_what, text, expected) => {
    expect(problemOf(text)).toContain(expected);
  });
});
