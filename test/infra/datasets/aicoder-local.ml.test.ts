import { afterAll, describe, expect, test } from '@jest/globals';
import { extractCandidate } from '../../../domain/extract-candidate.js';
import { prelude } from '../../../domain/prelude.js';
import { judge } from '../../../domain/verdict.js';
import { aicoderLocal } from '../../../infra/datasets/aicoder-local.js';
import { wrongPrograms } from '../../../infra/datasets/own-suite.js';
import { suiteContract } from '../../contracts/suite-contract.js';
import { TestSandbox } from '../../support/test-sandbox.js';

const load = () => aicoderLocal.load({ home: '/nonexistent', file: null });

suiteContract(aicoderLocal, load, []);

describe('aicoder-local', () => {
  const sandbox = new TestSandbox();
  afterAll(() => sandbox.close());

  test('every wrong program fails by an assertion of a case', async () => {
    const { tasks } = await load();
    const wrong = tasks.map(async (task) => {
      const programs = await wrongPrograms('aicoder-local', task.taskId);
      return programs.map((code, index) => {
        const program = extractCandidate(task, code)?.program ?? '';
        return { ...task, name: `${task.taskId}, wrong program ${index + 1}`, program, prelude: prelude(task) };
      });
    });
    const runs = (await Promise.all(wrong)).flat();
    const reports = await sandbox.runAll(runs);
    const seen = reports.map((report, index) => [
      runs[index]?.name,
      judge(report),
      report.exception?.type,
      /^Test case \[\d+\/\d+\] failed: /.test(report.exception?.message ?? ''),
      report.cases.includes('failed'),
    ]);
    expect(seen).toEqual(runs.map(({ name }) => [name, 'fail', 'AssertionError', true, true]));
  });
});
