import { setTimeout as sleep } from 'node:timers/promises';
import { family, type ProcessEntry, processTable } from '../test/support/process-table.js';
import { isServer, roleOf } from '../test/support/victims.js';

/** Parts of a running sweep that are measured apart; `runners` are the sandbox worker's own children. */
export const PARTS = ['command', 'server', 'control', 'model', 'sandbox', 'runners'] as const;
export type Part = (typeof PARTS)[number];

/** CPU since the part began, in milliseconds, and its resident memory now, in MiB. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMib: number;
}

export interface Sample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly parts: Readonly<Record<Part, Usage>>;
}

/** Clock ticks of Linux, and pages in a MiB. */
const TICK_MS = 10;
const PAGES_PER_MIB = 256;

/** Looks at a command's processes once a second until it has ended. */
export async function sampleProcesses(pid: number, ended: Promise<unknown>): Promise<Sample[]> {
  const samples: Sample[] = [];
  let hasEnded = false;
  const end = ended.finally(() => (hasEnded = true));
  for (;;) {
    await Promise.race([sleep(1_000), end]);
    if (hasEnded) return samples;
    samples.push({ at: Date.now(), parts: partsOf(family(await processTable(), pid)) });
  }
}

function partsOf(all: readonly ProcessEntry[]): Record<Part, Usage> {
  const sandbox = all.find((entry) => roleOf(entry) === 'sandbox');
  const runners = sandbox === undefined ? [] : family(all, sandbox.pid).slice(1);
  const worker = (role: string): ProcessEntry[] => all.filter((entry) => roleOf(entry) === role);
  return {
    command: usage(all.slice(0, 1)),
    server: usage(all.filter(isServer)),
    control: usage(worker('control')),
    model: usage(worker('model')),
    sandbox: usage(worker('sandbox')),
    runners: usage(runners, runners),
  };
}

/** Programs end by the thousand: what they used is with the fork servers that waited for them. */
function usage(entries: readonly ProcessEntry[], waiting: readonly ProcessEntry[] = []): Usage {
  const ticks = entries.reduce((sum, { cpuTicks }) => sum + cpuTicks, 0);
  const waited = waiting.reduce((sum, { childCpuTicks }) => sum + childCpuTicks, 0);
  const pages = entries.reduce((sum, { residentPages }) => sum + residentPages, 0);
  return { cpuMs: (ticks + waited) * TICK_MS, rssMib: pages / PAGES_PER_MIB };
}
