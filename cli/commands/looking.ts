import type { Command } from 'commander';
import { SUITES } from '../../infra/datasets/registry.js';
import { describeModels } from '../../infra/models/registry.js';
import { type CommonOptions, openContext } from '../context.js';
import { doctor } from '../doctor.js';
import { common } from './common.js';

/** `suites`, `models`, `doctor`. */
export function addLooking(program: Command): void {
  common(program.command('suites'))
    .description('the suites there are')
    .action(async (flags: CommonOptions) => {
      const rows = SUITES.map(({ id, title, licence, size }) => ({ id, title, licence, tasks: size }));
      const lines = rows.map(
        ({ id, tasks, licence, title }) =>
          `${id.padEnd(22)} ${String(tasks ?? '?').padStart(5)} tasks  ${licence.padEnd(10)} ${title}`,
      );
      (await openContext(flags)).print(rows, lines.join('\n'));
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
