import { basename, dirname, resolve } from 'node:path';
import type { CellResult } from '../domain/cell.js';
import { UserError } from '../infra/errors.js';
import type { Manifest } from '../infra/parse/manifest.js';
import { findManifest, listSweeps } from '../infra/store/manifest.js';

/** The results of a sweep that is to be read. */
export interface Source {
  /** As the user gave it. */
  readonly name: string;
  readonly home: string;
  readonly manifest: Manifest;
  readonly results: readonly CellResult[];
}

/** A sweep of the home by its name, or any sweep by its folder, `<home>/sweeps/<id>`. Throws UserError (exit 2). */
export async function openSource(name: string, home: string): Promise<Source> {
  const place = await findSource(name, home);
  // Not for those that only look where a sweep is: it loads all of Arrow.
  const { readResults } = await import('../infra/arrow/results.js');
  const results = await readResults(place.home, place.manifest.sweepId);
  if (results.length > 0) return { name, ...place, results };
  throw nothingFinished(name, place.manifest);
}

/** The error for a sweep without a row. */
export function nothingFinished(name: string, { sweepId }: Manifest): UserError {
  const hint = `"aicodereval status ${sweepId}" shows its state.`;
  return new UserError(`No cell of "${name}" has finished yet.`, { hint, exitCode: 2 });
}

/** Where a sweep of this name or folder lies, whether a cell of it has ended or not. Throws UserError (exit 2). */
export async function findSource(name: string, home: string): Promise<{ home: string; manifest: Manifest }> {
  const manifest = name.includes('/') ? null : await findManifest(home, name);
  if (manifest !== null) return { home, manifest };
  const folder = resolve(name);
  const other = dirname(dirname(folder));
  const found = basename(dirname(folder)) === 'sweeps' ? await findManifest(other, basename(folder)) : null;
  if (found !== null) return { home: other, manifest: found };
  throw await noSweep(name, home);
}

/** The manifest of a sweep of the home. Throws UserError (exit 2) if there is none. */
export async function demandSweep(name: string, home: string): Promise<Manifest> {
  const manifest = await findManifest(home, name);
  if (manifest !== null) return manifest;
  throw await noSweep(name, home);
}

/** Suites of which a sweep runs not every task. */
export function limitedSuites({ config }: Manifest): string[] {
  return config.suites.filter(({ limit, tasks }) => limit !== null || tasks !== null).map(({ id }) => id);
}

/** The error for a sweep that is not there. */
async function noSweep(name: string, home: string): Promise<UserError> {
  const known = await listSweeps(home);
  const there = known.length === 0 ? 'This home has none yet; is --home right?' : `There are: ${known.join(', ')}.`;
  return new UserError(`There is no sweep "${name}" in ${home}.`, { hint: there, exitCode: 2 });
}
