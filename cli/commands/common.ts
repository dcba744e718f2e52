import { ASSEMBLIES, type Assembly } from '../../domain/aicodereval-assembly.js';
import { type Backend, BACKENDS, type SuiteSource, type SweepConfig } from '../../domain/sweep.js';
import type { Limits } from '../../domain/test-report.js';
import { UserError } from '../../infra/errors.js';
import { type MetricsAddress, parseMetricsAddress } from '../../infra/metrics/endpoint.js';
import { parseSweep } from '../../infra/parse/sweep-file.js';
import type { Command, Option } from 'commander';

/** Options that every command takes, and what it says of ones that it does not. */
export function common(command: Command): Command {
  return command
    .showHelpAfterError(`(aicodereval ${nameOf(command)} --help lists its options)`)
    .configureHelp({ optionDescription: describe })
    .option('--home <dir>', 'home folder (default: $AICODEREVAL_HOME, else .aicodereval)')
    .option('--json', 'one JSON document on standard output, nothing else there');
}

/** With the command that it belongs to: "environments build". */
function nameOf(command: Command): string {
  const group = command.parent?.parent ? `${nameOf(command.parent)} ` : '';
  return group + command.name();
}

/** As usual, but numbers stand as they are typed, and what a command can't do without is told. */
function describe(option: Option): string {
  const { description, argChoices = [], mandatory, defaultValue, defaultValueDescription } = option;
  const preset = defaultValueDescription ?? (typeof defaultValue === 'string' ? defaultValue : '');
  const facts = [
    ...(mandatory && preset === '' ? ['required'] : []),
    ...(argChoices.length === 0 ? [] : [`choices: ${argChoices.join(', ')}`]),
    ...(preset === '' ? [] : [`default: ${preset}`]),
  ];
  return facts.length === 0 ? description : `${description} (${facts.join('; ')})`;
}

/** The option of commands whose workers can be watched. */
export function metricsOption(command: Command): Command {
  return command.option(
    '--metrics <[host:]port>',
    'serve Prometheus metrics there, on loopback unless a host is named',
  );
}

/** Where metrics are wanted; null for nowhere. Throws UserError (exit 2). */
export function metricsOf({ metrics }: MetricsFlags): MetricsAddress | null {
  return metrics === undefined ? null : parseMetricsAddress(metrics);
}

export interface MetricsFlags {
  readonly metrics?: string;
}

/** Throws UserError (exit 2) for a name that is none. */
export function parseBackend(name: string): Backend {
  return oneOf(BACKENDS, 'backend', name);
}

/** Throws UserError (exit 2) for a name that is none. */
export function parseAssembly(name: string): Assembly {
  return oneOf(ASSEMBLIES, 'assembly', name);
}

function oneOf<T extends string>(all: readonly T[], what: string, name: string): T {
  const found = all.find((each) => each === name);
  if (found !== undefined) return found;
  throw new UserError(`There is no ${what} "${name}".`, { hint: `There are ${all.join(', ')}.`, exitCode: 2 });
}

/** Options of commands that run the programs of a suite themselves. */
export interface SandboxFlags extends LimitFlags {
  readonly suite: string;
  readonly tasks?: string;
  readonly revision?: string;
}

/** What programs run in, as options. */
export interface LimitFlags {
  readonly backend: string;
  readonly cpuSeconds?: string;
  readonly wall?: string;
  readonly memory?: string;
  readonly processes?: string;
  readonly output?: string;
  readonly tmp?: string;
}

/** Tasks, and what their programs run in. */
export interface SandboxChoice {
  readonly suite: SuiteSource;
  readonly backend: Backend;
  readonly limits: Limits;
}

/** The suite, and the fields of a sweep file's `sandbox`, as options. */
export function sandboxOptions(command: Command): Command {
  return limitOptions(
    command
      .option('--tasks <file>', 'the suite’s tasks from a file of yours, in place of the published ones')
      .option('--revision <commit>', 'the commit of the suite’s repository on the Hugging Face hub'),
  );
}

/** The fields of a sweep file's `sandbox`, as options. */
export function limitOptions(command: Command): Command {
  return command
    .option('--backend <name>', `the sandbox: ${BACKENDS.join(' or ')}`, 'local')
    .option('--cpu-seconds <n>', 'processor time of each program')
    .option('--wall <time>', 'clock time of each program, e.g. 30s')
    .option('--memory <size>', 'memory of each program, e.g. 2GiB')
    .option('--processes <n>', 'processes and threads of each program')
    .option('--output <size>', 'output of each program that is kept')
    .option('--tmp <size>', 'temporary files of each program');
}

/** Suite and limits, with the same defaults and the same complaints as a sweep file has. */
export function sandboxOf(flags: SandboxFlags): SandboxChoice {
  const { suite: id, tasks, revision } = flags;
  const wanted = {
    id,
    ...(tasks === undefined ? {} : { file: tasks }),
    ...(revision === undefined ? {} : { revision }),
  };
  const { suites, sandbox } = parseFlags(flags, wanted);
  const [suite = { id, file: null }] = suites;
  return { suite, ...sandbox };
}

/** The limits alone. */
export function limitsOf(flags: LimitFlags): Pick<SandboxChoice, 'backend' | 'limits'> {
  return parseFlags(flags, { id: 'none' }).sandbox;
}

function parseFlags(
  { backend, cpuSeconds, wall, memory, processes, output, tmp }: LimitFlags,
  suite: object,
): Pick<SweepConfig, 'suites'> & { sandbox: Pick<SandboxChoice, 'backend' | 'limits'> } {
  const sandbox = {
    backend: parseBackend(backend),
    ...(cpuSeconds === undefined ? {} : { cpu_seconds: Number(cpuSeconds) }),
    ...(wall === undefined ? {} : { wall }),
    ...(memory === undefined ? {} : { memory }),
    ...(processes === undefined ? {} : { processes: Number(processes) }),
    ...(output === undefined ? {} : { output }),
    ...(tmp === undefined ? {} : { tmp }),
  };
  const value = {
    name: 'none',
    suites: [suite],
    models: [{ id: 'replay:none' }],
    strategies: [{ id: 'direct' }],
    sandbox,
  };
  const { suites, sandbox: parsed } = parseSweep(value, 'command line');
  const { backend: chosen, gpu: _, ...limits } = parsed;
  return { suites, sandbox: { backend: chosen, limits } };
}

/** A whole number of an option. Throws UserError (exit 2) for one that is below `least` or above `most`. */
export function whole(option: string, text: string, least: number, hint: string, most = Infinity): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  const range = most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`;
  throw new UserError(`${option} must be a whole number ${range}, not "${text}".`, { hint, exitCode: 2 });
}
