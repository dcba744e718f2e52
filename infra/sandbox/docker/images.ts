import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../domain/failures.js';
import { atomicWrite } from '../../fs.js';
import { answer, answerUnlessGone, type Engine, statusOf } from './engine.js';
import { LABEL } from './owned.js';

/** An image that an engine has. */
export interface FoundImage {
  /** "sha256:..." of its configuration: what it is, whatever it is called. */
  readonly id: string;
  readonly bytes: number;
}

/** Looks up an image by name, name@digest or id. Throws `SandboxUnavailable`, with how to get it, if it is not there. */
export async function findImage(engine: Engine, name: string): Promise<FoundImage> {
  const inspected = engine.getImage(name).inspect();
  const found = await answer(
    `look up the image ${name}`,
    inspected.catch((error: unknown) => {
      if (statusOf(error) === 404) return null;
      throw error;
    }),
  );
  if (found !== null) return { id: found.Id, bytes: found.Size };
  const cure = `build it as docs/sandbox.md says ("docker build --tag ${name} infra/sandbox/docker"), or pull it`;
  throw new Failure('SandboxUnavailable', `Docker has no image "${name}": ${cure}`);
}

/** Notes that an image is used now, for `keepToBudget`. */
export async function markUsed(home: string, imageId: string): Promise<void> {
  await atomicWrite(markPath(home, imageId), '');
}

/**
 * Removes images of ours, the least recently used first, until those left take no more than `budgetBytes`. Never one
 * that a container uses, or that is in `keep`. Returns the ids of removed images.
 */
export async function keepToBudget(
  engine: Engine,
  options: { home: string; budgetBytes: number; keep: readonly string[] },
): Promise<string[]> {
  const { home, budgetBytes, keep } = options;
  const used = await answer('list containers', engine.listContainers({ all: true }));
  const kept = new Set([...keep, ...used.map(({ ImageID }) => ImageID)]);
  const images = await byLastUse(engine, home);
  let bytes = images.reduce((sum, image) => sum + image.bytes, 0);
  const removed: string[] = [];
  for (const { id, bytes: own } of images) {
    if (bytes <= budgetBytes) break;
    if (kept.has(id)) continue;
    await answerUnlessGone('remove an image', engine.getImage(id).remove({ force: true }));
    await rm(markPath(home, id), { force: true });
    bytes -= own;
    removed.push(id);
  }
  return removed;
}

/** Images with our label, the least recently used first; bytes are those that an image shares with no other. */
async function byLastUse(engine: Engine, home: string): Promise<readonly (FoundImage & { readonly usedAt: number })[]> {
  const options = { filters: JSON.stringify({ label: [`${LABEL}=1`] }), 'shared-size': true };
  const images = await answer('list images', engine.listImages(options));
  const found = images.map(async ({ Id: id, Size, SharedSize, Created }) => {
    const mark = await stat(markPath(home, id)).catch(() => null);
    // An engine before API 1.42 says -1: then an image counts as a whole.
    return { id, bytes: Size - Math.max(0, SharedSize ?? 0), usedAt: mark?.mtimeMs ?? Created * 1_000 };
  });
  return (await Promise.all(found)).toSorted((one, other) => one.usedAt - other.usedAt);
}

function markPath(home: string, imageId: string): string {
  return join(home, 'docker-images', imageId.replace(':', '-'));
}
