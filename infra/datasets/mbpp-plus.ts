import { docstringText } from '../../domain/python-source.js';
import type { Task } from '../../domain/task.js';
import { evalPlusLineSchema, type EvalPlusLine } from '../parse/dataset-line.js';
import { assertTest } from './assert-test.js';
import type { Suite } from './dataset.js';
import { evalPlusTest } from './evalplus-test.js';
import { loadLines, type Flaw, type JsonLine } from './jsonl.js';
import { importsFor, promptProgram } from './program-prompt.js';
import { releaseFile } from './release-file.js';

/** MBPP+ (EvalPlus, arXiv 2305.01210): the tasks of MBPP that its makers kept, with many more inputs. */
export const mbppPlus: Suite = {
  id: 'mbpp-plus',
  title: 'MBPP+: tasks of MBPP with many more tests',
  licence: 'Apache-2.0',
  size: 378,
  load: async (ctx) => loadLines(ctx.file ?? (await published(ctx)), evalPlusLineSchema, toTask, { isPublished: true }),
};

const published = releaseFile(
  'https://github.com/evalplus/mbppplus_release/releases/download/v0.2.0/MbppPlus.jsonl.gz',
);

function toTask(line: JsonLine<EvalPlusLine>): Task | Flaw {
  const { task_id: taskId, prompt, entry_point: entryPoint, canonical_solution: solution } = line.value;
  const words = docstringText(prompt.trim()).trim();
  const prompted = promptProgram(solution, entryPoint, words);
  if (prompted === null) return { field: 'canonical_solution', why: `does not define ${entryPoint} as a function` };
  const shown = words.split('\n').filter((text) => /^\s*assert\b/.test(text));
  return {
    suite: 'mbpp-plus',
    taskId,
    domain: 'general',
    libraries: [],
    ...prompted,
    instruction: words,
    entryPoint,
    test: evalPlusTest(line, 'mbpp', solution),
    cases: 2,
    examples: shown.length === 0 ? null : assertTest(importsFor(shown.join('\n'), solution), shown),
    environment: 'base',
    grading: 'isolated',
  };
}
