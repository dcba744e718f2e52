import { afterAll, describe, expect, test } from '@jest/globals';
import { starter } from '../../../infra/datasets/starter.js';
import { wrongPrograms } from '../../../infra/datasets/own-suite.js';
import { suiteContract } from '../../contracts/suite-contract.js';
import { TestSandbox } from '../../support/test-sandbox.js';

const load = () => starter.load({ home: '/nonexistent', file: null });

suiteContract(starter, load, []);

describe('starter', () => {
  const sandbox = new TestSandbox();
  afterAll(() => sandbox.close());

  test('every wrong program fails by an assertion of a case', async () => {
    const { tasks } = await load();
    const wrong = tasks.map(async (task) => {
      const programs = await wrongPrograms('starter', task.taskId);
      expect(programs.length).toBeGreaterThan(0);
      return programs.map((program) => ({ ...task, program }));
    });
    for (const report of await sandbox.runAll((await Promise.all(wrong)).flat())) {
      expect(report.exception?.message).toMatch(/^Test case \[\d\/\d\] failed: /);
      expect(report.cases).toContain('failed');
    }
  });

  test('every task has a domain, three cases or more, and needs no package', async () => {
    for (const task of (await load()).tasks) {
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
