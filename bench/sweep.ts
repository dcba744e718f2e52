import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readResults } from '../infra/arrow/results.js';
import { starter } from '../infra/datasets/starter.js';
import { startCli } from '../test/support/cli.js';
import { newHome } from '../test/support/new-home.js';
import { writeSweepFile } from '../test/support/sweep-files.js';
import { problemsOf } from '../test/support/sweep-problems.js';
import { type Part, PARTS, type Sample, sampleProcesses } from './sample-processes.js';

const SWEEP_ID = 'trivial';
const TASKS = 10;
/** How far the last quarter's memory may lie above the second's. */
const GROWTH = 0.1;

/** A sweep of trivial cells with recorded answers: prints throughput, CPU and memory. False if something is wrong. */
export async function benchSweep(cells: number): Promise<boolean> {
  const folder = await newHome();
  const home = join(folder, 'home');
  const file = await sweepFile(home, Math.ceil(cells / TASKS));
  const command = startCli(['run', file, '--home', home], { limitMs: 0 });
  process.once('exit', () => command.child.kill());
  const samples = await sampleProcesses(command.child.pid ?? 0, command.ended);
  const { code, stdout, stderr } = await command.ended;
  process.stdout.write(stdout);
  if (code !== 0) {
    process.stdout.write(`exit code ${code}, home ${home}\n${stderr}\n`);
    return false;
  }
  const planned = Math.ceil(cells / TASKS) * TASKS;
  const problems = await problemsOf({ home, sweepId: SWEEP_ID, cells: planned, expected: null });
  const { lines, isFlat } = await measure(home, samples);
  process.stdout.write(`${[...lines, ...problems].join('\n')}\n`);
  if (problems.length === 0) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return problems.length === 0 && isFlat;
}

async function sweepFile(home: string, samples: number): Promise<string> {
  const tasks = (await starter.load({ home, file: null })).tasks.slice(0, TASKS);
  const answers = tasks.map(({ entryPoint, reference }) =>
    JSON.stringify({
      match: `\`${entryPoint}\``,
      completion: `\`\`\`python\n${reference}\`\`\`\n`,
      completion_tokens: 100,
    }),
  );
  const replay = join(home, '..', 'answers.jsonl');
  await writeFile(replay, `${answers.join('\n')}\n`);
  return writeSweepFile(home, {
    name: SWEEP_ID,
    suites: [{ id: 'starter', limit: TASKS }],
    models: [{ id: `replay:${replay}`, label: 'replay', concurrency: 8 }],
    strategies: [{ id: 'direct' }],
    samples,
    concurrency: 16,
  });
}

async function measure(home: string, samples: readonly Sample[]): Promise<{ lines: string[]; isFlat: boolean }> {
  const results = await readResults(home, SWEEP_ID);
  const began = Math.min(...results.map(({ startedAt }) => startedAt));
  const ended = Math.max(...results.map(({ finishedAt }) => finishedAt));
  const seconds = (ended - began) / 1_000;
  const during = samples.filter(({ at }) => at >= began && at <= ended);
  const rows = PARTS.map((part) => partRow(part, during, { began, ended, cells: results.length }));
  return {
    lines: [
      `${results.length} cells in ${seconds.toFixed(1)} s: ${(results.length / seconds).toFixed(1)} cells/s`,
      'part       CPU ms/cell   MiB 2nd quarter   MiB last quarter   change   MiB peak',
      ...rows.map(({ line }) => line),
    ],
    isFlat: rows.every(({ growth }) => growth <= GROWTH),
  };
}

interface Span {
  readonly began: number;
  readonly ended: number;
  readonly cells: number;
}

function partRow(
  part: Part,
  samples: readonly Sample[],
  { began, ended, cells }: Span,
): { line: string; growth: number } {
  const cpuMs = (samples.at(-1)?.parts[part].cpuMs ?? 0) - (samples[0]?.parts[part].cpuMs ?? 0);
  const memory = (from: number, to: number): number[] =>
    samples
      .filter(({ at }) => at >= began + from * (ended - began) && at <= began + to * (ended - began))
      .map(({ parts }) => parts[part].rssMib);
  const [second, last] = [mean(memory(0.25, 0.5)), mean(memory(0.75, 1))];
  const growth = last / second - 1;
  const columns = [
    part.padEnd(9),
    (cpuMs / cells).toFixed(1).padStart(13),
    second.toFixed(0).padStart(18),
    last.toFixed(0).padStart(19),
    `${growth < 0 ? '' : '+'}${(growth * 100).toFixed(1)}%`.padStart(9),
    Math.max(...memory(0, 1))
      .toFixed(0)
      .padStart(11),
  ];
  return { line: columns.join(''), growth };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
