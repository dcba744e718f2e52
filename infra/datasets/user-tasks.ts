import { findFunction, topLevelStatements } from '../../domain/python-source.js';
import type { Task } from '../../domain/task.js';
import { userTaskLineSchema, type UserTaskLine } from '../parse/dataset-line.js';
import { assertTest } from './assert-test.js';
import { requireFile, type Suite } from './dataset.js';
import { examplesTest } from './examples.js';
import { loadLines, type Flaw, type JsonLine } from './jsonl.js';

/** Tasks of the user's own, one a line; docs/add-a-dataset.md says how a line is written. */
export const userTasks: Suite = {
  id: 'jsonl',
  title: 'Tasks of your own from a JSONL file',
  licence: 'yours',
  size: null,
  load: async (ctx) =>
    loadLines(requireFile(ctx, 'jsonl', 'docs/add-a-dataset.md shows one.'), userTaskLineSchema, toTask),
};

function toTask({ value: line }: JsonLine<UserTaskLine>): Task | Flaw {
  const { prompt, entry_point: entryPoint, tests } = line;
  const reference = line.reference ?? prompt + (line.canonical_solution ?? '');
  const text = { prompt, reference, entryPoint };
  if (!defines(prompt, entryPoint)) return { field: 'prompt', why: `does not begin ${entryPoint}`, text };
  if (!defines(reference, entryPoint)) return { field: 'reference', why: `does not define ${entryPoint}`, text };
  return {
    suite: 'jsonl',
    taskId: String(line.task_id),
    domain: line.domain,
    libraries: line.libraries,
    prompt,
    instruction: line.instruction,
    entryPoint,
    reference,
    test: line.test ?? assertTest([], tests ?? []),
    cases: tests?.length ?? null,
    examples: line.examples === null ? examplesTest(prompt, entryPoint) : assertTest([], line.examples),
    environment: line.environment,
    grading: line.grading,
  };
}

function defines(source: string, name: string): boolean {
  const isClass = topLevelStatements(source).some((one) => one.kind === 'definition' && one.name === name);
  return isClass || findFunction(source, name) !== null;
}
