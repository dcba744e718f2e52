import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { acquireLock } from '../lock.js';
import type { Progress } from './progress-bar.js';
import type { CommandEnv } from './run-command.js';

/** What every fetch of a third-party artefact needs to know. */
export interface ToolContext {
  /** The home folder; artefacts go below it. */
  readonly home: string;
  /** Environment of the commands that are run (pip, the tools' own `--version`); left out, this process's. */
  readonly env?: CommandEnv | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One place that an artefact may come from. `install` throws an Error whose message says why it did not. */
export interface Source {
  readonly name: string;
  install(): Promise<void>;
}

/**
 * Makes sure that `target` exists: takes the lock of its name and tries the sources in order.
 * Each source must put `target` in place by an atomic rename, so that its existence means that it is whole.
 * Throws UserError (exit 3) with every source's reason if all fail.
 */
export async function ensureArtefact(
  artefact: { readonly what: string; readonly target: string; readonly hint: string },
  sources: readonly Source[],
  ctx: ToolContext,
): Promise<void> {
  if (existsSync(artefact.target)) return;
  await makeFolder(dirname(artefact.target));
  const lock = await acquireLock(resolve(artefact.target), { wait: true, signal: ctx.signal });
  try {
    if (!existsSync(artefact.target)) await installFirst(artefact, sources, ctx);
  } finally {
    await lock?.release();
  }
}

async function installFirst(
  artefact: { readonly what: string; readonly hint: string },
  sources: readonly Source[],
  ctx: ToolContext,
): Promise<void> {
  const reasons: string[] = [];
  for (const source of sources) {
    try {
      return await source.install();
    } catch (error) {
      ctx.signal?.throwIfAborted();
      reasons.push(`  ${source.name}: ${reasonOf(error)}`);
    }
  }
  const isFull = reasons.some((reason) => /ENOSPC|EDQUOT|No space left/.test(reason));
  throw new UserError(`${artefact.what} is not installed and could not be fetched:\n${reasons.join('\n')}`, {
    hint: isFull ? 'The disk is full: free some space, or choose another home folder: --home DIR' : artefact.hint,
    exitCode: 3,
  });
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new UserError(`The folder ${folder} can't be made: ${reasonOf(cause)}`, {
      hint: 'Choose a home folder that you may write to: --home DIR',
      exitCode: 3,
      cause,
    });
  }
}

/** An error's message on one line, with that of its innermost cause: `fetch` hides the real reason there. */
export function reasonOf(error: unknown): string {
  if (!isError(error)) return String(error);
  let cause = error;
  while (isError(cause.cause)) cause = cause.cause;
  const why = cause === error ? '' : ` (${cause.message || cause.code || cause.name})`;
  return `${error.message}${why}`.replaceAll(/\s*\n\s*/g, ' ').slice(0, 600);
}

/** Told by its shape: errors of Node's own may come from another realm. */
function isError(value: unknown): value is Error & { readonly code?: string } {
  return typeof value === 'object' && value !== null && 'message' in value && 'name' in value;
}
