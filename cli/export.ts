import { join, resolve } from 'node:path';
import type { CellResult } from '../domain/cell.js';
import { groupBy } from '../domain/group-by.js';
import { encodeParquet } from '../infra/arrow/parquet.js';
import { attemptRows, cellRow } from '../infra/arrow/rows.js';
import { ATTEMPTS, CELLS, type Columns, type Row } from '../infra/arrow/schema.js';
import { UserError } from '../infra/errors.js';
import { atomicWrite } from '../infra/fs.js';
import { evalPlusFiles } from '../infra/layouts/evalplus.js';
import { inspectFiles } from '../infra/layouts/inspect.js';
import { layoutArms } from '../infra/layouts/layout.js';
import { exportAnswers } from '../infra/models/recordings.js';
import type { Manifest } from '../infra/parse/manifest.js';
import { gzipped, joined } from '../infra/pieces.js';
import { openBlobStore } from '../infra/store/blobs.js';
import type { Format, Table } from './export-formats.js';
import { writingTo } from './output-files.js';
import { openSource, type Source } from './sources.js';

export interface ExportOptions {
  readonly home: string;
  readonly sweep: string;
  readonly format: Format;
  readonly table: Table;
  /** A name that ends in ".gz" is packed. */
  readonly out: string;
  /** Suites to take; empty takes all. */
  readonly suites: readonly string[];
  /** The model's label; null takes all. */
  readonly model: string | null;
  /** Only tasks of which every cell has ended: of a sweep that is not over the others are no fair part. */
  readonly isComplete: boolean;
}

/**
 * Writes a sweep's results, or its answers, to a file or a folder. Returns what was written. Throws UserError: exit 3 for a
 * full disk, else 2.
 */
export async function exportSweep(options: ExportOptions): Promise<{ file: string; rows: number }> {
  const source = await openSource(options.sweep, options.home);
  const file = resolve(options.out);
  if (options.format === 'inspect' || options.format === 'evalplus') {
    return writeLayout(source, options, file, options.format === 'inspect' ? inspectFiles : evalPlusFiles);
  }
  const { content, rows } = await contentOf(source, options);
  await writingTo('--out', file, () => atomicWrite(file, file.endsWith('.gz') ? gzipped(content) : content));
  return { file, rows };
}

interface Content {
  readonly content: AsyncIterable<string> | Iterable<Uint8Array>;
  readonly rows: number;
}

async function contentOf(source: Source, options: ExportOptions): Promise<Content> {
  const { format, table } = options;
  if (format === 'replay') {
    const lines = await answers(source, options);
    return { content: joined(lines.map((line) => `${line}\n`)), rows: lines.length };
  }
  const wanted = chosen(source, options);
  return table === 'cells'
    ? tableOf(format, CELLS, wanted.map(cellRow))
    : tableOf(format, ATTEMPTS, wanted.flatMap(attemptRows));
}

function tableOf<C extends Columns>(format: Format, columns: C, rows: readonly Row<C>[]): Content {
  const content = format === 'parquet' ? [encodeParquet(columns, rows)] : joined(tableLines(format, columns, rows));
  return { content, rows: rows.length };
}

/** The lines of a table, each made when it is asked for: CSV with a heading, or JSON. */
export function* tableLines<C extends Columns>(format: Format, columns: C, rows: Iterable<Row<C>>): Generator<string> {
  const names = Object.keys(columns);
  const valuesOf = (row: Row<C>): unknown[] => names.map((name) => (row as Record<string, unknown>)[name] ?? null);
  if (format === 'csv') yield `${names.join(',')}\n`;
  for (const row of rows) {
    const values = valuesOf(row);
    yield format === 'csv'
      ? `${values.map(csvField).join(',')}\n`
      : `${JSON.stringify(Object.fromEntries(values.map((value, at) => [names[at], value])))}\n`;
  }
}

/** A file, or two, for each suite, model and strategy, in a folder. */
async function writeLayout(
  source: Source,
  options: ExportOptions,
  folder: string,
  filesOf: typeof inspectFiles,
): Promise<{ file: string; rows: number }> {
  demandSuites(options.suites);
  const blobs = openBlobStore(source.home);
  const wanted = chosen(source, options);
  await writingTo('--out', folder, async () => {
    for (const arm of layoutArms(wanted)) {
      for (const { name, texts } of filesOf(arm, blobs)) await atomicWrite(join(folder, name), joined(texts));
    }
  });
  return { file: folder, rows: wanted.length };
}

function demandSuites(suites: readonly string[]): void {
  if (suites.length > 0) return;
  throw new UserError('Which suites’ answers?', {
    hint: 'Name them with --suite: answers to tasks of others may not be yours to give away.',
    exitCode: 2,
  });
}

/** RFC 4180; a list is JSON within its field, null is empty. */
function csvField(value: unknown): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A recording stands in for one model: which of a sweep's must be clear. */
async function answers(source: Source, options: ExportOptions): Promise<string[]> {
  demandSuites(options.suites);
  const labels = source.manifest.config.models.map(({ label }) => label);
  if (options.model === null && labels.length > 1) {
    throw new UserError('A replay file stands in for one model, and this sweep has several.', {
      hint: `Choose one with --model: ${labels.join(', ')}.`,
      exitCode: 2,
    });
  }
  const { home, manifest } = source;
  return exportAnswers(home, manifest.sweepId, chosen(source, options));
}

function chosen({ name, manifest, results }: Source, { suites, model, isComplete }: ExportOptions): CellResult[] {
  const there = isComplete ? completeTasks(manifest, results) : results;
  const found = there.filter(
    ({ cell }) => (suites.length === 0 || suites.includes(cell.suite)) && (model === null || cell.model === model),
  );
  if (found.length > 0) return found;
  const kinds = [...new Set(there.map(({ cell }) => `${cell.suite} (${cell.model})`))].join(', ');
  throw new UserError(
    `${name} has no ${isComplete ? 'task with all its cells finished' : 'finished cell'} of that suite and model.`,
    {
      hint: kinds === '' ? `"aicodereval status ${name}" shows how far it is.` : `It has ${kinds}.`,
      exitCode: 2,
    },
  );
}

/** The results of those tasks that no strategy and no sample is missing of, model by model. */
function completeTasks({ config }: Manifest, results: readonly CellResult[]): CellResult[] {
  const all = config.strategies.length * config.samples;
  const tasks = groupBy(results, ({ cell }) => JSON.stringify([cell.suite, cell.taskId, cell.model]));
  return [...tasks.values()].filter(({ length }) => length === all).flat();
}
