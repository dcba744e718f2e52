import type { Task } from '../../domain/task.js';
import { UserError } from '../errors.js';
import type { ToolContext } from '../tools/install.js';

/** Where a suite may put and find its files. */
export interface SuiteContext extends ToolContext {
  /** A local file to read in place of the suite's own source; null for that source. */
  readonly file: string | null;
  /** Commit of the suite's repository on the hub, 40 hexadecimal digits; no suite knows one by itself. */
  readonly revision?: string | undefined;
}

/** A task of a suite's files that nothing can be asked or run of. */
export interface Unusable {
  readonly taskId: string;
  /** File, line and field. */
  readonly where: string;
  readonly why: string;
  /** Of a program: it is no Python, or needs packages that there are not; left out for all else. */
  readonly cause?: 'syntax' | 'packages';
  /** What it asks for and what solves it, as far as that can be read: new tasks are compared with it all the same. */
  readonly text?: Pick<Task, 'prompt' | 'reference' | 'entryPoint'> | undefined;
}

export interface LoadedSuite {
  /** In the suite's own order. */
  readonly tasks: readonly Task[];
  readonly unusable: readonly Unusable[];
}

/** A set of benchmark tasks. */
export interface Suite {
  readonly id: string;
  readonly title: string;
  /** SPDX identifier of the licence that the tasks are under. */
  readonly licence: string;
  /** Its repository on the Hugging Face hub, where `revision` names a commit; left out if it comes from elsewhere. */
  readonly repository?: string;
  /** A solution of a samples file is run behind what its task's prompt gives before the function, as the suite's own grader has it. */
  readonly isCalibrated?: true;
  /** Number of tasks; null where it is known only after loading. */
  readonly size: number | null;
  /**
   * All tasks, fetched and checked when first used.
   * Throws UserError: exit 2 for a file of the user's that can't be read, exit 3 where the data can't be had.
   */
  load(ctx: SuiteContext): Promise<LoadedSuite>;
}

/** The file that the user named, for a suite without a source of its own. Throws UserError (exit 2) if there is none. */
export function requireFile({ file }: SuiteContext, suite: string, where: string): string {
  if (file !== null) return file;
  throw new UserError(`The suite "${suite}" reads a file of yours, and none was named.`, {
    hint: `Name it: \`file\` of the suite in a sweep file, --tasks of grade. ${where}`,
    exitCode: 2,
  });
}
