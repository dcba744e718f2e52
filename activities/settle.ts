import type { BuiltItem, Nearest, Problem, Settled } from '../domain/build/build.js';
import { known, type Known, NEAR_DUPLICATE, resemblance } from '../domain/build/resemblance.js';
import { Failure } from '../domain/failures.js';
import { knownTasksSchema } from '../infra/parse/build.js';
import { tryJson } from '../infra/parse/json.js';
import type { BlobStore } from '../infra/store/blobs.js';
import { openBuild } from '../infra/store/builds.js';
import type { BuildData } from './build-data.js';
import { cached } from './cached.js';
import type { BuildItemInput, ControlActivities } from './contract.js';
import { withTypedFaults } from './faults.js';
import type { SweepData } from './sweep-data.js';

export interface SettleDeps {
  readonly home: string;
  readonly blobs: BlobStore;
  readonly builds: BuildData;
  readonly data: Pick<SweepData, 'task'>;
}

/** The activities of a build that read and write its store. */
export function createSettleActivities(deps: SettleDeps): Pick<ControlActivities, 'keepItem' | 'settle'> {
  const others = new Map<string, Promise<Known[]>>();
  return {
    keepItem: (build, item) => withTypedFaults(() => openBuild(deps.home, build).keepItem(item)),
    settle: (input) => withTypedFaults(() => settle(deps, others, input)),
  };
}

/** The outcome rests on the records before this one alone: it is the same however the build was interrupted. */
async function settle(
  deps: SettleDeps,
  others: Map<string, Promise<Known[]>>,
  input: BuildItemInput,
): Promise<Settled> {
  const { home, blobs, builds } = deps;
  const store = openBuild(home, input.build);
  const item = await store.item(input.item);
  if (item === null)
    throw new Failure('TaskNotFound', `The build ${input.build} has kept nothing of record ${input.item}`);
  const { againstSha256 } = await builds.plan(input.build);
  const task = await knownTask(deps, input, item);
  let settled: Settled = { item: input.item, accepted: task !== null, problem: item.problem, nearest: null };
  if (task !== null) {
    const published = await cached(others, againstSha256, async () =>
      knownTasksSchema.parse(tryJson(await blobs.get(againstSha256))),
    );
    const earlier = await acceptedBefore(deps, input);
    const nearest = nearestOf(task, [...earlier, ...published]);
    const problem = duplicateOf(
      nearest,
      earlier.some(({ id }) => id === nearest?.id),
    );
    settled = { ...settled, accepted: problem === null, problem, nearest };
  }
  await store.keepSettled(settled);
  return settled;
}

function duplicateOf(nearest: Nearest | null, isOurs: boolean): Problem | null {
  if (nearest === null || nearest.similarity < NEAR_DUPLICATE) return null;
  const { id, similarity } = nearest;
  const evidence = `it resembles ${id} by ${similarity.toFixed(2)}; from ${NEAR_DUPLICATE} on tasks are near-duplicates`;
  return { kind: isOurs ? 'duplicate' : 'contaminated', evidence, reportSha256: null };
}

function nearestOf(task: Known, others: readonly Known[]): Nearest | null {
  const all = others.map((other) => ({ id: other.id, similarity: Math.round(resemblance(task, other) * 1e4) / 1e4 }));
  return all.reduce<Nearest | null>((best, each) => (each.similarity > (best?.similarity ?? 0) ? each : best), null);
}

async function acceptedBefore(deps: SettleDeps, input: BuildItemInput): Promise<Known[]> {
  const store = openBuild(deps.home, input.build);
  const found: Known[] = [];
  for (let item = 0; item < input.item; item += 1) {
    if ((await store.settled(item))?.accepted !== true) continue;
    const built = await store.item(item);
    const task = built === null ? null : await knownTask(deps, { ...input, item }, built);
    if (task !== null) found.push(task);
  }
  return found;
}

/** The usable task of an item as it is compared; null if there is none. */
async function knownTask({ data, builds }: SettleDeps, input: BuildItemInput, item: BuiltItem): Promise<Known | null> {
  const taskSha256 = item.rounds.at(-1)?.draft.taskSha256 ?? null;
  if (item.problem !== null || taskSha256 === null) return null;
  const { id } = await builds.record(input);
  return known(id, await data.task(taskSha256));
}
