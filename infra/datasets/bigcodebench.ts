import { isStandardModule } from '../../domain/python-modules.js';
import { findFunction, logicalLines } from '../../domain/python-source.js';
import type { Task } from '../../domain/task.js';
import { UserError } from '../errors.js';
import { type BigCodeBenchLine, bigCodeBenchLineSchema } from '../parse/dataset-line.js';
import { runnableTest, TEST_CLASS } from './bigcodebench-module.js';
import type { Suite } from './dataset.js';
import { loadLines, type Flaw } from './jsonl.js';

/** What a model is given: code with a docstring to complete, or words and the bare signature. */
type Form = 'complete' | 'instruct';

/** Ends an instruction by repeating the code prompt, which has a field of its own. */
const CODE_PROMPT_AGAIN = /\nYou should write self-contained code starting with:\n```\n[^]*$/;

/** BigCodeBench (arXiv 2406.15877), whose tests are `unittest` classes that patch modules and files. */
export const bigcodebench = bigCodeBenchSuite('complete', {
  id: 'bigcodebench',
  title: 'BigCodeBench: 1,140 tasks with 139 libraries, as docstrings',
  size: 1_140,
  hub: 'bigcode/bigcodebench',
});

/** The same tasks in words. */
export const bigcodebenchInstruct = bigCodeBenchSuite('instruct', {
  id: 'bigcodebench-instruct',
  title: 'BigCodeBench: the same tasks, in words',
  size: 1_140,
  hub: 'bigcode/bigcodebench',
});

/** Those of them that its authors call hard; which they are is told by the authors' file alone. */
export const bigcodebenchHard = bigCodeBenchSuite('complete', {
  id: 'bigcodebench-hard',
  title: 'BigCodeBench-Hard: 148 of the tasks, as docstrings',
  size: 148,
  hub: 'bigcode/bigcodebench-hard',
});

function bigCodeBenchSuite(form: Form, facts: Pick<Suite, 'id' | 'title' | 'size'> & { hub: string }): Suite {
  const { hub, ...named } = facts;
  return {
    ...named,
    licence: 'Apache-2.0',
    isCalibrated: true,
    load: async ({ file }) => {
      if (file === null) throw needsFile(named.id, hub);
      return loadLines(file, bigCodeBenchLineSchema, ({ value }) => toTask(value, named.id, form));
    },
  };
}

function needsFile(id: string, hub: string): UserError {
  return new UserError(`The suite "${id}" reads a file of yours: ${hub} is published as Parquet, not as JSON lines.`, {
    hint: [
      'Set `file` of the suite (`--tasks` of grade) to a copy as .jsonl or .jsonl.gz. To make one, with Python\'s "datasets":',
      `load_dataset("${hub}", split="v0.1.4").to_json("tasks.jsonl")`,
    ].join(' '),
    exitCode: 2,
  });
}

function toTask(line: BigCodeBenchLine, suite: string, form: Form): Task | Flaw {
  for (const field of ['complete_prompt', 'code_prompt'] as const) {
    if (findFunction(line[field], line.entry_point) !== null) continue;
    return { field, why: `does not define the entry point ${line.entry_point}` };
  }
  const cases = countCases(line.test);
  if (cases === 0) return { field: 'test', why: `has no class ${TEST_CLASS} with test methods` };
  const prompt = form === 'complete' ? line.complete_prompt : line.code_prompt;
  return {
    suite,
    taskId: line.task_id,
    domain: 'general',
    libraries: line.libs.filter((name) => !isStandardModule(name)),
    prompt,
    instruction: form === 'complete' ? null : line.instruct_prompt.replace(CODE_PROMPT_AGAIN, '').trim(),
    entryPoint: line.entry_point,
    reference: prompt + line.canonical_solution,
    test: runnableTest(line.test),
    cases,
    // They show how it is called: a third of the references don't give what they show, or need files that are nowhere.
    examples: null,
    environment: 'bigcodebench',
    grading: 'in-process',
  };
}

/** The test methods of the class that is run; one that is defined twice is one. */
function countCases(test: string): number {
  const lines = logicalLines(test).filter(({ blank }) => !blank);
  const start = lines.findLastIndex(({ text }) => new RegExp(`^class\\s+${TEST_CLASS}\\b`).test(text)) + 1;
  if (start === 0) return 0;
  const end = lines.findIndex(({ indent }, index) => index >= start && indent === 0);
  const body = lines.slice(start, end < 0 ? undefined : end);
  const names = body
    .filter(({ indent }) => indent === body[0]?.indent)
    .flatMap(({ text }) => /^\s*(?:async\s+)?def\s+(test\w*)/.exec(text)?.[1] ?? []);
  return new Set(names).size;
}
