import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { RULES, type RuleName } from '../../domain/rescore/rescore.js';
import type { CommonOptions } from '../context.js';
import { rescoreLogs } from '../rescore.js';
import { common } from './common.js';

interface RescoreFlags extends CommonOptions {
  readonly logs: string;
  readonly rule?: RuleName;
  readonly tasks?: string;
}

/** `rescore`. It reads files and nothing else, so it opens no home. */
export function addRescoring(program: Command): void {
  common(program.command('rescore'))
    .requiredOption('--logs <file>', 'recorded runs, a JSON object a line with stdout and stderr; .jsonl or .jsonl.gz')
    .addOption(
      new Option('--rule <name>', 'the rule to judge by; all of them side by side unless given').choices(RULES),
    )
    .option('--tasks <file>', 'the tasks with their requirements and the runs of their references, for `strict`')
    .description(
      'verdicts, faults and error classes of runs that were made elsewhere, from what they wrote; runs nothing',
    )
    .action(async ({ logs, rule, tasks, json }: RescoreFlags) => {
      const files = { logs: resolve(logs), tasks: tasks === undefined ? null : resolve(tasks) };
      const { document, text } = await rescoreLogs({ ...files, rule: rule ?? null });
      process.stdout.write(json === true ? `${JSON.stringify(document)}\n` : `${text}\n`);
    });
}
