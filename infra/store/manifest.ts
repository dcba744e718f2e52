import { join } from 'node:path';
import type { Cell } from '../../domain/cell.js';
import { Failure } from '../../domain/failures.js';
import type { SweepConfig } from '../../domain/sweep.js';
import { UserError } from '../errors.js';
import { atomicCreate, atomicWrite, listFolder, readIfExists, readLines } from '../fs.js';
import { cellSchema } from '../parse/journal-line.js';
import { tryJson } from '../parse/json.js';
import { MANIFEST_FORMAT, manifestFormatSchema, manifestSchema, type Manifest } from '../parse/manifest.js';
import { joined } from '../pieces.js';
import { canonicalJson, sha256 } from './digest.js';
import { sweepFolder, sweepsFolder } from './paths.js';
import { guarded } from './store-fault.js';

const manifestPath = (home: string, sweepId: string): string => join(sweepFolder(home, sweepId), 'manifest.json');

/** Named by the config, so that two sweeps that race for one name can't mix one's manifest with the other's plan. */
export const planPath = (home: string, { sweepId, configSha256 }: Manifest): string =>
  join(sweepFolder(home, sweepId), `plan-${configSha256.slice(0, 16)}.jsonl`);

/** What `Manifest.configSha256` holds. */
export function configHash(config: SweepConfig): string {
  return sha256(canonicalJson(config));
}

/**
 * Writes a sweep: its plan, then its manifest, each as a whole. Returns the manifest that stands afterwards: where
 * another was first it stands unchanged, and the caller compares `configSha256`. Throws `Failure('StoreUnavailable')`.
 */
export async function writeSweep(home: string, manifest: Manifest, cells: readonly Cell[]): Promise<Manifest> {
  const { sweepId } = manifest;
  const before = await findManifest(home, sweepId);
  if (before !== null) return before;
  const plan = planPath(home, manifest);
  const path = manifestPath(home, sweepId);
  await guarded('write', plan, () => atomicWrite(plan, joined(cells.map((cell) => `${JSON.stringify(cell)}\n`))));
  await guarded('write', path, () => atomicCreate(path, `${JSON.stringify(manifest, null, 2)}\n`));
  return readManifest(home, sweepId);
}

/** The manifest of a sweep; null if there is no such sweep. Throws a `UserError` if a newer version wrote it. */
export async function findManifest(home: string, sweepId: string): Promise<Manifest | null> {
  const path = manifestPath(home, sweepId);
  const text = await guarded('read', path, () => readIfExists(path));
  if (text === null) return null;
  const value = tryJson(text);
  const format = manifestFormatSchema.safeParse(value).data?.format ?? 0;
  if (format > MANIFEST_FORMAT) {
    throw new UserError(`${path} was written by a newer version of aicodereval (format ${format}).`, {
      hint: `Update aicodereval (this version reads format ${MANIFEST_FORMAT}), or choose another home with --home.`,
      exitCode: 3,
    });
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UserError(`${path} is damaged${issue === undefined ? '' : ` at "${issue.path.join('.')}"`}.`, {
    hint: "Restore the file from a copy, or remove the sweep's folder and run the sweep again.",
    exitCode: 3,
    cause: parsed.error,
  });
}

/** Like `findManifest`, but throws `Failure('SweepNotFound')` if there is no such sweep. */
export async function readManifest(home: string, sweepId: string): Promise<Manifest> {
  const manifest = await findManifest(home, sweepId);
  if (manifest === null) throw new Failure('SweepNotFound', `There is no sweep "${sweepId}" in ${home}.`);
  return manifest;
}

/** Cells `offset` to `offset + limit` of a sweep's plan, in its order; fewer at its end. */
export async function readPlan(home: string, sweepId: string, offset: number, limit: number): Promise<Cell[]> {
  const path = planPath(home, await readManifest(home, sweepId));
  return guarded('read', path, async () => {
    const cells: Cell[] = [];
    let line = 0;
    for await (const text of readLines(path)) {
      line += 1;
      if (line > offset + limit) break;
      if (line > offset) cells.push(parsePlanLine(text, path, line));
    }
    return cells;
  });
}

/** The cell of a plan's line. Throws `Failure('StoreUnavailable')`. */
export function parsePlanLine(text: string, path: string, line: number): Cell {
  const parsed = cellSchema.safeParse(tryJson(text));
  if (parsed.success) return parsed.data;
  throw new Failure('StoreUnavailable', `${path}, line ${line} is damaged.`, { cause: parsed.error });
}

/** Ids of every sweep of a home, sorted; none if the home is new. */
export async function listSweeps(home: string): Promise<string[]> {
  const root = sweepsFolder(home);
  return guarded('read', root, async () => {
    const found: string[] = [];
    for (const entry of await listFolder(root)) {
      if (entry.isDirectory() && (await readIfExists(manifestPath(home, entry.name))) !== null) found.push(entry.name);
    }
    return found;
  });
}
