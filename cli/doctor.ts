import { access, constants, statfs } from 'node:fs/promises';
import type { Backend } from '../domain/sweep.js';
import { withoutKeys } from '../infra/config.js';
import { probeGpus } from '../infra/gpu/probe.js';
import { describeDocker } from '../infra/sandbox/docker.js';
import { describePython } from '../infra/sandbox/interpreters.js';
import { type CommandEnv, runCommand } from '../infra/tools/run-command.js';
import { ensureTool } from '../infra/tools/tool.js';
import type { CommandContext } from './context.js';
import { demandWalls } from './demand-walls.js';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** False for what only some sweeps ask for. */
  readonly needed: boolean;
  readonly detail: string;
}

/** Prints what this machine has and lacks; exit code 3 if something is missing that every sweep needs. */
export async function doctor(context: CommandContext): Promise<void> {
  const { config, onProgress } = context;
  const { home, env, docker } = config;
  const findings = [
    await find('platform', async () => platform()),
    await find('python >= 3.10', () => describePython(env)),
    await find('libgomp', () => libgomp(withoutKeys(env)), false),
    await find('temporal', () => ensureTool('temporal', { home, env, onProgress })),
    await find('bubblewrap', () => ensureTool('bwrap', { home, env, onProgress })),
    await find('user namespaces', () => wallsIn('local', context)),
    await find('GPUs', () => gpus(context)),
    await find('home folder', () => disk(home)),
    await find(
      'docker',
      async () => `${await describeDocker(docker.image)}; ${await wallsIn('docker', context)}`,
      false,
    ),
  ];
  context.print(findings, findings.map(line).join('\n'));
  process.exitCode = findings.every(({ ok, needed }) => ok || !needed) ? 0 : 3;
}

function line({ what, ok, needed, detail }: Finding): string {
  const mark = ok ? 'ok' : needed ? 'MISSING' : 'without';
  return `${mark.padEnd(7)} ${what.padEnd(16)} ${detail}`;
}

async function find(what: string, probe: () => Promise<string>, needed = true): Promise<Finding> {
  try {
    return { what, ok: true, needed, detail: (await probe()).trim() };
  } catch (error) {
    const hint = error instanceof Error && 'hint' in error ? ` ${String(error.hint)}` : '';
    return { what, ok: false, needed, detail: `${messageOf(error)}${hint}` };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function platform(): string {
  const found = `${process.platform} ${process.arch}, Node ${process.versions.node}`;
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(`${found}: Linux on x64 is needed`);
  return found;
}

const LOAD_LIBGOMP = [
  'import ctypes, sys',
  'try: ctypes.CDLL("libgomp.so.1")',
  'except OSError as error: sys.exit(str(error))',
].join('\n');

/** Looked for as the server of embedded models does. */
async function libgomp(env: CommandEnv): Promise<string> {
  try {
    await runCommand('python3', ['-I', '-c', LOAD_LIBGOMP], { env });
  } catch (cause) {
    throw new Error(`${messageOf(cause)}; embedded models (and quickstart) need it: apt install libgomp1`, { cause });
  }
  return 'found, which only embedded models need';
}

async function wallsIn(backend: Backend, { config }: CommandContext): Promise<string> {
  await demandWalls(backend, config);
  return 'programs can be walled in';
}

/** A line for each, with the class that a sweep asks for it by. */
async function gpus({ config }: CommandContext): Promise<string> {
  const found = await probeGpus(config);
  const lines = found.map(({ index, name, deviceClass, memoryMib, uuid }) => {
    const memory = memoryMib === null ? '' : `, ${Math.round(memoryMib / 1_024)} GiB`;
    return `${index}: ${name}${memory}, class ${deviceClass}, ${uuid}`;
  });
  return lines.join('; ') || 'none, which only sweeps with "gpu" need';
}

async function disk(home: string): Promise<string> {
  await access(home, constants.W_OK);
  const { bavail, bsize } = await statfs(home);
  const free = (bavail * bsize) / 1e9;
  if (free < 1) throw new Error(`${home} has only ${free.toFixed(1)} GB free`);
  return `${home}, ${free.toFixed(0)} GB free`;
}
