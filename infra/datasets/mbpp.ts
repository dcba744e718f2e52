import type { Task } from '../../domain/task.js';
import { mbppLineSchema, type MbppLine } from '../parse/dataset-line.js';
import { assertTest } from './assert-test.js';
import { requireFile, type Suite } from './dataset.js';
import { loadLines, type Flaw, type JsonLine } from './jsonl.js';
import { importsFor, promptProgram, testedFunction } from './program-prompt.js';

const WHERE =
  'MBPP is https://github.com/google-research/google-research/blob/master/mbpp/mbpp.jsonl, or sanitized-mbpp.json there.';

/** As EvalPlus writes ids. */
const ID_PREFIX = 'Mbpp/';

/** MBPP (arXiv 2108.07732): functions asked for in a sentence and the assertions that judge them. */
export const mbpp: Suite = {
  id: 'mbpp',
  title: 'MBPP: basic Python functions, asked for in a sentence',
  licence: 'CC-BY-4.0',
  size: null,
  load: async (ctx) => loadLines(requireFile(ctx, 'mbpp', WHERE), mbppLineSchema, toTask, { idPrefix: ID_PREFIX }),
};

function toTask({ value: line }: JsonLine<MbppLine>): Task | Flaw {
  const { code, test_list: tests } = line;
  const entryPoint = testedFunction(code, tests);
  if (entryPoint === null) return { field: 'code', why: 'defines no function that the tests call' };
  const words = `${line.text.trim()}\n\nYour code should pass these tests:\n\n${tests.map((test) => test.trim()).join('\n')}`;
  const prompted = promptProgram(code, entryPoint, words);
  if (prompted === null) return { field: 'code', why: `does not define ${entryPoint} as a function` };
  const test = assertTest([...importsFor(tests.join('\n'), code), ...line.test_imports, line.test_setup_code], tests);
  return {
    suite: 'mbpp',
    taskId: ID_PREFIX + line.task_id,
    domain: 'general',
    libraries: [],
    ...prompted,
    instruction: words,
    entryPoint,
    test,
    cases: tests.length,
    // The prompt shows every assertion.
    examples: test,
    environment: 'base',
    grading: 'isolated',
  };
}
