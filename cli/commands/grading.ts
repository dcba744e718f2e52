import { resolve } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../../infra/errors.js';
import { type CommonOptions, openContext } from '../context.js';
import { gradeSamples } from '../grade.js';
import { common, parseAssembly, type SandboxFlags, sandboxOf, sandboxOptions } from './common.js';

interface GradeFlags extends CommonOptions, SandboxFlags {
  readonly samples: string;
  readonly out?: string;
  readonly cache: boolean;
  readonly assembly: string;
  readonly failUnder?: string;
}

/** `grade`. */
export function addGrading(program: Command): void {
  sandboxOptions(common(program.command('grade')))
    .requiredOption('--suite <id>', 'the suite that the programs answer')
    .requiredOption('--samples <file>', 'completions or solutions, a JSON object a line; .jsonl or .jsonl.gz')
    .option('--out <dir>', 'where results go; a folder of the home unless given')
    .option('--no-cache', 'run also what was graded before')
    .option(
      '--assembly <name>',
      'how a completion becomes a program: parsed, or authors (as AICoderEval’s did)',
      'parsed',
    )
    .option('--fail-under <share>', 'exit 1 if a smaller share of the programs passes, 0 to 1')
    .description(
      'grade programs made elsewhere: completions or solutions as HumanEval, EvalPlus and BigCodeBench write them',
    )
    .action(async (flags: GradeFlags) => {
      const { samples, out, cache } = flags;
      const options = {
        file: resolve(samples),
        out: out === undefined ? null : resolve(out),
        useCache: cache,
        failUnder: flags.failUnder === undefined ? null : share(flags.failUnder),
        assembly: parseAssembly(flags.assembly),
        ...sandboxOf(flags),
      };
      process.exitCode = await gradeSamples(options, await openContext(flags));
    });
}

function share(text: string): number {
  const value = Number(text);
  if (value >= 0 && value <= 1) return value;
  throw new UserError(`--fail-under must be a number from 0 to 1, not "${text}".`, {
    hint: 'For example 0.5.',
    exitCode: 2,
  });
}
