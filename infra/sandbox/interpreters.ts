import { realpath } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type CommandEnv, runCommand } from '../tools/run-command.js';
import { OLDEST } from './python.js';

/** An interpreter on PATH: the name that it is called by, its version, and seconds of a fixed piece of work, the best of seven tries. */
interface Interpreter {
  readonly command: string;
  readonly version: string;
  readonly seconds: number;
}

/** Differences below this are chance, or nothing that a sweep's duration shows. */
const FASTER = 1.2;
/** Calls, numbers, texts, lists and objects: what programs of a benchmark are made of. */
const WORK = [
  'import sys, time',
  `assert sys.version_info >= (${OLDEST.join(', ')}), "Python ${OLDEST.join('.')} or newer is needed"`,
  'class Point:',
  '    def __init__(self, x):',
  '        self.x = x',
  'def fib(n):',
  '    return n if n < 2 else fib(n - 1) + fib(n - 2)',
  'def work():',
  '    began = time.process_time()',
  '    fib(19)',
  '    sum(x * x % 7 for x in range(10_000))',
  '    sorted(",".join(map(repr, range(3_000))).split(","))',
  '    [Point(x).x for x in range(3_000)]',
  '    return time.process_time() - began',
  'print(sys.version.split()[0], min(work() for _ in range(7)))',
].join('\n');

/**
 * The version of `python3`, which programs of the environment `base` run in. With a word on another one of PATH that is much
 * faster: interpreters that version managers built are often not optimised as those of distributions are.
 * Throws if `python3` can't be run or is older than 3.10.
 */
export async function describePython(env: CommandEnv): Promise<string> {
  const used = await measure('python3', env);
  const others: Interpreter[] = [];
  for (const command of await pythonsOn(env['PATH'] ?? '')) {
    // One after the other, since they would slow each other down; one that can't be run is no alternative.
    const other = await measure(command, env).catch(() => null);
    if (other !== null) others.push(other);
  }
  const [best] = others.toSorted((a, b) => a.seconds - b.seconds);
  if (best === undefined || used.seconds < FASTER * best.seconds) return used.version;
  const times = (used.seconds / best.seconds).toFixed(1);
  return `${used.version}; ${best.command} (${best.version}) runs the same program ${times} times as fast: put its folder first in PATH before environments are built`;
}

async function pythonsOn(path: string): Promise<readonly string[]> {
  const found = new Map<string, string>();
  for (const folder of path.split(delimiter).filter((each) => each !== '')) {
    const command = join(folder, 'python3');
    const real = await realpath(command).catch(() => null);
    if (real !== null && !found.has(real)) found.set(real, command);
  }
  return [...found.values()];
}

async function measure(command: string, env: CommandEnv): Promise<Interpreter> {
  const [version = '', seconds] = (await runCommand(command, ['-I', '-c', WORK], { env })).trim().split(' ');
  return { command, version, seconds: Number(seconds) };
}
