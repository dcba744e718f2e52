import { known, type Known } from '../../domain/build/resemblance.js';
import { findSuite } from '../datasets/registry.js';
import type { LoadedSuite, SuiteContext } from '../datasets/dataset.js';
import { UserError } from '../errors.js';

/** Suites that ship with this program: a new task must not resemble one of theirs. */
const OWN = ['starter', 'aicoder-local'];
/** Readers of a file of tasks, tried in this order. */
const READERS = ['aicodereval', 'jsonl'];

/**
 * The tasks that new ones are compared with: the project's own, and those of files in the format of `aicodereval` or `jsonl`.
 * Throws UserError (exit 2) for a file that neither can be read as.
 */
export async function knownTasks(files: readonly string[], ctx: Omit<SuiteContext, 'file'>): Promise<Known[]> {
  const all: Known[] = [];
  for (const suite of OWN) all.push(...knownOf(suite, await findSuite(suite).load({ ...ctx, file: null })));
  for (const file of files) all.push(...knownOf(file, await readTasks(file, ctx)));
  return all;
}

function knownOf(name: string, { tasks }: LoadedSuite): Known[] {
  return tasks.map((task) => known(`${name}/${task.taskId}`, task));
}

async function readTasks(file: string, ctx: Omit<SuiteContext, 'file'>): Promise<LoadedSuite> {
  const problems: string[] = [];
  for (const reader of READERS) {
    try {
      const found = await findSuite(reader).load({ ...ctx, file });
      if (found.tasks.length > 0) return found;
      problems.push(`as ${reader} it holds no task`);
    } catch (error) {
      if (!(error instanceof UserError) || error.exitCode !== 2) throw error;
      problems.push(error.message);
    }
  }
  throw new UserError(`No tasks can be read from ${file}: ${problems.join('; ')}`, {
    hint: 'Give a file in the format of the suite aicodereval or jsonl; docs/add-a-dataset.md shows the second.',
    exitCode: 2,
  });
}
