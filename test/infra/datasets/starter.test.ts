import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { starter } from '../../../infra/datasets/starter.js';
import { packagePath } from '../../../infra/package-path.js';
import { runPrograms, suiteContract } from '../../contracts/suite-contract.js';

const load = () => starter.load({ home: '/nonexistent', file: null });

suiteContract(starter, load, []);

describe('starter', () => {
  test('every wrong program fails by an assertion of a case', async () => {
    const tasks = await load();
    const pairs = tasks.map(async ({ taskId, test }) => {
      const wrong = await readFile(packagePath(`infra/datasets/starter/wrong/${taskId}.py`), 'utf8');
      return [wrong, test] as const;
    });
    for (const outcome of await runPrograms(await Promise.all(pairs))) {
      expect(outcome).toMatch(/AssertionError: Test case \[\d\/\d\] failed: /);
    }
  });

  test('every task has a domain, three cases or more, and needs no package', async () => {
    for (const task of await load()) {
      expect(task.domain).toMatch(/^(nlp|vision|audio|tabular|training)$/);
      expect(task.cases).toBeGreaterThanOrEqual(3);
      expect(task.test.match(/Testing case \[/g)).toHaveLength(task.cases ?? 0);
      expect(task.libraries).toEqual([]);
      expect(task.examples).not.toBeNull();
    }
  });

  test('a local file is refused', async () => {
    await expect(starter.load({ home: '.', file: 'x.jsonl' })).rejects.toMatchObject({ exitCode: 2 });
  });
});
