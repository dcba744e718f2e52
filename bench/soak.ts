import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Grading } from '../domain/task.js';
import { judge, type Verdict } from '../domain/verdict.js';
import { inParallel } from '../infra/in-parallel.js';
import { openBubblewrapSandbox } from '../infra/sandbox/bubblewrap.js';
import type { Sandbox, SandboxJob } from '../infra/sandbox/sandbox.js';
import { ensureTool } from '../infra/tools/tool.js';
import { sharedHome } from '../test/support/embedded-home.js';
import { family, type ProcessEntry, processTable } from '../test/support/process-table.js';
import { FLAT_HEAP } from '../workers/host.js';
import { LIMITS, median } from './programs.js';

const SLOTS = 2;
/** How far the last quarter's memory may lie above the second's. */
const GROWTH = 0.1;
const MIB = 1024 * 1024;

interface Kind {
  readonly what: string;
  readonly program: string;
  readonly verdict: Verdict;
}

/** More than the ordinary programs import: fork servers of another kind run these. */
const IMPORTS = 'import os, sys, time, threading, subprocess\n';
const inF = (body: string): string => `${IMPORTS}def f(x):\n    ${body}\n    return 0\n`;
const PLAIN: Kind = { what: 'right', program: 'def f(x):\n    return x + 1\n', verdict: 'pass' };
const ORDINARY: readonly Kind[] = [
  PLAIN,
  { what: 'wrong', program: 'def f(x):\n    return x\n', verdict: 'fail' },
  { what: 'raises', program: 'def f(x):\n    raise KeyError(x)\n', verdict: 'fail' },
];
const HOSTILE: readonly Kind[] = [
  { what: 'orphans', program: inF('os.fork() or (os.setsid(), os.fork(), time.sleep(60))'), verdict: 'fail' },
  { what: 'subprocess', program: inF('subprocess.Popen(["sleep", "60"])'), verdict: 'fail' },
  {
    what: 'threads',
    program: inF('[threading.Thread(target=time.sleep, args=(60,)).start() for _ in range(8)]'),
    verdict: 'fail',
  },
  {
    what: 'files',
    program: inF('[open(f"/tmp/{n}", "wb").write(b"x" * 100_000) for n in range(50)]'),
    verdict: 'fail',
  },
  { what: 'output', program: inF('print("x" * 5_000_000)'), verdict: 'fail' },
  { what: 'kills itself', program: inF('os.kill(os.getpid(), 9)'), verdict: 'fail' },
  { what: 'exits', program: inF('os._exit(0)'), verdict: 'fail' },
  { what: 'descriptors', program: inF('[os.open("/dev/null", 0) for _ in range(500)]'), verdict: 'fail' },
  { what: 'crashes', program: inF('__import__("ctypes").string_at(0)'), verdict: 'fail' },
  { what: 'memory', program: inF('bytearray(b"x") * (600 << 20)'), verdict: 'fail' },
];

/** What a machine holds that a program could leave: counts, and the names of temporary folders. */
interface Holdings {
  readonly processes: number;
  readonly mounts: number;
  readonly descriptors: number;
  readonly folders: number;
}

/**
 * Runs many programs, one in ten hostile, and compares what the machine holds before and after: processes, mounts,
 * descriptors, temporary folders, memory of this process and its fork servers. False if anything was left, or a verdict is not the expected one.
 */
export async function benchSoak(programs: number): Promise<boolean> {
  const bwrapPath = await ensureTool('bwrap', { home: sharedHome() });
  // A folder of its own, so that whatever is left there is the sandbox's.
  const folder = await mkdtemp(join(tmpdir(), 'aicodereval-soak-'));
  process.env['TMPDIR'] = folder;
  keepHeapFlat();
  const sandbox = openBubblewrapSandbox({ bwrapPath, slots: SLOTS });
  const unexpected: string[] = [];
  const memory: number[] = [];
  const numbers = Array.from({ length: programs }, (_, number) => number);
  try {
    await inParallel(
      numbers.slice(0, 8),
      SLOTS,
      async (number) => void (await sandbox.run(jobOf(number, kindOf(number)))),
    );
    await settle(sandbox);
    const before = await holdings();
    const began = Date.now();
    await inParallel(numbers, SLOTS + 1, async (number) => {
      const kind = kindOf(number);
      const report = await sandbox.run(jobOf(number, kind));
      const verdict = judge(report);
      if (verdict !== kind.verdict) unexpected.push(`${number} ${kind.what}: ${verdict} (${report.endOfRun})`);
      if (number % 50 === 0) memory.push(await residentBytes());
    });
    const seconds = (Date.now() - began) / 1_000;
    await settle(sandbox);
    return report(programs, seconds, { unexpected, memory, before, after: await holdings() });
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true });
  }
}

