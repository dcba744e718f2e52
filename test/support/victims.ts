import { pick } from './fraction.js';
import type { ProcessEntry } from './process-table.js';

/** What a kill suite kills: one process, or the command alone, or the command with all that it started. */
export const TARGETS = ['server', 'control', 'model', 'sandbox', 'runner', 'command', 'everything'] as const;
export type Target = (typeof TARGETS)[number];

/** Those of a command's processes (the command first) that a target means; `text` decides among several runners. */
export function victimsAmong(all: readonly ProcessEntry[], target: Target, text: string): readonly ProcessEntry[] {
  if (target === 'everything') return all;
  if (target === 'command') return all.slice(0, 1);
  if (target === 'server') return all.filter(isServer);
  if (target !== 'runner') return all.filter((entry) => roleOf(entry) === target);
  const runners = all.filter((entry) => isRunner(entry, all));
  return runners.length === 0 ? [] : [pick(runners, text)];
}

/** The Temporal server of a command. */
export function isServer({ args }: ProcessEntry): boolean {
  return args.includes('start-dev');
}

/** The role of a worker process; null for any other process. */
export function roleOf({ args }: ProcessEntry): string | null {
  const main = args.findIndex((arg) => arg.endsWith('dist/workers/main.js'));
  return main < 0 ? null : (args[main + 1] ?? null);
}

/**
 * A bubblewrap process or the fork server in it. Its forks are programs: one that is killed has ended by a signal,
 * which is a verdict on the program and no fault.
 */
function isRunner({ args, parent }: ProcessEntry, all: readonly ProcessEntry[]): boolean {
  if (isBubblewrap(args)) return true;
  const parentArgs = all.find(({ pid }) => pid === parent)?.args ?? [];
  return args.includes('/runner/main.py') && isBubblewrap(parentArgs);
}

function isBubblewrap([command = '']: readonly string[]): boolean {
  return command.endsWith('bwrap');
}

/** `kill -9` for each; one that has ended meanwhile is left out. Returns how many were killed. */
export function killAll(victims: readonly ProcessEntry[]): number {
  let killed = 0;
  for (const { pid } of victims) {
    try {
      process.kill(pid, 'SIGKILL');
      killed += 1;
    } catch {
      // It ended by itself meanwhile.
    }
  }
  return killed;
}
