import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { atomicWrite } from '../fs.js';
import { ensureArtefact, type ToolContext } from '../tools/install.js';
import { type CommandEnv, runCommand } from '../tools/run-command.js';
import { ensureTool } from '../tools/tool.js';
import type { Environment } from './environment.js';

/** The interpreter that the environment's programs run in; null if it has not been built in this home. */
export function interpreterOf(environment: Environment, home: string): string | null {
  if (environment.lock === null) return 'python3';
  const python = join(folderOf(environment, home), 'bin', 'python');
  return existsSync(python) ? python : null;
}

/**
 * Builds the environment below the home unless it is there: a virtual environment with just what its lock names, each
 * file checked against its hash. Returns its interpreter. Throws UserError (exit 3) saying what went wrong.
 */
export async function ensureEnvironment(environment: Environment, ctx: ToolContext): Promise<string> {
  const { name, lock, python } = environment;
  if (lock === null) return 'python3';
  const target = folderOf(environment, ctx.home);
  const hint = `It needs Python ${python}, ${environment.disk ?? 'some space'} and a package index: UV_DEFAULT_INDEX names another one.`;
  const install = (): Promise<void> => build(environment, lock, target, ctx);
  await ensureArtefact(
    { what: `The environment ${name}`, target, hint },
    [{ name: `uv, Python ${python}`, install }],
    ctx,
  );
  return join(target, 'bin', 'python');
}

/** Every difference between a built environment and its lock, and every module of its import sets that can't be imported. */
export async function verifyEnvironment(environment: Environment, ctx: ToolContext): Promise<string[]> {
  const interpreter = interpreterOf(environment, ctx.home);
  if (interpreter === null) return ['it has not been built'];
  return [
    ...(await lockProblems(environment, interpreter, ctx)),
    ...(await importProblems(environment, interpreter, ctx)),
  ];
}

function folderOf({ name, digest }: Environment, home: string): string {
  return join(home, 'environments', `${name}-${digest}`);
}

async function build({ python }: Environment, lock: string, target: string, ctx: ToolContext): Promise<void> {
  const uv = await ensureTool('uv', ctx);
  const partial = `${target}.partial`;
  const options = { env: uvEnv(ctx), signal: ctx.signal };
  await rm(partial, { recursive: true, force: true });
  await runCommand(uv, ['venv', '--quiet', '--relocatable', '--python', python, partial], options);
  const requirements = join(partial, 'requirements.lock');
  await atomicWrite(requirements, lock);
  await runCommand(uv, [...sync(partial), '--compile-bytecode', requirements], options);
  await rename(partial, target);
}

function sync(folder: string): string[] {
  return ['pip', 'sync', '--require-hashes', '--python', join(folder, 'bin', 'python')];
}

/** uv must not take a project or a configuration that lies about for its own. */
function uvEnv({ env }: ToolContext): CommandEnv | undefined {
  return env && { ...env, UV_NO_CONFIG: '1', VIRTUAL_ENV: undefined, PYTHONPATH: undefined };
}

async function lockProblems(environment: Environment, interpreter: string, ctx: ToolContext): Promise<string[]> {
  if (environment.lock === null) return [];
  const uv = await ensureTool('uv', ctx);
  const ask = (command: string) =>
    runCommand(uv, ['pip', command, '--python', interpreter], { env: uvEnv(ctx), signal: ctx.signal });
  const locked = new Set(names(environment.lock));
  const foreign = names(await ask('freeze')).filter((each) => !locked.has(each));
  const inconsistent = await ask('check').then(
    () => [],
    (error: Error) => [error.message],
  );
  return [...foreign.map((each) => `${each} is not in the lock`), ...inconsistent];
}

/** "name==version" of each requirement. */
function names(requirements: string): string[] {
  return [...requirements.matchAll(/^([\w.-]+==[^\s;\\]+)/gm)].map(([, found]) => (found ?? '').toLowerCase());
}

async function importProblems(environment: Environment, interpreter: string, ctx: ToolContext): Promise<string[]> {
  const problems = environment.importSets.map(async ({ modules, name }) => {
    const code = modules.map((module) => `import ${module}`).join('\n');
    return runCommand(interpreter, ['-I', '-c', code], { env: ctx.env, signal: ctx.signal }).then(
      () => [],
      (error: Error) => [`import set ${name}: ${error.message.split('\n').at(-1)}`],
    );
  });
  return (await Promise.all(problems)).flat();
}
