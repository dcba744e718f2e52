import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type ModelSpec, OMISSIBLE } from '../../domain/sweep.js';
import { UserError } from '../../infra/errors.js';
import { parseSweep } from '../../infra/parse/sweep-file.js';
import { buildDataset } from '../build-dataset.js';
import type { BuildOptions } from '../build-plan.js';
import { type CommonOptions, openContext } from '../context.js';
import { common, type LimitFlags, limitOptions, limitsOf, whole } from './common.js';

interface BuildFlags extends CommonOptions, LimitFlags {
  readonly library?: readonly string[];
  readonly records?: string;
  readonly environment: string;
  readonly model: string;
  readonly temperature?: string;
  readonly maxTokens: string;
  readonly reasoningEffort?: string;
  readonly leaveOut?: readonly string[];
  readonly baseUrl?: string;
  readonly apiKeyEnv?: string;
  readonly concurrency: string;
  readonly timeout: string;
  readonly tasks: string;
  readonly limit?: string;
  readonly rounds: string;
  readonly mutants: string;
  readonly against?: readonly string[];
  readonly name: string;
  readonly out?: string;
}

/** `build-dataset`. */
export function addBuilding(program: Command): void {
  const command = common(program.command('build-dataset'))
    .requiredOption('--model <id>', 'the model that drafts tasks, as provider:name')
    .option('--library <names...>', 'libraries of the environment, whose documentation tasks are drafted from')
    .option('--records <file>', 'records of APIs (JSONL): APIBench’s, or names of the environment’s own')
    .option('--environment <name>', 'packages that tasks may use', 'data')
    .option('--tasks <n>', 'tasks wanted', '25')
    .option('--limit <n>', 'the first n records only')
    .option('--rounds <n>', 'answers for each record, at most: a draft and its corrections', '3')
    .option('--mutants <n>', 'changed references to try for each draft, at most', '8')
    .option('--against <files...>', 'files of tasks that new ones must not resemble')
    .option('--temperature <t>', 'of the model; 0 unless given, and not sent with --reasoning-effort')
    .option('--max-tokens <n>', 'of each answer, thinking included', '1200')
    .option('--reasoning-effort <word>', 'how much the model is to think, in a word that its host knows')
    .option('--leave-out <settings...>', `what the model or its host refuses: ${OMISSIBLE.join(', ')}`)
    .option('--base-url <url>', 'an OpenAI-compatible host, or another one of the model’s provider')
    .option(
      '--api-key-env <name>',
      'the variable that holds the host’s key; with --base-url there is none unless given',
    )
    .option('--concurrency <n>', 'requests to the model at the same time', '4')
    .option('--timeout <duration>', 'for one answer; a slow machine may need more', '10m')
    .option('--name <id>', 'name of the build; the same name goes on with it', 'dataset')
    .option('--out <file>', 'the finished file, in place of one in the home');
  limitOptions(command)
    .description(
      'tasks from the documentation of libraries: drafted by a model, tried, validated, compared; exit 1 if fewer came of it',
    )
    .action(async (flags: BuildFlags) => {
      process.exitCode = await buildDataset(optionsOf(flags), await openContext(flags));
    });
}

function optionsOf(flags: BuildFlags): BuildOptions {
  const { name, environment, library = [], records = null, against = [], out } = flags;
  return {
    name,
    environment,
    libraries: library,
    records,
    against,
    model: modelOf(flags),
    tasks: whole('--tasks', flags.tasks, 1, 'Tasks that are wanted.'),
    limit: flags.limit === undefined ? null : whole('--limit', flags.limit, 1, 'Records that are asked for, at most.'),
    rounds: whole('--rounds', flags.rounds, 1, 'With 1 there are no corrections.'),
    mutants: whole('--mutants', flags.mutants, 0, 'With 0 only stubs are tried.'),
    out: out === undefined ? null : resolve(out),
    ...limitsOf(flags),
  };
}

/** By a sweep's own door: the same names, defaults and complaints. */
function modelOf({ name, model: id, temperature, reasoningEffort: effort, ...flags }: BuildFlags): ModelSpec {
  const entry = {
    id,
    temperature: temperature === undefined ? undefined : Number(temperature),
    max_tokens: Number(flags.maxTokens),
    reasoning: effort === undefined ? undefined : { effort },
    leave_out: flags.leaveOut,
    base_url: flags.baseUrl,
    api_key_env: flags.apiKeyEnv,
    concurrency: Number(flags.concurrency),
    timeout: flags.timeout,
  };
  const sweep = { name, suites: [{ id: 'starter' }], models: [entry], strategies: [{ id: 'direct' }] };
  const [model] = parseSweep(sweep, 'command line').models;
  if (model === undefined) throw new UserError('No model was named.', { hint: 'Give --model.', exitCode: 2 });
  return model;
}
