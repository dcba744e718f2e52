import { prelude } from '../../domain/prelude.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { extractCandidate } from '../../domain/extract-candidate.js';
import { extractCompletion } from '../../domain/extract-completion.js';
import type { Task } from '../../domain/task.js';
import { judge } from '../../domain/verdict.js';
import type { LoadedSuite, Suite } from '../../infra/datasets/dataset.js';
import { TestSandbox } from '../support/test-sandbox.js';
import { type Answers, FUNCTIONS } from './answers.js';

/**
 * What every suite must keep. `brokenExamples` are tasks whose published examples contradict their own reference; null for a
 * suite without examples.
 */
export function suiteContract(
  suite: Suite,
  load: () => Promise<LoadedSuite>,
  brokenExamples: readonly string[] | null,
  from = '',
  answers: Answers = FUNCTIONS,
): void {
  describe(`the suite ${suite.id} ${from}`, () => {
    let tasks: readonly Task[] = [];
    const sandbox = new TestSandbox();
    beforeAll(async () => {
      ({ tasks } = await load());
    });
    afterAll(() => sandbox.close());

    /** Ids of the tasks whose program does not pass, with how many of its cases it passed. */
    const failures = async (program: (task: Task) => string, of = tasks) => {
      const reports = await sandbox.runAll(
        of.map((task) => ({ ...task, program: program(task), prelude: prelude(task) })),
      );
      return of.flatMap(({ taskId }, index) => {
        const report = reports[index];
        return report !== undefined && judge(report) === 'pass' ? [] : [taskId];
      });
    };
    const withExamples = () =>
      tasks.flatMap((task) => (task.examples === null ? [] : [{ ...task, test: task.examples, cases: null }]));

    test('has the size that it says, and ids of its own', () => {
      if (suite.size !== null) expect(tasks).toHaveLength(suite.size);
      expect(new Set(tasks.map(({ taskId }) => taskId)).size).toBe(tasks.length);
      expect(new Set(tasks.map((task) => task.suite))).toEqual(new Set([suite.id]));
    });

    test('prompts ask for what is graded (a function’s end with its docstring), and hold no solution', () => {
      const outcomes = tasks.map((task) => [task.taskId, answers.asks(task)]);
      expect(outcomes).toEqual(tasks.map(({ taskId }) => [taskId, true]));
    });

    test('every reference passes, in as many cases as the task says', async () => {
      const reports = await sandbox.runAll(
        tasks.map((task) => ({ ...task, program: task.reference, prelude: prelude(task) })),
      );
      const outcomes = tasks.map(({ taskId }, index) => {
        const report = reports[index];
        return [taskId, report && judge(report), report?.cases.length, report && report.asserts >= report.cases.length];
      });
      const counts = reports.map((report, index) => tasks[index]?.cases ?? Math.max(1, report.cases.length));
      expect(outcomes).toEqual(tasks.map(({ taskId }, index) => [taskId, 'pass', counts[index], true]));
    });

    test('a program that does nothing passes no task', async () => {
      const ids = tasks.map(({ taskId }) => taskId);
      expect(await failures(answers.stub)).toEqual(ids);
    });

    test('the examples fit the reference, and a stub fails them', async () => {
      const shown = withExamples();
      expect(shown.length > tasks.length / 3).toBe(brokenExamples !== null);
      expect(await failures(({ reference }) => reference, shown)).toEqual(brokenExamples ?? []);
      const ids = shown.map(({ taskId }) => taskId);
      expect(await failures(({ prompt }) => `${prompt}    return object()\n`, shown)).toEqual(ids);
    });

    test('a reference that continues the prompt to the letter is taken and passes', async () => {
      const completed = (task: Task) => extractCompletion(task, answers.continuation(task))?.program;
      expect(await failures((task) => completed(task) ?? 'no code')).toEqual([]);
    });

    test.each(answers.forms)('a reference answered %s is taken and passes', async (_name, answer) => {
      expect(await failures((task) => extractCandidate(task, answer(task))?.program ?? 'no code')).toEqual([]);
    });
  });
}