/** As in the worker that a sandbox is in: else what waits for the next collection, which may be minutes away, looks like growth. */
function keepHeapFlat(): void {
  for (const flag of [...FLAT_HEAP, '--expose-gc']) setFlagsFromString(flag);
  // How far the heap may grow is decided by each collection for the time until the next.
  (runInNewContext('gc') as () => void)();
}

/**
 * Before counting, each slot has a fork server of every kind, and none of them a grader that may take a next program: on
 * all slots at once, so that no server runs two, goes a test after which no grader stays.
 */
async function settle(sandbox: Sandbox): Promise<void> {
  // The first few programs that import more make do with servers that have less.
  for (const program of [...Array<string>(4).fill(IMPORTS + PLAIN.program), PLAIN.program]) {
    const job = jobOf(0, { ...PLAIN, program });
    const last: SandboxJob = { ...job, id: 'settle', test: `${job.test}\nclass Left: pass`, grading: 'isolated' };
    await Promise.all(Array.from({ length: SLOTS }, () => sandbox.run(last)));
  }
}

function kindOf(number: number): Kind {
  const kinds = number % 10 === 9 ? HOSTILE : ORDINARY;
  const index = number % 10 === 9 ? Math.floor(number / 10) : number;
  return kinds[index % kinds.length] ?? PLAIN;
}

function jobOf(number: number, { program }: Kind): SandboxJob {
  const grading: Grading = number % 2 === 0 ? 'isolated' : 'in-process';
  const limits = { ...LIMITS, cpuSeconds: 5, memoryBytes: 256 * MIB, outputBytes: 64 * 1024 };
  const facts = { entryPoint: 'f', entryKind: 'function', prelude: '', cases: null, reference: null } as const;
  return {
    ...facts,
    id: String(number),
    program: `${program}# ${number}\n`,
    test: 'assert f(1) == 2\nassert f(5) == 6',
    grading,
    limits,
  };
}

async function holdings(): Promise<Holdings> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').length;
  const descriptors = (await readdir('/proc/self/fd')).length;
  return { processes: (await ours()).length, mounts, descriptors, folders: (await readdir(tmpdir())).length };
}

/** The fork servers' outer walls and what runs in them. */
async function ours(): Promise<ProcessEntry[]> {
  return family(await processTable(), process.pid).slice(1);
}

async function residentBytes(): Promise<number> {
  const pages = (await ours()).map(({ residentPages }) => residentPages);
  return pages.reduce((sum, count) => sum + count * 4_096, process.memoryUsage.rss());
}

function report(
  programs: number,
  seconds: number,
  found: { unexpected: readonly string[]; memory: readonly number[]; before: Holdings; after: Holdings },
): boolean {
  const { unexpected, memory, before, after } = found;
  const quarter = Math.floor(memory.length / 4);
  // Medians: programs that happen to run while memory is looked at are in it.
  const [second, last] = [median(memory.slice(quarter, 2 * quarter)), median(memory.slice(-quarter))];
  const growth = last / second - 1;
  const left = (Object.keys(before) as (keyof Holdings)[]).filter((name) => after[name] > before[name]);
  const isFlat = memory.length < 40 || growth <= GROWTH;
  const lines = [
    `${programs} programs in ${seconds.toFixed(0)} s, ${(programs / seconds).toFixed(0)}/s`,
    `unexpected verdicts: ${unexpected.length}`,
    ...unexpected.slice(0, 20),
    `before ${JSON.stringify(before)}`,
    `after  ${JSON.stringify(after)}`,
    `memory of the last quarter against the second: ${(100 * growth).toFixed(1)} %`,
    ...left.map((name) => `LEFT: ${name}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return unexpected.length === 0 && left.length === 0 && isFlat;
}
