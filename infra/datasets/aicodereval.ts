import { splitSections } from '../../domain/aicodereval-sections.js';
import type { Task } from '../../domain/task.js';
import { readRecords, type AiCoderEvalRecord } from './aicodereval-records.js';
import { toTask } from './aicodereval-task.js';
import { listPackages, type Packages } from './choose-environment.js';
import type { LoadedSuite, Suite, SuiteContext, Unusable } from './dataset.js';
import { fileOrHub } from './hub.js';
import { programText, readProgramFacts } from './program-facts.js';

const HUB = { suite: 'aicodereval', repository: 'vixuowis/AICoderEval', path: 'v5-test-492.jsonl' };

/** AICoderEval (arXiv 2406.04712), versions 2 to 5: programs over Hugging Face, PyTorch and TensorFlow. */
export const aicodereval: Suite = {
  id: 'aicodereval',
  title: 'AICoderEval: programs over Hugging Face, PyTorch and TensorFlow, of a file',
  licence: 'Apache-2.0',
  size: null,
  repository: HUB.repository,
  load: async (ctx) => loadRecords(await readRecords(await fileOrHub(HUB, ctx)), ctx, await listPackages()),
};

const TWICE = 'an earlier program has the same id';

/** The tasks that programs make, each in the smallest of the environments that has what it needs. */
export async function loadRecords(
  records: readonly AiCoderEvalRecord[],
  { env }: Pick<SuiteContext, 'env'>,
  environments: readonly Packages[],
): Promise<LoadedSuite> {
  const programs = records.map((record) => {
    const source = record.content.replace(/\r\n?/g, '\n');
    return { record, split: splitSections(source), text: programText(source) };
  });
  const { programs: facts, ...python } = await readProgramFacts(
    programs.map(({ text }) => text),
    env,
  );
  const surroundings = {
    environments,
    stdlib: new Set(python.stdlib),
    python: python.version.join('.'),
  };
  const tasks = new Map<string, Task>();
  const unusable: Unusable[] = [];
  for (const [index, program] of programs.entries()) {
    const parsed = facts[index];
    if (parsed === undefined) continue;
    const made = toTask({ ...program, parsed }, surroundings);
    const { prompt, entryPoint } = parsed.facts ?? {};
    const { reference, test } = program.text;
    // What has no test at all may be a line of another format.
    const text = test.trim() === '' ? undefined : { prompt: prompt ?? '', reference, entryPoint: entryPoint ?? '' };
    if ('why' in made) unusable.push({ ...made, text });
    else if (tasks.has(made.taskId))
      unusable.push({ taskId: made.taskId, where: program.record.where, why: TWICE, text });
    else tasks.set(made.taskId, made);
  }
  return { tasks: [...tasks.values()], unusable };
}
