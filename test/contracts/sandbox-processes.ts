import { readFile } from 'node:fs/promises';
import type { Sandbox } from '../../infra/sandbox/sandbox.js';
import { processTable } from '../support/process-table.js';
import { type Backend, jobOf } from './sandbox-bench.js';

/** A sandbox of one slot that runs already, and the processes behind its walls. */
export interface Alone {
  readonly sandbox: Sandbox;
  /** Their ids on the host, in ascending order. */
  readonly processes: () => Promise<number[]>;
  /** The keeper of the room that programs run in. */
  readonly keeper: () => Promise<number | undefined>;
}

/** Opens a sandbox whose processes can be told from those of others. */
export async function openAlone(backend: Backend): Promise<Alone> {
  const before = await backend.walls();
  const sandbox = backend.open(1);
  await sandbox.run(jobOf('def f(x):\n    return x + 1\n', 'assert f(1) == 2'));
  const walls = (await backend.walls()).filter((pid) => !before.includes(pid));
  const processes = (): Promise<number[]> => processesBehind(walls);
  return {
    sandbox,
    processes,
    keeper: async () => (await Promise.all((await processes()).map(keeperOf))).find(Boolean),
  };
}

/** The process itself if it is PID 1 of a namespace within that of the outer wall. */
async function keeperOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const ids = /^NSpid:\t(.*)$/m.exec(status)?.[1]?.split('\t') ?? [];
  return ids.length === 3 && ids[2] === '1' ? pid : undefined;
}

async function processesBehind(walls: readonly number[]): Promise<number[]> {
  const table = await processTable();
  const inside = new Set(walls);
  for (let size = 0; size < inside.size;) {
    size = inside.size;
    for (const { pid, parent } of table) if (inside.has(parent)) inside.add(pid);
  }
  return [...inside].sort((a, b) => a - b);
}
