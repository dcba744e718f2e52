import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ColumnReader } from '../infra/arrow/column-file.js';
import { segmentsOf } from '../infra/store/segment-paths.js';
import { writeSegment } from '../infra/arrow/segments.js';
import { packagePath } from '../infra/package-path.js';
import { sweepFolder } from '../infra/store/paths.js';
import { syntheticCells, writeSyntheticSweep } from '../test/support/synthetic-sweep.js';

/** Rows of a segment that is full: 20 pages of 250 cells. */
const SEGMENT = 5_000;
/** Most that a report of a million rows, cells and attempts together, may take: seconds, and MB of the process. */
const LIMITS = { rows: 1_000_000, seconds: 2, megabytes: 500 };
const TRIES = 5;
const COLUMNS = ['cells', 'rows', 'written s', 'on disk MB', 'report s', 'of these CPU', 'process MB'];

/** Times reports of sweeps of synthetic cells, written by the real writer. False if the first of a million rows takes too much. */
export async function benchReport(sizes: readonly number[]): Promise<boolean> {
  const say = (cells: readonly (string | number)[]): void =>
    void process.stdout.write(`${cells.map((cell) => String(cell).padStart(14)).join('')}\n`);
  const home = await mkdtemp(join(tmpdir(), 'aicodereval-report-'));
  let isWithin: boolean | undefined;
  say(COLUMNS);
  for (const cells of sizes) {
    const sweepId = `synthetic-${cells}`;
    const began = Date.now();
    await write(home, sweepId, cells);
    const written = (Date.now() - began) / 1_000;
    const rows = await rowsOf(home, sweepId);
    const tries: Measured[] = [];
    for (let n = 0; n < TRIES; n += 1) tries.push(await measure(home, sweepId));
    const [best] = tries.toSorted((a, b) => a.seconds - b.seconds);
    const megabytes = Math.max(...tries.map((one) => one.megabytes));
    const { seconds = Number.NaN, cpu = Number.NaN } = best ?? {};
    say([
      cells,
      rows,
      written.toFixed(0),
      await onDisk(home, sweepId),
      seconds.toFixed(2),
      cpu.toFixed(2),
      megabytes.toFixed(0),
    ]);
    if (rows >= LIMITS.rows) isWithin ??= seconds < LIMITS.seconds && megabytes < LIMITS.megabytes;
    await rm(sweepFolder(home, sweepId), { recursive: true });
  }
  await rm(home, { recursive: true });
  return isWithin ?? true;
}

async function write(home: string, sweepId: string, cells: number): Promise<void> {
  await writeSyntheticSweep(home, sweepId, cells);
  for (let from = 0; from < cells; from += SEGMENT) {
    const rows = syntheticCells(sweepId, from, Math.min(from + SEGMENT, cells), cells);
    await writeSegment(home, sweepId, from / SEGMENT, rows);
  }
}

/** Of both tables. */
async function rowsOf(home: string, sweepId: string): Promise<number> {
  const reader = new ColumnReader();
  const files = (await segmentsOf(home, sweepId)).flatMap(({ cells, attempts }) => [cells, attempts]);
  return files.reduce((rows, path) => rows + reader.read(path, new Set()).rows, 0);
}

interface Measured {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

/** What the process says of itself at its end, on its standard error. */
const CONFESSION = `data:text/javascript,process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, maxRSS / 1e3]));
})`;

/** `aicodereval report`, from the start of its process to its end. */
async function measure(home: string, sweepId: string): Promise<Measured> {
  const began = performance.now();
  const args = ['--import', CONFESSION, packagePath('dist/cli/main.js'), 'report', sweepId, '--home', home];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - began) / 1_000;
  if (code !== 0) throw new Error(`the report failed: ${said}`);
  const [cpu = Number.NaN, megabytes = Number.NaN] = JSON.parse(said) as number[];
  return { seconds, cpu, megabytes };
}

async function onDisk(home: string, sweepId: string): Promise<string> {
  const folder = sweepFolder(home, sweepId);
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  return (sizes.reduce((sum, size) => sum + size, 0) / 1e6).toFixed(0);
}
