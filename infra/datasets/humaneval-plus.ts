import { findFunction } from '../../domain/python-source.js';
import type { Task } from '../../domain/task.js';
import { evalPlusLineSchema, type EvalPlusLine } from '../parse/dataset-line.js';
import type { Suite } from './dataset.js';
import { evalPlusTest } from './evalplus-test.js';
import { examplesTest } from './examples.js';
import { loadLines, type Flaw, type JsonLine } from './jsonl.js';
import { releaseFile } from './release-file.js';

/** HumanEval+ (EvalPlus, arXiv 2305.01210): HumanEval's tasks with some hundred times as many inputs. */
export const humanevalPlus: Suite = {
  id: 'humaneval-plus',
  title: 'HumanEval+: HumanEval with many more tests',
  licence: 'Apache-2.0',
  size: 164,
  load: async (ctx) => loadLines(ctx.file ?? (await published(ctx)), evalPlusLineSchema, toTask, { isPublished: true }),
};

const published = releaseFile(
  'https://github.com/evalplus/humanevalplus_release/releases/download/v0.1.10/HumanEvalPlus.jsonl.gz',
);

function toTask(line: JsonLine<EvalPlusLine>): Task | Flaw {
  const { task_id: taskId, prompt, entry_point: entryPoint, canonical_solution: solution } = line.value;
  if (findFunction(prompt, entryPoint) === null) {
    return { field: 'prompt', why: `does not define the entry point ${entryPoint}` };
  }
  const reference = prompt + solution;
  return {
    suite: 'humaneval-plus',
    taskId,
    domain: 'general',
    libraries: [],
    prompt,
    instruction: null,
    entryPoint,
    reference,
    test: evalPlusTest(line, 'humaneval', reference),
    cases: 2,
    examples: examplesTest(prompt, entryPoint),
    environment: 'base',
    grading: 'isolated',
  };
}
