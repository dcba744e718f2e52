import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { sha256 } from './store/digest.js';

/** Marks every process of a home, with the process that owns it: what the reaper goes by. */
export const OWNER_VARIABLE = 'AICODEREVAL_OWNER';

/** Kernel's PR_SET_PDEATHSIG: however the parent ends, the child gets SIGKILL. The second check closes the race. */
const BIND = [
  'import ctypes, os, sys',
  'ctypes.CDLL(None).prctl(1, 9)',
  'os.getppid() == int(sys.argv[1]) or os._exit(1)',
  'os.execvp(sys.argv[2], sys.argv[2:])',
].join('\n');

/** Starts a process that cannot outlive this one, not even by `kill -9`. */
export function spawnBound(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn('python3', ['-I', '-S', '-c', BIND, String(process.pid), command, ...args], options);
}

/** The entry for a child's environment that names this process as the owner, within a home. */
export async function ownerEntry(home: string): Promise<Record<string, string>> {
  return { [OWNER_VARIABLE]: await ownerName(home) };
}

/** This process as an owner, within a home: a name that no other process of this machine ever has. */
export async function ownerName(home: string): Promise<string> {
  return `${homeTag(home)}:${process.pid}:${await startTime(process.pid)}`;
}

/** Whether the owner of this name belonged to this home, and is dead. */
export async function isDeadOwner(name: string, home: string): Promise<boolean> {
  const [tag, pid = '', started] = name.split(':');
  return tag === homeTag(home) && (await startTime(Number(pid))) !== started;
}

/**
 * Kills what dead owners of this home left running. The kernel does so as well (`spawnBound`); this is the second
 * line, for hosts where that failed. Returns the killed process ids.
 */
export async function reapOrphans(home: string): Promise<number[]> {
  const prefix = `${OWNER_VARIABLE}=`;
  const killed: number[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const environ = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    const entry = environ.split('\0').find((line) => line.startsWith(prefix));
    if (entry === undefined || !(await isDeadOwner(entry.slice(prefix.length), home))) continue;
    try {
      process.kill(pid, 'SIGKILL');
      killed.push(pid);
    } catch {
      // It ended by itself meanwhile.
    }
  }
  return killed;
}

/** Start of a process in clock ticks since boot: with its id it names a process for good. "" if there is none. */
async function startTime(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function homeTag(home: string): string {
  return sha256(home).slice(0, 16);
}
