import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { UserError } from '../errors.js';
import { hasCode, readIfExists } from '../fs.js';
import { GPU_QUERY, type GpuFacts, parseGpuList } from '../parse/gpu-list.js';
import { runCommand } from '../tools/run-command.js';

/** A GPU of this machine. */
export interface GpuDevice extends GpuFacts {
  /** What cells ask for it by, e.g. "h100". */
  readonly deviceClass: string;
  /** Files below /dev that a program needs to use it, and no other GPU. */
  readonly nodes: readonly string[];
}

/** True of a device that cells may have who ask for this class; "any" is every one. */
export function isOfClass(device: GpuDevice, wanted: string): boolean {
  return wanted === 'any' || device.deviceClass === wanted;
}

export interface ProbeOptions {
  readonly env: Config['env'];
  /** The root of the file system that holds `proc` and `dev`; "/" unless given. */
  readonly root?: string;
}

const TOOL = 'nvidia-smi';
/** A driver in trouble lets its tool hang. */
const PATIENCE_MS = 30_000;
/** What every CUDA program opens beside its GPU; the last is for debuggers, and not everywhere. */
const SHARED_NODES = ['/dev/nvidiactl', '/dev/nvidia-uvm'];
/** All of a GPU under WSL, where the driver is the host's. */
const WSL_NODE = '/dev/dxg';

/**
 * The GPUs that `nvidia-smi` lists; none where there is no such tool. Throws a `UserError` (exit 3) where it is there and
 * fails, hangs or says something else.
 */
export async function probeGpus({ env, root = '/' }: ProbeOptions): Promise<GpuDevice[]> {
  const text = await ask(env);
  if (text === null) return [];
  const { gpus, unread } = parseGpuList(text);
  if (gpus.length === 0 && unread[0] !== undefined) {
    if (unread[0] === 'No devices were found') return [];
    throw broken(`says "${unread[0].slice(0, 200)}"`);
  }
  return Promise.all(
    gpus.map(async (gpu) => ({ ...gpu, deviceClass: deviceClass(gpu.name), nodes: await deviceNodes(gpu, root) })),
  );
}

async function ask(env: Config['env']): Promise<string | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await runCommand(TOOL, [`--query-gpu=${GPU_QUERY.join(',')}`, '--format=csv,noheader,nounits'], {
      env,
      signal,
    });
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return null;
    if (signal.aborted) throw broken(`has not answered within ${PATIENCE_MS / 1_000} s`, cause);
    throw broken(`fails: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

function broken(what: string, cause?: unknown): UserError {
  return new UserError(`${TOOL} ${what}`, {
    hint: `Make "${TOOL}" list the GPUs (load or reinstall NVIDIA's driver, restart the machine), or take it off PATH to do without.`,
    exitCode: 3,
    cause,
  });
}

/** Words of product names that tell neither chip nor generation: vendor, plug, memory. */
const NOISE = /^(nvidia|tesla|geforce|quadro|gpu|generation|sxm\d*|pcie|nvl|hbm\w*|\d+gb)$/;

/** "NVIDIA A100-SXM4-80GB" -> "a100", "NVIDIA GeForce RTX 4060 Ti" -> "rtx-4060-ti". */
export function deviceClass(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.filter((word) => !NOISE.test(word)).join('-') || 'other';
}

/**
 * The driver numbers its files in its own order, which in a container starts anywhere: it says itself which is which.
 * No record of the driver means that there are no such files (WSL).
 */
async function deviceNodes({ busId }: GpuFacts, root: string): Promise<string[]> {
  const address = busId.toLowerCase().slice(-'0000:00:00.0'.length);
  const record = await readIfExists(join(root, 'proc/driver/nvidia/gpus', address, 'information'));
  const minor = /^Device Minor:\s*(?<number>\d+)/m.exec(record ?? '')?.groups?.['number'];
  if (minor !== undefined) return [`/dev/nvidia${minor}`, ...SHARED_NODES];
  return [WSL_NODE].filter((node) => existsSync(join(root, node)));
}
