import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { type CommonOptions, openContext } from '../context.js';
import { validateSuite } from '../validate.js';
import { common, type SandboxFlags, sandboxOf, sandboxOptions, whole } from './common.js';

interface ValidateFlags extends CommonOptions, SandboxFlags {
  readonly jobs: string;
  readonly mutants: string;
  readonly again?: boolean;
}

/** `validate`. */
export function addValidating(program: Command): void {
  sandboxOptions(common(program.command('validate')))
    .requiredOption('--suite <id>', 'the suite whose tasks are tried')
    .option('--jobs <n>', 'programs at the same time', String(availableParallelism()))
    .option('--mutants <n>', 'changed references to try for each task, at most', '8')
    .option('--again', 'run the references anew, to find those that do not always pass')
    .description('try the tasks themselves: references, stubs and mutants; exit 1 if a task is not usable')
    .action(async (flags: ValidateFlags) => {
      const options = {
        jobs: whole('--jobs', flags.jobs, 1, 'One for each core is usual.'),
        mutants: whole('--mutants', flags.mutants, 0, 'With 0 only stubs are tried.'),
        again: flags.again === true,
        ...sandboxOf(flags),
      };
      process.exitCode = await validateSuite(options, await openContext(flags));
    });
}
