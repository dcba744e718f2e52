import { spawn } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { GpuDevice } from '../gpu/probe.js';
import { packagePath } from '../package-path.js';
import type { PythonFacts } from '../parse/runner-message.js';
import { type Counted, ForkServerPool } from './fork-server-pool.js';
import { ForkServer } from './fork-server.js';
import { programEnv, type Variables } from './program-env.js';
import { probePython } from './python.js';
import type { ImportSet } from './import-set.js';
import { ofChild } from './runner-process.js';
import type { Sandbox } from './sandbox.js';
import { type Slots, slotsOf } from './slots.js';

/** What a bubblewrap sandbox is made of. */
export interface BubblewrapOptions {
  readonly bwrapPath: string;
  /** Interpreter that programs run in; its folder is all they see of it. "python3" unless given. */
  readonly python?: string;
  /** Programs at the same time; a number, or places that other sandboxes share. */
  readonly slots: number | Slots;
  /** What fork servers import ahead, for the programs that use it; none unless given. */
  readonly importSets?: readonly ImportSet[];
  /** Environment variables that the packages need; none unless given. */
  readonly variables?: Variables;
  /** The GPU that programs may use; without one they see none. */
  readonly gpu?: GpuDevice | undefined;
  /** Where programs and fork servers are counted; nowhere unless given. */
  readonly counted?: Counted;
  /** Entries for the environment of bwrap's own processes, by which a reaper finds orphans; programs don't see them. */
  readonly ownerEnv?: Readonly<Record<string, string>>;
}

/** Kernel number of the capability that makes namespaces. */
const CAP_SYS_ADMIN = 21;
/** "nobody": whom programs run as where root starts the sandbox. */
const UNPRIVILEGED = 65_534;
const RUNNER = '/runner';
/** Where a virtual environment is seen: its own place may be one that programs have something else in, such as /tmp. */
const ENVIRONMENT = '/environment';
const TMP_BYTES = 64 * 1024 * 1024;
/** Links into /usr on a merged system, folders on an older one. */
const SYSTEM_FOLDERS = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

/**
 * The sandbox of one machine: bubblewrap as the outer wall round each fork server (see `runner/`), which makes the
 * inner wall round each program. Fork servers start with the first jobs and can't outlive this process.
 */
export function openBubblewrapSandbox(options: BubblewrapOptions): Sandbox {
  const { bwrapPath, python = 'python3', slots, importSets = [], variables = {}, gpu, ownerEnv = {} } = options;
  let known: PythonFacts | undefined;
  const start = async (set: ImportSet): Promise<ForkServer> => {
    known ??= await probePython(python);
    const args = await bubblewrapArgs(known, set, variables, gpu);
    // In a session of its own: Ctrl-C is for this process to handle, not for its sandboxes.
    const child = spawn(bwrapPath, args, { stdio: ['pipe', 'pipe', 'pipe'], env: ownerEnv, detached: true });
    return ForkServer.start(ofChild(child));
  };
  return new ForkServerPool({ slots: slotsOf(slots), importSets, start, counted: options.counted });
}

async function bubblewrapArgs(
  python: PythonFacts,
  { modules }: ImportSet,
  variables: Variables,
  gpu: GpuDevice | undefined,
): Promise<string[]> {
  const isRoot = await isPrivileged();
  return [
    isRoot ? rootWalls() : ['--unshare-all', '--cap-drop', 'ALL'],
    ['--die-with-parent', '--new-session', '--clearenv'],
    programEnv(variables, ENVIRONMENT).flatMap(([name, value]) => ['--setenv', name, value]),
    ['--ro-bind', '/usr', '/usr'],
    (await Promise.all(SYSTEM_FOLDERS.map(systemFolder))).flat(),
    python.prefixes.filter((prefix) => !prefix.startsWith('/usr')).flatMap(bindWithParents),
    python.environment === null ? [] : ['--ro-bind', python.environment, ENVIRONMENT],
    ['--ro-bind', packagePath('infra/sandbox/runner'), RUNNER],
    ['--ro-bind', packagePath('infra/sandbox/rootfs/etc'), '/etc'],
    // bwrap's own --proc would keep a program from mounting a fresh /proc over it.
    ['--dev', '/dev', '--bind', '/proc', '/proc'],
    // Libraries that are imported ahead write there; a program sees a /tmp of its own in its place.
    ['--perms', '1777', '--size', String(TMP_BYTES), '--tmpfs', '/tmp'],
    gpu === undefined ? [] : gpuArgs(gpu),
    ['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/', '--'],
    interpreter(python),
    ['-s', '-B', `${RUNNER}/main.py`],
    [isRoot ? String(UNPRIVILEGED) : '-', ...modules],
  ].flat();
}

/** Without an environment of packages there is the standard library alone, whatever else is installed on this machine. */
function interpreter({ environment, executable }: PythonFacts): string[] {
  return environment === null ? [executable, '-S'] : [`${ENVIRONMENT}/bin/python`];
}

/** The files of one GPU and no other; CUDA knows it by its id, whatever its number on this machine. */
function gpuArgs({ uuid, nodes }: GpuDevice): string[] {
  const binds = nodes.flatMap((node) => ['--dev-bind', node, node]);
  return ['--setenv', 'CUDA_VISIBLE_DEVICES', uuid, ...binds];
}

/** Root needs no user namespace for the outer wall, so the fork server can become a user who owns nothing here. */
function rootWalls(): string[] {
  const namespaces = ['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'];
  return [...namespaces, '--cap-drop', 'ALL', '--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID'];
}

async function isPrivileged(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const status = await readFile('/proc/self/status', 'utf8');
  const effective = BigInt(`0x${/^CapEff:\s*(?<mask>\w+)/m.exec(status)?.groups?.['mask'] ?? '0'}`);
  return ((effective >> BigInt(CAP_SYS_ADMIN)) & 1n) === 1n;
}

async function systemFolder(path: string): Promise<string[]> {
  const target = await readlink(path).catch(() => null);
  return target === null ? ['--ro-bind-try', path, path] : ['--symlink', target, path];
}

/** bwrap copies the permissions of parent folders, and a home folder's would keep an unprivileged user out. */
function bindWithParents(path: string): string[] {
  const parents: string[] = [];
  for (let parent = dirname(path); parent !== '/'; parent = dirname(parent)) parents.unshift('--dir', parent);
  return [...parents, '--ro-bind', path, path];
}
