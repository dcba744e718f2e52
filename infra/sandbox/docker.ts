import { startContainer } from './docker/attached-container.js';
import { answer, type Engine, openEngine } from './docker/engine.js';
import { findImage, keepToBudget, markUsed } from './docker/images.js';
import { ownerLabels, removeOrphans } from './docker/owned.js';
import { type ContainerNeeds, containerSettings } from './docker/settings.js';
import type { GpuDevice } from '../gpu/probe.js';
import { ForkServer } from './fork-server.js';
import { type Counted, ForkServerPool } from './fork-server-pool.js';
import type { ImportSet } from './import-set.js';
import type { Variables } from './program-env.js';
import type { Sandbox } from './sandbox.js';
import { type Slots, slotsOf } from './slots.js';

/** What a Docker sandbox is made of. */
export interface DockerOptions {
  /** Image with Python 3.10 or newer, by name, name@digest or id. */
  readonly image: string;
  /** Interpreter that programs run in, within the image. "python3" unless given. */
  readonly python?: string;
  /** Programs may import the image's packages; the standard library alone unless given. */
  readonly hasPackages?: boolean;
  /** Programs at the same time; a number, or places that other sandboxes share. */
  readonly slots: number | Slots;
  /** What fork servers import ahead, for the programs that use it; none unless given. */
  readonly importSets?: readonly ImportSet[];
  /** Environment variables that the packages need; none unless given. */
  readonly variables?: Variables;
  /** The GPU that programs may use; without one they see none. */
  readonly gpu?: GpuDevice | undefined;
  /** Where programs and fork servers are counted; nowhere unless given. */
  readonly counted?: Counted;
  /** Home folder: whose containers these are, and where the last use of images is kept. */
  readonly home: string;
  /** Disk that images of ours may take; the least recently used go first. */
  readonly imageBudgetBytes: number;
}

/**
 * The sandbox of a Docker engine: a container as the outer wall round each fork server (see `runner/`), which makes
 * the inner wall round each program. Containers start with the first jobs, are used for many programs, and end with this process.
 */
export function openDockerSandbox(options: DockerOptions): Sandbox {
  let known: Promise<Prepared> | null = null;
  /** What holds for every container; looked up again after a failure. */
  const prepared = (): Promise<Prepared> => {
    known ??= prepare(options).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
  const { slots, importSets = [], variables = {}, gpu } = options;
  const start = async ({ modules }: ImportSet): Promise<ForkServer> => {
    const { engine, needs } = await prepared();
    const settings = await containerSettings(needs, modules, variables, gpu);
    return ForkServer.start(await startContainer(engine, settings));
  };
  return new ForkServerPool({ slots: slotsOf(slots), importSets, start, counted: options.counted });
}

/** The engine and the image that are there, for people. Throws `SandboxUnavailable`, with the cure, if one is not. */
export async function describeDocker(image: string): Promise<string> {
  const engine = await openEngine();
  const { Version: version } = await answer('tell its version', engine.version());
  const { id, bytes } = await findImage(engine, image);
  return `Docker ${version}, image ${image} (${id.slice(0, 19)}, ${(bytes / 1e6).toFixed(0)} MB)`;
}

/** "sha256:..." of an image's configuration. Throws `SandboxUnavailable` if there is none of this name. */
export async function imageId(image: string): Promise<string> {
  return (await findImage(await openEngine(), image)).id;
}

interface Prepared {
  readonly engine: Engine;
  readonly needs: ContainerNeeds;
}

/** Clears up after dead owners, and finds the image; so that it stays the same, by its id. */
async function prepare(options: DockerOptions): Promise<Prepared> {
  const { image, home, imageBudgetBytes, python = 'python3', hasPackages = false } = options;
  const engine = await openEngine();
  const { SecurityOptions: security = [] } = await answer('describe itself', engine.info() as Promise<EngineInfo>);
  await removeOrphans(engine, home);
  const { id } = await findImage(engine, image);
  await markUsed(home, id);
  await keepToBudget(engine, { home, budgetBytes: imageBudgetBytes, keep: [id] });
  const hasAppArmor = security.some((option) => option.startsWith('name=apparmor'));
  return { engine, needs: { image: id, python, hasPackages, labels: await ownerLabels(home), hasAppArmor } };
}

/** What we read of what an engine says of itself. */
interface EngineInfo {
  readonly SecurityOptions?: readonly string[];
}
