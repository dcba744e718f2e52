import { known, type Known } from '../../domain/build/resemblance.js';
import { findSuite } from '../datasets/registry.js';
import type { LoadedSuite, SuiteContext } from '../datasets/dataset.js';
import { UserError } from '../errors.js';

/** Suites that ship with this program: a new task must not resemble one of theirs. */
const OWN = ['starter', 'aicoder-local'];
/** Readers of a file of tasks, tried in this order. */
const READERS = ['aicodereval', 'jsonl'];

/**
 * The tasks that new ones are compared with: the project's own, and those of files in the format of `aicodereval` or `jsonl`, also
 * such as can't be run here. Throws UserError (exit 2) for a file that neither can be read as.
 */
export async function knownTasks(files: readonly string[], ctx: Omit<SuiteContext, 'file'>): Promise<Known[]> {
  const all: Known[] = [];
  for (const suite of OWN) all.push(...knownOf(suite, await findSuite(suite).load({ ...ctx, file: null })));
  for (const file of files) all.push(...knownOf(file, await readTasks(file, ctx)));
  return all;
}

/** Of those tasks, the ones of the user's files: what ships with this program is another list in another version of it. */
export function ofUser(all: readonly Known[]): Known[] {
  return all.filter(({ id }) => !OWN.some((suite) => id.startsWith(`${suite}/`)));
}

function knownOf(name: string, { tasks, unusable }: LoadedSuite): Known[] {
  const others = unusable.flatMap(({ taskId, text }) => (text === undefined ? [] : { taskId, ...text }));
  return [...tasks, ...others].map((task) => known(`${name}/${task.taskId}`, task));
}

async function readTasks(file: string, ctx: Omit<SuiteContext, 'file'>): Promise<LoadedSuite> {
  const problems: string[] = [];
  let unusable: LoadedSuite | null = null;
  for (const reader of READERS) {
    try {
      const found = await findSuite(reader).load({ ...ctx, file });
      if (found.tasks.length > 0) return found;
      problems.push(`as ${reader} it holds no task`);
      // A file of another format holds nothing that could be compared.
      if (found.unusable.some(({ text }) => text !== undefined)) unusable ??= found;
    } catch (error) {
      if (!(error instanceof UserError) || error.exitCode !== 2) throw error;
      problems.push(error.message);
    }
  }
  if (unusable !== null) return unusable;
  throw new UserError(`No tasks can be read from ${file}: ${problems.join('; ')}`, {
    hint: 'Give a file in the format of the suite aicodereval or jsonl; docs/add-a-dataset.md shows the second.',
    exitCode: 2,
  });
}
