import { realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from './errors.js';
import { atomicCreate, ensureFolder, readIfExists } from './fs.js';
import { tryJson } from './parse/json.js';

/** Raised when a home of this version could not be read by an older one. */
const HOME_FORMAT = 1;

const homeFileSchema = z.object({ format: z.int().positive() });

/**
 * Makes the home folder if it is missing, and checks that it can be written and that no newer version made it.
 * Returns its real path. Throws a `UserError` (exit 3); nothing is left half-made.
 */
export async function openHome(path: string): Promise<string> {
  try {
    await ensureFolder(path);
    const probe = join(path, `.writable-${process.pid}`);
    try {
      await writeFile(probe, 'x');
    } finally {
      await rm(probe, { force: true });
    }
    await checkFormat(path);
    return await realpath(path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`The home folder ${path} cannot be written: ${(error as Error).message}`, {
      hint: 'Free some space or make it writable, or choose another one with --home or AICODEREVAL_HOME.',
      exitCode: 3,
      cause: error,
    });
  }
}

async function checkFormat(home: string): Promise<void> {
  const path = join(home, 'home.json');
  const text = await readIfExists(path);
  if (text === null) {
    await atomicCreate(path, `${JSON.stringify({ format: HOME_FORMAT })}\n`);
    return;
  }
  const parsed = homeFileSchema.safeParse(tryJson(text));
  if (!parsed.success) {
    throw new UserError(`${path} is damaged.`, {
      hint: `Restore it from a copy; a home of this version holds {"format":${HOME_FORMAT}}.`,
      exitCode: 3,
    });
  }
  if (parsed.data.format > HOME_FORMAT) {
    throw new UserError(`The home folder ${home} was made by a newer version (format ${parsed.data.format}).`, {
      hint: `Update aicodereval (this version knows format ${HOME_FORMAT}), or choose another home with --home.`,
      exitCode: 3,
    });
  }
}
