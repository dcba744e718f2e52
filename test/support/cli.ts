import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { withoutKeys } from '../../infra/config.js';
import { packagePath } from '../../infra/package-path.js';
import { OWNER_VARIABLE } from '../../infra/processes.js';
import { sha256 } from '../../infra/store/digest.js';

/** How a command ended; `code` is null where a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has said on standard error so far. */
  said(): string;
}

export interface CliOptions {
  /** On top of a harmless environment: no keys, no cluster. */
  readonly env?: Readonly<Record<string, string>>;
  /** A command that the CLI is given to, e.g. a wall around it. */
  readonly via?: readonly string[];
  /** Milliseconds after which it is killed, in place of `LIMIT_MS`; 0 is no limit. */
  readonly limitMs?: number;
}

/** No command of a test takes this long: one that hangs must not hang the tests. */
const LIMIT_MS = 100_000;

/** Starts `aicodereval` as it was built. */
export function startCli(args: readonly string[], options: CliOptions = {}): Running {
  const line = [...(options.via ?? []), process.execPath, packagePath('dist/cli/main.js'), ...args];
  const [command = '', ...rest] = line;
  const env = { ...withoutKeys(process.env), ...options.env };
  const child = spawn(command, rest, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const isLate = limited(child, options.limitMs ?? LIMIT_MS);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (isLate()) reject(new Error(`"aicodereval ${args.join(' ')}" had not ended in time; it said:\n${stderr}`));
      else resolve({ code, stdout, stderr });
    });
  });
  return { child, ended, said: () => stderr };
}

/** Kills the child after `limitMs`, if that is not 0; tells whether that has happened. */
function limited(child: ChildProcess, limitMs: number): () => boolean {
  if (limitMs === 0) return () => false;
  let isLate = false;
  const timer = setTimeout(() => (isLate = child.kill('SIGKILL')), limitMs);
  child.once('close', () => clearTimeout(timer));
  return () => isLate;
}

/** Runs `aicodereval` to its end. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<Ended> {
  return startCli(args, options).ended;
}

/** Polls until `holds`; throws with `what` after `seconds`. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain until ${what}`);
    await sleep(50);
  }
}

/** Ids of the processes that belong to a home (its real path), by the mark that each of them carries. */
export async function processesOf(home: string): Promise<number[]> {
  const mark = `${OWNER_VARIABLE}=${sha256(home).slice(0, 16)}:`;
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const environ = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
    if (environ.split('\0').some((entry) => entry.startsWith(mark))) found.push(Number(name));
  }
  return found;
}
