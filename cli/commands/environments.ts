import type { Command } from 'commander';
import { dockerfileOf } from '../../infra/environments/dockerfile.js';
import { type Environment, findEnvironment, imageOf, listEnvironments } from '../../infra/environments/environment.js';
import { environmentKeys } from '../../infra/environments/environment-keys.js';
import { ensureEnvironment, interpreterOf, verifyEnvironment } from '../../infra/environments/provision.js';
import { indexState } from '../../infra/knowledge/build.js';
import { type CommandContext, type CommonOptions, openContext } from '../context.js';
import { common } from './common.js';

/** `environments`, alone or with `build` or `verify`. */
export function addEnvironments(program: Command): void {
  const environments = common(program.command('environments'))
    .description('the sets of Python packages that programs run with')
    .action(async (flags: CommonOptions) => list(await openContext(flags)));
  common(environments.command('build <name>'))
    .description('build an environment now, with just what its lock names')
    .action(async (name: string, _: unknown, command: Command) => build(name, await contextOf(command)));
  common(environments.command('dockerfile <name>'))
    .description('print a Dockerfile for the image of an environment, and how to build it')
    .action(async (name: string, _: unknown, command: Command) => dockerfile(name, await contextOf(command)));
  common(environments.command('verify <name>'))
    .description('compare an environment with its lock and import what it imports ahead; exit 1 on a difference')
    .action(async (name: string, _: unknown, command: Command) => verify(name, await contextOf(command)));
}

/** The options may stand before the subcommand or after it. */
function contextOf(command: Command): Promise<CommandContext> {
  return openContext(command.optsWithGlobals<CommonOptions>());
}

async function list(context: CommandContext): Promise<void> {
  const { home, docker } = context.config;
  const keyOf = await environmentKeys('local', docker);
  const rows = await Promise.all(
    (await listEnvironments()).map(async (environment) => {
      const { name, digest, python, disk, description, importSets } = environment;
      const imports = importSets.map((set) => set.name);
      const index = await indexState(environment, home, keyOf(name).interpreter);
      return {
        name,
        digest,
        python,
        disk,
        description,
        imports,
        built: interpreterOf(environment, home) !== null,
        index,
      };
    }),
  );
  const lines = rows.map(({ name, digest, python, disk, description, built, index }) => {
    const state = built ? 'ready' : `not built (${disk})`;
    const known =
      index === null ? '' : `; look-ups know ${index.entries} names of ${index.libraries} of ${index.of} libraries`;
    return `${name.padEnd(12)} ${digest}  Python ${python.padEnd(7)} ${state.padEnd(20)} ${description}${known}`;
  });
  context.print(rows, lines.join('\n'));
}

async function build(name: string, context: CommandContext): Promise<void> {
  const environment = await findEnvironment(name);
  const { home, env } = context.config;
  if (interpreterOf(environment, home) === null) context.say(`Building ${name} (${environment.disk} on disk) ...`);
  const python = await ensureEnvironment(environment, { home, env, onProgress: context.onProgress });
  context.print(row(environment, { python }), `${name} ${environment.digest}: ${python}`);
}

async function dockerfile(name: string, context: CommandContext): Promise<void> {
  const environment = await findEnvironment(name);
  const image = imageOf(environment, context.config.docker.image);
  const text = dockerfileOf(environment);
  context.say(`aicodereval environments dockerfile ${name} | docker build --tag ${image} -`);
  context.print(row(environment, { image, dockerfile: text }), text.trimEnd());
}

async function verify(name: string, context: CommandContext): Promise<void> {
  const environment = await findEnvironment(name);
  const { home, env } = context.config;
  const problems = await verifyEnvironment(environment, { home, env });
  const text = problems.length === 0 ? `${name} ${environment.digest}: as its lock says` : problems.join('\n');
  context.print(row(environment, { problems }), text);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function row<T>({ name, digest }: Environment, facts: T): { name: string; digest: string } & T {
  return { name, digest, ...facts };
}
