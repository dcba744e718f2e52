import { chmod, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadFile } from './download.js';
import { renameDurably, syncFiles } from './files.js';
import { ensureArtefact, type Source, type ToolContext } from './install.js';
import { TOOLS, XLLAMACPP, type ToolName } from './pins.js';
import { runCommand } from './run-command.js';
import { fetchWheel, unpackWheel, type WheelPin } from './wheel.js';

/**
 * Absolute path of a tool's executable: the one on PATH if its version will do, else the pinned one below
 * `<home>/tools`, fetched when it is first asked for. Safe when several processes ask at once.
 * Throws UserError (exit 3) saying what was tried and what to install.
 */
export async function ensureTool(name: ToolName, ctx: ToolContext): Promise<string> {
  const pin = TOOLS[name];
  const onPath = await findOnPath(name, ctx);
  if (onPath !== null) return onPath;
  const target = join(ctx.home, 'tools', `${name}-${pin.version}`);
  const sources = isPrebuilt() ? [...archiveSource(name, target, ctx), toolWheelSource(name, target, ctx)] : [];
  await ensureArtefact({ what: `${name} ${pin.version}`, target, hint: pin.hint }, sources, ctx);
  return join(target, 'bin', name);
}

/**
 * The folder to put on PYTHONPATH for `import xllamacpp`, fetched when it is first asked for.
 * An unpacked wheel does what a virtual environment would: the package is one extension module without dependencies.
 * Throws UserError (exit 3) if it can't be had.
 */
export async function ensureXllamacpp(ctx: ToolContext): Promise<string> {
  const target = join(ctx.home, 'tools', `xllamacpp-${XLLAMACPP.version}`);
  const hint = 'The embedded model needs network access to a Python package index once (pip and Python >= 3.10).';
  const sources = isPrebuilt() ? [wheelSource(XLLAMACPP, target, ctx, () => Promise.resolve())] : [];
  await ensureArtefact({ what: `xllamacpp ${XLLAMACPP.version} (llama.cpp)`, target, hint }, sources, ctx);
  return target;
}

function isPrebuilt(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** The tool on PATH, or null if there is none, or one that does not run or is too old. */
async function findOnPath(name: ToolName, ctx: ToolContext): Promise<string | null> {
  const options = { env: ctx.env, signal: ctx.signal };
  try {
    const path = (await runCommand('/bin/sh', ['-c', 'command -v -- "$0"', name], options)).trim();
    return path.startsWith('/') && TOOLS[name].accepts(await versionOf(path, ctx)) ? path : null;
  } catch {
    ctx.signal?.throwIfAborted();
    return null;
  }
}

/** Major and minor version that an executable reports. */
async function versionOf(path: string, ctx: ToolContext): Promise<readonly [number, number]> {
  const text = await runCommand(path, ['--version'], { env: ctx.env, signal: ctx.signal });
  const [, major, minor] = /(\d+)\.(\d+)/.exec(text) ?? [];
  return [Number(major), Number(minor)];
}

function archiveSource(name: ToolName, target: string, ctx: ToolContext): Source[] {
  const { archive, version } = TOOLS[name];
  if (archive === null) return [];
  const { env, onProgress, signal } = ctx;
  const install = async (): Promise<void> => {
    const file = `${target}.tar.gz`;
    await downloadFile({ ...archive, to: file, what: `${name} ${version}`, onProgress, signal });
    await replaceFolder(target, async (folder) => {
      await runCommand('python3', ['-m', 'tarfile', '-e', file, join(folder, 'bin')], { env, signal });
      await placeExecutable(folder, name, join('bin', name), ctx);
    });
    await rm(file, { force: true });
  };
  return [{ name: `official download ${archive.url}`, install }];
}

function toolWheelSource(name: ToolName, target: string, ctx: ToolContext): Source {
  const { wheel, member } = TOOLS[name];
  return wheelSource(wheel, target, ctx, (folder) => placeExecutable(folder, name, member, ctx));
}

function wheelSource(
  wheel: WheelPin,
  target: string,
  ctx: ToolContext,
  finish: (folder: string) => Promise<void>,
): Source {
  const install = (): Promise<void> =>
    replaceFolder(target, async (folder) => {
      const work = `${folder}.wheel`;
      await rm(work, { recursive: true, force: true });
      await unpackWheel(await fetchWheel(wheel, work, ctx), folder, ctx);
      await rm(work, { recursive: true, force: true });
      await finish(folder);
    });
  return { name: `wheel ${wheel.name} ${wheel.version}`, install };
}

/** Fills a new folder and puts it in place in one step, so that its name means that it is whole. */
async function replaceFolder(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const folder = `${target}.partial`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await fill(folder);
  await syncFiles(folder);
  await renameDurably(folder, target);
}

/**
 * Gives the executable its mode and its short path, and runs it once: a binary that this machine can't run must
 * not be kept. A link, not a move: bwrap finds its libraries beside its own place.
 */
async function placeExecutable(folder: string, name: string, member: string, ctx: ToolContext): Promise<void> {
  const path = join('bin', name);
  await chmod(join(folder, member), 0o755);
  if (member !== path) {
    await mkdir(join(folder, 'bin'));
    await symlink(join('..', member), join(folder, path));
  }
  await versionOf(join(folder, path), ctx);
}
