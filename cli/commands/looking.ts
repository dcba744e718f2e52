import type { Command } from 'commander';
import { findSuite, SUITES } from '../../infra/datasets/registry.js';
import { UserError } from '../../infra/errors.js';
import { describeModels } from '../../infra/models/registry.js';
import { type CommonOptions, openContext } from '../context.js';
import { doctor } from '../doctor.js';
import { loadSuite } from '../load-suite.js';
import { common } from './common.js';

interface SuitesFlags extends CommonOptions {
  readonly suite?: string;
  readonly tasks?: string;
  readonly revision?: string;
}

/** `suites`, `models`, `doctor`. */
export function addLooking(program: Command): void {
  common(program.command('suites'))
    .option('--suite <id>', 'read this one, and tell which of its tasks can’t be used, and why')
    .option('--tasks <file>', 'its tasks from a file of yours, in place of the published ones')
    .option('--revision <commit>', 'the commit of its repository on the Hugging Face hub')
    .description('the suites there are')
    .action(async (flags: SuitesFlags) => {
      if (flags.suite !== undefined) return showSuite(flags, flags.suite);
      if (flags.tasks !== undefined || flags.revision !== undefined)
        throw new UserError('--tasks and --revision need the suite that they are of.', {
          hint: 'Add --suite.',
          exitCode: 2,
        });
      const rows = SUITES.map(({ id, title, licence, size }) => ({ id, title, licence, tasks: size }));
      const lines = rows.map(
        ({ id, tasks, licence, title }) =>
          `${id.padEnd(22)} ${String(tasks ?? '?').padStart(5)} tasks  ${licence.padEnd(12)} ${title}`,
      );
      const unknown = '?: as many as your file has; "aicodereval suites --suite ID --tasks FILE" counts them.';
      (await openContext(flags)).print(rows, [...lines, unknown].join('\n'));
    });
  common(program.command('models'))
    .description('the models there are, and what each needs')
    .action(async (flags: CommonOptions) => {
      const rows = describeModels();
      (await openContext(flags)).print(rows, rows.map(({ id, needs }) => `${id.padEnd(32)} ${needs}`).join('\n'));
    });
  common(program.command('doctor'))
    .description('what this machine has, what is missing, how to get it')
    .action(async (flags: CommonOptions) => doctor(await openContext(flags)));
}

/** How many tasks a suite has, and each that can't be used with the reason. */
async function showSuite({ tasks: file, revision, ...flags }: SuitesFlags, id: string): Promise<void> {
  const context = await openContext(flags);
  const { title, licence } = findSuite(id);
  const source = { id, file: file ?? null, ...(revision === undefined ? {} : { revision }) };
  const { tasks, unusable } = await loadSuite(source, { ...context, say: () => {} });
  const rows = unusable.map(({ taskId, where, why }) => ({ task_id: taskId, where, why }));
  const width = Math.max(0, ...rows.map(({ task_id: taskId }) => taskId.length));
  const lines = rows.map(({ task_id: taskId, where, why }) => `${taskId.padEnd(width)}  ${where}: ${why}`);
  const summary = `${id}: ${tasks.length} tasks, and ${rows.length} that can't be used`;
  context.print({ id, title, licence, tasks: tasks.length, unusable: rows }, [summary, ...lines].join('\n'));
}
