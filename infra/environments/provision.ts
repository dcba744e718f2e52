import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { atomicWrite, isStaleTemp, listFolder, tempPath } from '../fs.js';
import { renameDurably, syncFiles } from '../tools/files.js';
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

/** Machines that share a home do not share the lock: each builds in a folder of its own, and what is there first stays. */
async function build({ python }: Environment, lock: string, target: string, ctx: ToolContext): Promise<void> {
  const uv = await ensureTool('uv', ctx);
  const partial = tempPath(target);
  const options = { env: uvEnv(ctx), signal: ctx.signal };
  await removeStale(dirname(target));
  // What an earlier version's builds left.
  await rm(`${target}.partial`, { recursive: true, force: true });
  try {
    await runCommand(uv, ['venv', '--quiet', '--relocatable', '--python', python, partial], options);
    const requirements = join(partial, 'requirements.lock');
    await atomicWrite(requirements, lock);
    await runCommand(uv, [...sync(partial), '--compile-bytecode', requirements], options);
    await syncFiles(partial);
    await renameDurably(partial, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Removes what builds that were killed left: gigabytes. */
async function removeStale(folder: string): Promise<void> {
  for (const { name } of await listFolder(folder)) {
    const path = join(folder, name);
    if (await isStaleTemp(path)) await rm(path, { recursive: true, force: true });
  }
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
  const locked = requirementsOf(environment.lock);
  const found = new Set(requirementsOf(await ask('freeze')).map(({ name }) => name));
  const here = await holding(locked, interpreter, ctx);
  const missing = locked.flatMap(({ name, marker }) => (here.has(marker) && !found.has(name) ? [name] : []));
  const foreign = [...found].filter((each) => !locked.some(({ name }) => name === each));
  const inconsistent = await ask('check').then(
    () => [],
    (error: Error) => [error.message],
  );
  return [
    ...missing.map((each) => `${each} is missing`),
    ...foreign.map((each) => `${each} is not in the lock`),
    ...inconsistent,
  ];
}

/** "name==version", and where it is to be installed: a marker as in `sys_platform == 'linux'`; "" is everywhere. */
interface Requirement {
  readonly name: string;
  readonly marker: string;
}

function requirementsOf(text: string): Requirement[] {
  const lines = text.matchAll(/^([\w.-]+==[^\s;\\]+)[ \t]*(?:;[ \t]*([^\\\n]*[^\\\s]))?/gm);
  return [...lines].map(([, name = '', marker = '']) => ({ name: name.toLowerCase(), marker }));
}

/** Prints those of the markers on stdin that hold: they are Python's own expressions, but for versions, which are compared as tuples. */
const HOLDING = `
import os, platform, re, sys
known = {
    "python_version": sys.version_info[:2], "python_full_version": sys.version_info[:3], "os_name": os.name,
    "sys_platform": sys.platform, "platform_system": platform.system(), "platform_machine": platform.machine(),
    "implementation_name": sys.implementation.name, "platform_python_implementation": platform.python_implementation(),
}
for marker in sys.stdin.read().splitlines():
    text = re.sub(r"'([0-9.]+)'", lambda found: str(tuple(map(int, found[1].split(".")))), marker)
    if not text or eval(text, {"__builtins__": {}}, known):
        print(marker)
`;

/** The markers that hold for an interpreter. uv would tell, but not without the package index. */
async function holding(all: readonly Requirement[], interpreter: string, ctx: ToolContext): Promise<Set<string>> {
  const input = [...new Set(all.map(({ marker }) => marker))].map((marker) => `${marker}\n`).join('');
  const told = await runCommand(interpreter, ['-I', '-c', HOLDING], { env: ctx.env, signal: ctx.signal, input });
  return new Set(told.split('\n'));
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
