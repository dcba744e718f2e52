import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { CellResult } from '../domain/cell.js';
import { atomicWrite, ensureFolder } from '../infra/fs.js';
import { sweepFolder } from '../infra/store/paths.js';
import type { DetailPart } from '../report/page/detail.js';
import { detailPart } from '../report/page/detail.js';
import { detailScript, pageWithDetails, reportPage } from '../report/page/document.js';
import { pageFigures } from '../report/page/figures.js';
import { writingTo } from './output-files.js';
import { readPageScript } from './page-script.js';
import { limitedSuites, openSource, type Source } from './sources.js';
import { readTexts } from './stored-texts.js';

/** Cells whose details lie in one file: neighbours share prompts and tests. */
const PER_PART = 25;
const PART_NAME = /^\d{5}\.js$/;

/** Where workflows of cells can be looked at. */
export interface TemporalUi {
  /** Its address, with or without a slash at the end. */
  readonly url: string;
  readonly namespace: string;
}

/** How a sweep's page is written. */
export interface HtmlOptions {
  readonly home: string;
  readonly sweep: string;
  /** Null for `<home>/sweeps/<id>/report.html`. */
  readonly file: string | null;
  /** The details are in the page, which is then as large as they are. */
  readonly isSingle: boolean;
  /** What cells are linked to; null for nothing. */
  readonly ui: TemporalUi | null;
}

/** What was written: the page, its size, and how many files of details lie beside it. */
export interface WrittenPage {
  readonly file: string;
  readonly bytes: number;
  readonly cells: number;
  readonly details: number;
}

/**
 * Writes a sweep's results as a page that opens from disk. Throws UserError where there is nothing to show (exit 2), or
 * where the page can't be written.
 */
export async function writeHtmlReport(options: HtmlOptions): Promise<WrittenPage> {
  const source = await openSource(options.sweep, options.home);
  const { sweepId } = source.manifest;
  const file = resolve(options.file ?? join(sweepFolder(source.home, sweepId), 'report.html'));
  const folder = `${basename(file).replace(/\.html?$/, '')}-details`;
  const place = options.isSingle
    ? ({ kind: 'inside', perPart: PER_PART } as const)
    : ({ kind: 'beside', folder, perPart: PER_PART } as const);
  const figures = figuresOf(source);
  const data = { ...figures, temporal: cellAddress(options.ui), details: place };
  const script = await readPageScript();
  const parts = detailParts(source);
  return writingTo('--html', file, async () => {
    const details = options.isSingle ? 0 : await writeParts(join(dirname(file), folder), parts);
    await atomicWrite(file, options.isSingle ? pageWithDetails(data, script, parts) : reportPage(data, script));
    return { file, bytes: (await stat(file)).size, cells: source.results.length, details };
  });
}

/** A page's figures of what is read of a sweep. */
export function figuresOf({ manifest, results }: Pick<Source, 'manifest' | 'results'>) {
  const version = manifest.versions['aicodereval'] ?? 'of an unknown version';
  const { sweepId, cells: planned } = manifest;
  return pageFigures({ sweepId, planned, version, limited: limitedSuites(manifest), results });
}

/** What a cell's id is put behind to find its workflow in Temporal's UI. */
export function cellAddress(ui: TemporalUi | null): string | null {
  if (ui === null) return null;
  return `${ui.url.replace(/\/+$/, '')}/namespaces/${encodeURIComponent(ui.namespace)}/workflows/`;
}

async function* detailParts({ home, results }: Source): AsyncGenerator<DetailPart> {
  const sorted = results.toSorted((a, b) => (a.cell.cellId < b.cell.cellId ? -1 : 1));
  for (let at = 0; at < sorted.length; at += PER_PART) {
    yield detailsOf(home, sorted.slice(at, at + PER_PART));
  }
}

/** The details of some cells, with their texts from the store. */
export async function detailsOf(home: string, results: readonly CellResult[]): Promise<DetailPart> {
  return detailPart(results, await readTexts(home, results));
}

/** Writes the files of details, and removes those that an earlier and longer report left. Returns how many there are. */
async function writeParts(folder: string, parts: AsyncIterable<DetailPart>): Promise<number> {
  await ensureFolder(folder);
  const written = new Set<string>();
  for await (const part of parts) {
    const name = `${String(written.size).padStart(5, '0')}.js`;
    await writeFile(join(folder, name), detailScript(written.size, part));
    written.add(name);
  }
  const left = (await readdir(folder)).filter((name) => PART_NAME.test(name) && !written.has(name));
  for (const name of left) await rm(join(folder, name));
  return written.size;
}
