import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { CellResult } from '../../domain/cell.js';
import { readResults } from '../../infra/arrow/results.js';
import { attemptRows, cellRow } from '../../infra/arrow/rows.js';
import { ATTEMPTS, CELLS, type Columns } from '../../infra/arrow/schema.js';
import { writeSegment } from '../../infra/arrow/segments.js';
import { packagePath } from '../../infra/package-path.js';
import { ensureTool } from '../../infra/tools/tool.js';
import { runCli } from '../support/cli.js';
import { sharedHome } from '../support/embedded-home.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { writeSweepFile } from '../support/sweep-files.js';

const PACKAGES = ['pyarrow==26.0.1', 'polars==2.1.0', 'pandas==3.1.1', 'duckdb==2.0.1'];
const LIBRARIES = ['pyarrow', 'polars', 'pandas', 'duckdb'];
const RECORDED = packagePath('test/golden/recorded/starter.embedded-qwen2.5-coder-0.5b.jsonl.gz');
const newHome = homesWithTools();

/** Python with these packages, made by uv once a machine; null if they can't be had. */
async function python(): Promise<string | null> {
  const made = join(tmpdir(), `aicodereval-test-readers-${PACKAGES.join('-').replaceAll(/[^a-z0-9.]+/g, '-')}`);
  if (existsSync(made)) return join(made, 'bin', 'python');
  const fresh = mkdtempSync(`${made}-`);
  const uv = await ensureTool('uv', { home: sharedHome() }).catch(() => null);
  if (uv === null) return null;
  const run = (...args: string[]): boolean => spawnSync(uv, args, { timeout: 400_000 }).status === 0;
  const isMade = run('venv', '--quiet', '--allow-existing', '--relocatable', '--python', 'python3', fresh);
  const target = ['--python', join(fresh, 'bin', 'python'), '--only-binary', ':all:'];
  if (!isMade || !run('pip', 'install', '--quiet', ...target, ...PACKAGES)) return null;
  try {
    renameSync(fresh, made);
  } catch {
    // Another process made it at the same time.
    return join(fresh, 'bin', 'python');
  }
  return join(made, 'bin', 'python');
}

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Rows with every column, null where there is no value. */
function whole(columns: Columns, rows: Rows): Rows {
  return rows.map((row) => Object.fromEntries(Object.keys(columns).map((name) => [name, row[name] ?? null])));
}

function tables(results: readonly CellResult[]): { cells: Rows; attempts: Rows } {
  return { cells: whole(CELLS, results.map(cellRow)), attempts: whole(ATTEMPTS, results.flatMap(attemptRows)) };
}

const executable = await python();
const withLibraries = executable === null ? test.skip : test;

withLibraries(
  'segments and Parquet of a real sweep hold the same values in pyarrow, polars, pandas and DuckDB (skipped where they cannot be had)',
  async () => {
    const home = await newHome();
    const file = writeSweepFile(home, {
      name: 'read',
      suites: [{ id: 'starter', tasks: ['warmup_schedule', 'wav_rms', 'beam_search'] }],
      models: [
        { id: `replay:${RECORDED}`, label: 'naïve "qwen"', temperature: 0.8, max_tokens: 320, stop: ['\n```\n'] },
      ],
      strategies: [{ id: 'direct' }, { id: 'resample', rounds: 2, feedback: 'tests' }],
      samples: 2,
    });
    const { code, stderr } = await runCli(['run', file, '--home', home, '--json']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const results = await readResults(home, 'read');
    // The second answers of `resample` are not among the recorded ones.
    expect(new Set(results.map(({ verdict }) => verdict))).toEqual(new Set(['pass', 'fail', 'unscored']));
    // A second segment whose dictionaries hold other words, in another order.
    const others = results.map((result) => ({
      ...result,
      cell: {
        ...result.cell,
        cellId: `${result.cell.cellId}/other`,
        model: 'other',
        taskId: `${result.cell.taskId} again`,
        gpu: 'any',
      },
    }));
    await writeSegment(home, 'read', 90, others.toReversed());

    const folder = join(home, 'sweeps', 'read');
    for (const table of ['cells', 'attempts']) {
      const out = join(folder, `${table}.parquet`);
      const { stderr: said } = await runCli([
        'export',
        'read',
        '--format',
        'parquet',
        '--table',
        table,
        '--out',
        out,
        '--home',
        home,
      ]);
      expect(said).toBe('');
    }
    const { stdout, stderr: wrong } = spawnSync(
      executable ?? '',
      [packagePath('test/support/read_results.py'), folder],
      { encoding: 'utf8', maxBuffer: 1e9 },
    );
    expect(wrong).toBe('');
    const found = JSON.parse(stdout) as Record<string, Record<string, Record<string, Rows>>>;
    const byCell = (rows: Rows): Rows =>
      rows.toSorted((a, b) =>
        String(a['cell_id']) < String(b['cell_id']) ? -1 : Number(a['cell_id'] !== b['cell_id']),
      );
    const expected = tables([...results, ...others]);
    for (const kind of ['segments', 'parquet'])
      for (const table of ['cells', 'attempts'] as const)
        for (const library of LIBRARIES) {
          const rows = byCell(found[kind]?.[table]?.[library] ?? []);
          expect({ kind, library, rows }).toEqual({ kind, library, rows: byCell(expected[table]) });
        }
  },
  600_000,
);
