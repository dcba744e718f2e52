import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { extractCandidate } from '../../domain/extract-candidate.js';
import { findFunction } from '../../domain/python-source.js';
import type { Task } from '../../domain/task.js';
import type { Suite } from '../../infra/datasets/dataset.js';

/** Runs each pair of sources as one module in a process of its own; gives null for a pass, else what it ended with. */
const RUN_ALL = `
import json, os, sys, traceback
for program, test in json.load(sys.stdin):
    reader, writer = os.pipe()
    if os.fork() == 0:
        sys.stdout = open(os.devnull, "w")
        outcome = None
        try:
            scope = {"__name__": "candidate"}
            exec(compile(program, "candidate.py", "exec"), scope)
            exec(compile(test, "test.py", "exec"), scope)
        except BaseException:
            outcome = traceback.format_exc(limit=-2)
        os.write(writer, json.dumps(outcome)[:60000].encode())
        os._exit(0)
    os.close(writer)
    print(os.fdopen(reader).read())
    os.wait()
`;

/** Outcomes of programs under bare Python, in order: null for a pass, else the end of the traceback. */
export async function runPrograms(pairs: readonly (readonly [program: string, test: string])[]): Promise<unknown[]> {
  const python = spawn('python3', ['-I', '-c', RUN_ALL], { stdio: ['pipe', 'pipe', 'inherit'] });
  python.stdin.end(JSON.stringify(pairs));
  const lines = (await text(python.stdout)).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as unknown);
}

/** What every suite must keep. `brokenExamples` are tasks whose published examples contradict their own reference. */
export function suiteContract(
  suite: Suite,
  load: () => Promise<readonly Task[]>,
  brokenExamples: readonly string[],
): void {
  describe(`the suite ${suite.id}`, () => {
    let tasks: readonly Task[] = [];
    beforeAll(async () => {
      tasks = await load();
    });
    const failures = async (pairs: readonly (readonly [Task, string, string])[]) => {
      const outcomes = await runPrograms(pairs.map(([, program, check]) => [program, check]));
      expect(outcomes).toHaveLength(pairs.length);
      return pairs.flatMap(([{ taskId }], index) => (outcomes[index] === null ? [] : [taskId]));
    };

    test('has the size that it says, and ids of its own', () => {
      if (suite.size !== null) expect(tasks).toHaveLength(suite.size);
      expect(new Set(tasks.map(({ taskId }) => taskId)).size).toBe(tasks.length);
      expect(new Set(tasks.map((task) => task.suite))).toEqual(new Set([suite.id]));
    });

    test('prompts end with the documented entry point, and hold no solution', () => {
      for (const { prompt, entryPoint, reference } of tasks) {
        const found = findFunction(prompt, entryPoint);
        const isBare = found !== null && found.docstring === null;
        expect([entryPoint, isBare || prompt.slice(found?.headEnd).trim() === '']).toEqual([entryPoint, true]);
        expect(reference.startsWith(prompt.trimEnd())).toBe(true);
      }
    });

    test('every reference passes', async () => {
      expect(await failures(tasks.map((task) => [task, task.reference, task.test]))).toEqual([]);
    });

    test('a function that returns nothing passes no task', async () => {
      const stubs = tasks.map((task) => [task, `${task.prompt}    return None\n`, task.test] as const);
      expect(await failures(stubs)).toEqual(tasks.map(({ taskId }) => taskId));
    });

    test('the examples fit the reference, and a stub fails them', async () => {
      const shown = tasks.filter(({ examples }) => examples !== null);
      expect(shown.length).toBeGreaterThan(tasks.length / 3);
      const of = (program: (task: Task) => string) =>
        shown.map((task) => [task, program(task), task.examples ?? ''] as const);
      expect(await failures(of(({ reference }) => reference))).toEqual(brokenExamples);
      expect(await failures(of(({ prompt }) => `${prompt}    return object()\n`))).toEqual(
        shown.map(({ taskId }) => taskId),
      );
    });

    test.each<[string, (task: Task) => string]>([
      ['in a fence', ({ reference }) => `Here:\n\`\`\`python\n${reference}\n\`\`\`\nThat's it.`],
      ['as bare code', ({ reference }) => reference],
      ['as the function alone', (task) => `\`\`\`\n${functionAlone(task)}\n\`\`\``],
      ['as a body', ({ prompt, reference }) => reference.slice(prompt.trimEnd().length + 1).replace(/^\n+/, '')],
      [
        'as a body that lost its first indentation',
        ({ prompt, reference }) => reference.slice(prompt.trimEnd().length).trim(),
      ],
    ])('a reference answered %s is taken and passes', async (_name, answer) => {
      const programs = tasks.map(
        (task) => [task, extractCandidate(task, answer(task))?.program ?? 'no code', task.test] as const,
      );
      expect(await failures(programs)).toEqual([]);
    });
  });
}

function functionAlone({ reference, entryPoint }: Task): string {
  return reference.slice(findFunction(reference, entryPoint)?.start);
}
