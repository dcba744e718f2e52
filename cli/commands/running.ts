import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import type { SweepConfig } from '../../domain/sweep.js';
import { slug } from '../../domain/cell-id.js';
import { RETRIED, type Retried } from '../../domain/verdict.js';
import { UserError } from '../../infra/errors.js';
import { parseSweep, parseSweepFile } from '../../infra/parse/sweep-file.js';
import { type CommonOptions, openContext } from '../context.js';
import { retrySweep, runSweep } from '../run-sweep.js';
import { common, type MetricsFlags, metricsOf, metricsOption, parseAssembly } from './common.js';

interface RunFlags extends CommonOptions, MetricsFlags {
  readonly suite?: string;
  readonly model?: string;
  readonly strategy?: string;
  readonly samples?: string;
  readonly limit?: string;
  readonly name?: string;
  readonly assembly?: string;
  readonly detach?: boolean;
}

const QUICKSTART = {
  name: 'quickstart',
  suites: [{ id: 'starter' }],
  // The answer is over when its code block is: what a small model goes on to say is not worth the wait.
  models: [{ id: 'embedded:qwen2.5-coder-0.5b', max_tokens: 320, stop: ['\n```\n'], concurrency: 8 }],
  strategies: [{ id: 'direct' }, { id: 'codergen', rounds: 3, feedback: 'tests' }],
};

const DETACH = 'return when the sweep has been started (needs "up" or a cluster)';

/** `quickstart`, `run` and `retry`. */
export function addRunning(program: Command): void {
  common(program.command('quickstart'))
    .description('a small real sweep: server, workers, sandbox and an embedded model, all brought along')
    .action(async (flags: CommonOptions) => {
      const context = await openContext(flags);
      process.exitCode = await runSweep(parseSweep(QUICKSTART, 'quickstart'), context, {
        detach: false,
        linger: true,
        metrics: null,
      });
    });
  metricsOption(common(program.command('run')))
    .argument('[file]', 'sweep file (YAML)')
    .option('--suite <id>', 'without a file: the suite')
    .option('--model <id>', 'without a file: the model, as provider:name')
    .option('--strategy <id>', 'without a file: direct, resample, react or codergen', 'direct')
    .option('--samples <n>', 'without a file: samples of each task; 1 unless given')
    .option('--limit <n>', 'without a file: the first n tasks only')
    .option('--name <id>', 'name of the sweep: the file’s unless given, else suite, model and strategy')
    .option('--assembly <name>', 'how a program is made of an answer: parsed, or authors (as AICoderEval’s did)')
    .option('--detach', DETACH)
    .description('start a sweep, or go on with it: the same command resumes it')
    .action(async (file: string | undefined, flags: RunFlags, command: Command) => {
      if (file !== undefined) refuseBeside(file, command);
      const sweep = file === undefined ? fromFlags(flags) : await fromFile(file, flags);
      const metrics = metricsOf(flags);
      const context = await openContext(flags);
      process.exitCode = await runSweep(sweep, context, { detach: flags.detach === true, linger: false, metrics });
    });
  addRetry(program);
}

interface RetryFlags extends CommonOptions, MetricsFlags {
  readonly verdict: Retried;
  readonly detach?: boolean;
}

function addRetry(program: Command): void {
  metricsOption(common(program.command('retry')))
    .argument('<sweep>')
    .addOption(new Option('--verdict <verdict>', 'which cells').choices(RETRIED).makeOptionMandatory())
    .option('--detach', DETACH)
    .summary('try the cells again that could not be judged')
    .description(
      'try the cells again that could not be judged, once what was to blame is mended, and only these: cells without a row ' +
        '(after a cancel) are left to run, judged ones keep their verdict, as trying failed cells again would be picking results',
    )
    .action(async (sweep: string, flags: RetryFlags) => {
      const metrics = metricsOf(flags);
      const context = await openContext(flags);
      const options = { detach: flags.detach === true, linger: false, metrics };
      process.exitCode = await retrySweep(sweep, flags.verdict, context, options);
    });
}

/** Options that describe the sweep where no file does. */
const WITHOUT_FILE = ['suite', 'model', 'strategy', 'samples', 'limit'];

function refuseBeside(file: string, command: Command): void {
  const given = WITHOUT_FILE.filter((name) => command.getOptionValueSource(name) === 'cli');
  if (given.length === 0) return;
  throw new UserError(`With a sweep file (${file}) there is no --${given.join(' and no --')}.`, {
    hint: 'Write it into the file, or leave the file out.',
    exitCode: 2,
  });
}

async function fromFile(file: string, { name, assembly }: RunFlags): Promise<SweepConfig> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(`The sweep file ${file} cannot be read.`, { hint: 'Check the path.', exitCode: 2, cause });
  });
  const sweep = parseSweepFile(text, file);
  return {
    ...sweep,
    ...(name === undefined ? {} : { name }),
    ...(assembly === undefined ? {} : { assembly: parseAssembly(assembly) }),
  };
}

function fromFlags({ suite, model, strategy, samples, limit, name, assembly }: RunFlags): SweepConfig {
  if (suite === undefined || model === undefined) {
    throw new UserError('Give a sweep file, or --suite and --model.', {
      hint: 'For example: aicodereval run --suite starter --model embedded:qwen2.5-coder-0.5b',
      exitCode: 2,
    });
  }
  const value = {
    name: name ?? slug(`${suite}-${model}-${strategy}`).replaceAll(':', '-').slice(0, 64),
    suites: [{ id: suite, ...(limit === undefined ? {} : { limit: Number(limit) }) }],
    models: [{ id: model }],
    strategies: [{ id: strategy }],
    ...(samples === undefined ? {} : { samples: Number(samples) }),
    ...(assembly === undefined ? {} : { assembly: parseAssembly(assembly) }),
  };
  return parseSweep(value, 'command line');
}
