import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CellResult } from '../domain/cell.js';
import { readResults } from '../infra/arrow/results.js';
import { listFolder } from '../infra/fs.js';
import type { Manifest } from '../infra/parse/manifest.js';
import { sha256 } from '../infra/store/digest.js';
import { sweepFolder } from '../infra/store/paths.js';
import type { PageData } from '../report/page/data.js';
import { figuresOf } from './html-report.js';

/** Reading takes at most this share of the time, however large a sweep has grown. */
const SHARE = 0.2;
const ROWS = /\.(?:arrow|jsonl)$/;

/** What a sweep that runs has come to. */
export interface Edition {
  readonly data: PageData;
  /** The data as JSON, and what it is told from others by. */
  readonly json: string;
  readonly tag: string;
  readonly results: readonly CellResult[];
}

/** A sweep's results as they grow: read anew only once its files have changed. */
export class LiveSweep {
  private readonly home: string;
  private readonly manifest: Manifest;
  private readonly temporal: string | null;
  private edition: Edition | null = null;
  private state = '';
  private notBefore = 0;
  private reading: Promise<Edition> | null = null;

  constructor(home: string, manifest: Manifest, temporal: string | null) {
    this.home = home;
    this.manifest = manifest;
    this.temporal = temporal;
  }

  /** The newest edition; one that is a moment old where reading is dear. */
  async current(): Promise<Edition> {
    if (this.edition !== null && Date.now() < this.notBefore) return this.edition;
    this.reading ??= this.read().finally(() => (this.reading = null));
    return this.reading;
  }

  private async read(): Promise<Edition> {
    const began = Date.now();
    const state = await this.look();
    if (this.edition === null || state !== this.state) {
      const results = await readResults(this.home, this.manifest.sweepId);
      const figures = figuresOf({ manifest: this.manifest, results });
      const data = { ...figures, temporal: this.temporal, details: { kind: 'live' } } as const;
      const json = JSON.stringify(data);
      this.edition = { data, json, tag: `"${sha256(json).slice(0, 32)}"`, results };
      this.state = state;
    }
    this.notBefore = Date.now() + Math.max(500, (Date.now() - began) / SHARE);
    return this.edition;
  }

  /** Names and sizes of the files that hold rows. */
  private async look(): Promise<string> {
    const folder = sweepFolder(this.home, this.manifest.sweepId);
    const files = await Promise.all(
      [folder, join(folder, 'journal')].map(async (place) =>
        (await listFolder(place)).flatMap(({ name }) => (ROWS.test(name) ? [join(place, name)] : [])),
      ),
    );
    const sizes = await Promise.all(
      files.flat().map((path) =>
        stat(path).then(
          ({ size }) => `${path} ${size}`,
          () => `${path} gone`,
        ),
      ),
    );
    return sizes.join('\n');
  }
}
