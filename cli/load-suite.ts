import type { SuiteSource } from '../domain/sweep.js';
import type { LoadedSuite } from '../infra/datasets/dataset.js';
import { findSuite } from '../infra/datasets/registry.js';
import { UserError } from '../infra/errors.js';
import type { CommandContext } from './context.js';

/** Unusable tasks that are named; of the rest their number is told. */
const NAMED = 3;

/** Why a task of a suite's files is none: file, line and field, and what is wrong there. Null for one that can be used, or is not there. */
export function whyUnusable({ unusable }: LoadedSuite, taskId: string): string | null {
  const found = unusable.find((each) => each.taskId === taskId);
  return found === undefined ? null : `The task "${taskId}" can't be used: ${found.where}: ${found.why}`;
}

/**
 * All tasks of a suite, fetched if need be. A line on standard error says how many of its files' tasks can't be used, and why.
 * Throws UserError as the suite does, and for a `revision` where the suite has none.
 */
export async function loadSuite(
  { id, file, revision }: SuiteSource,
  { config, onProgress, say }: Pick<CommandContext, 'config' | 'onProgress' | 'say'>,
): Promise<LoadedSuite> {
  const suite = findSuite(id);
  if (revision !== undefined && suite.repository === undefined) {
    throw new UserError(`The suite "${id}" has no revisions to choose from.`, {
      hint: 'Leave `revision` out, or give a `file`.',
      exitCode: 2,
    });
  }
  const { home, env } = config;
  const loaded = await suite.load({ home, env, onProgress, file, revision });
  const { tasks, unusable } = loaded;
  if (unusable.length > 0) {
    const named = unusable.slice(0, NAMED).map(({ taskId, where, why }) => `${taskId} (${where}: ${why})`);
    const more = unusable.length > NAMED ? `, and ${unusable.length - NAMED} more` : '';
    say(
      `${id}: ${unusable.length} of ${tasks.length + unusable.length} tasks can't be used: ${named.join(', ')}${more}`,
    );
  }
  return loaded;
}
