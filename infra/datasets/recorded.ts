import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { atomicWrite, readIfExists } from '../fs.js';
import { acquireLock } from '../lock.js';
import { sha256File } from '../tools/files.js';
import { ensureArtefact, type Source, type ToolContext } from '../tools/install.js';

interface DataFile {
  readonly target: string;
  /** Where people find it. */
  readonly url: string;
  /** Where it may come from, given the SHA-256 that it must have; null where it was never there. */
  sources(sha256: string | null): readonly Source[];
}

/**
 * Makes sure that a file of a data set is there, and returns its path. The SHA-256 of what came first is written to
 * `<target>.sha256` and holds from then on: a copy that was changed is fetched anew.
 * Throws UserError (exit 3) that says what was tried and how to do without.
 */
export async function ensureRecorded(file: DataFile, ctx: ToolContext): Promise<string> {
  const { target, url } = file;
  const record = `${target}.sha256`;
  const sha256 = (await readIfExists(record))?.trim() ?? null;
  if (sha256 !== null) await dropOther(target, sha256, ctx.signal);
  const hint = `Download ${url} elsewhere and name your copy: \`file\` of the suite in a sweep file, --tasks of grade.`;
  await ensureArtefact({ what: basename(target), target, hint }, file.sources(sha256), ctx);
  if (sha256 === null) await atomicWrite(record, `${await sha256File(target, ctx.signal)}\n`);
  return target;
}

async function dropOther(target: string, sha256: string, signal: AbortSignal | undefined): Promise<void> {
  if (!existsSync(target) || (await sha256File(target, signal)) === sha256) return;
  const lock = await acquireLock(resolve(target), { wait: true, signal });
  try {
    if (existsSync(target) && (await sha256File(target, signal)) !== sha256) await rm(target);
  } finally {
    await lock?.release();
  }
}
