import { readdir, readFile } from 'node:fs/promises';

/** A process as /proc shows it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** Clock ticks since boot; with the id it names a process for good. */
  readonly startTime: string;
  readonly args: readonly string[];
  /** CPU time in clock ticks (100 a second): of itself, and of its children that have ended. */
  readonly cpuTicks: number;
  readonly childCpuTicks: number;
  /** Resident memory in pages of 4 KiB. */
  readonly residentPages: number;
}

/** Every process of this machine that is not a zombie. */
export async function processTable(): Promise<ProcessEntry[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(names.map((name) => processEntry(Number(name))));
  return entries.filter((entry) => entry !== null);
}

async function processEntry(pid: number): Promise<ProcessEntry | null> {
  const [stat, command] = await Promise.all([text(`/proc/${pid}/stat`), text(`/proc/${pid}/cmdline`)]);
  // The name in parentheses may hold anything; fields are counted after it, "state" being the first.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (stat === '' || fields[0] === 'Z') return null;
  const field = (index: number): number => Number(fields[index]);
  return {
    pid,
    parent: field(1),
    startTime: fields[19] ?? '',
    args: command.split('\0'),
    cpuTicks: field(11) + field(12),
    childCpuTicks: field(13) + field(14),
    residentPages: field(21),
  };
}

/** A process and all that descend from it, parents before children; empty if there is no such process. */
export function family(table: readonly ProcessEntry[], pid: number): ProcessEntry[] {
  const self = table.find((entry) => entry.pid === pid);
  if (self === undefined) return [];
  const children = table.filter(({ parent }) => parent === pid);
  return [self, ...children.flatMap((child) => family(table, child.pid))];
}

function text(path: string): Promise<string> {
  return readFile(path, 'latin1').catch(() => '');
}
