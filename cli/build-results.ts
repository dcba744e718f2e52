import { join } from 'node:path';
import type { BuildPlan, ItemStory } from '../domain/build/build.js';
import { atomicWrite } from '../infra/fs.js';
import { docRecordsSchema } from '../infra/parse/build.js';
import { tryJson } from '../infra/parse/json.js';
import { taskSchema } from '../infra/parse/task.js';
import { type BlobStore, openBlobStore } from '../infra/store/blobs.js';
import type { BuildStore } from '../infra/store/builds.js';
import { provenance, summariseBuild, taskLine, type BuildSummary } from '../report/build.js';
import { buildPage, type PageItem } from '../report/build-page.js';
import { writingTo } from './output-files.js';

/** The files that a build ends with. */
export interface BuildFiles {
  readonly tasks: string;
  readonly provenance: string;
  readonly page: string;
}

/**
 * Everything that became of the records that the build needed, in their order, up to the last task that was wanted; nothing where none
 * was begun. Behind that may lie what an earlier run needed, before records that it could not judge were tried again.
 */
export async function readStories(home: string, store: BuildStore, wanted: number): Promise<ItemStory[]> {
  const collected = await store.collected();
  if (collected === null) return [];
  const records = docRecordsSchema.parse(tryJson(await openBlobStore(home).get(collected.recordsSha256)));
  const stories: ItemStory[] = [];
  let accepted = 0;
  for (const [number, record] of records.entries()) {
    if (accepted >= wanted) break;
    const [item, settled] = await Promise.all([store.item(number), store.settled(number)]);
    if (item === null || settled === null) break;
    stories.push({ ...settled, record, rounds: item.rounds });
    if (settled.accepted) accepted += 1;
  }
  return stories;
}

/**
 * Writes tasks, provenance and page, each as a whole. `out` is where the tasks go; the others stand beside them. Throws
 * UserError where they can't be written.
 */
export async function writeResults(
  plan: BuildPlan,
  stories: readonly ItemStory[],
  { home, store, out }: { readonly home: string; readonly store: BuildStore; readonly out: string | null },
): Promise<{ summary: BuildSummary; files: BuildFiles }> {
  const blobs = openBlobStore(home);
  const tasks = out ?? join(store.folder, 'tasks.jsonl');
  const stem = tasks.replace(/\.jsonl$/, '');
  const files = { tasks, provenance: `${stem}.provenance.jsonl`, page: `${stem}.html` };
  const summary = summariseBuild(plan, stories);
  const lines = await Promise.all(
    stories.filter(({ accepted }) => accepted).map((story) => lineOf(story, plan, blobs)),
  );
  const steps = stories.map((story) => JSON.stringify({ task_id: story.record.id, ...provenance(story, plan) }));
  const items = await Promise.all(stories.map((story) => pageItem(story, blobs)));
  await writingTo('--out', tasks, async () => {
    await atomicWrite(files.tasks, lines.join(''));
    await atomicWrite(files.provenance, steps.map((line) => `${line}\n`).join(''));
    await atomicWrite(files.page, buildPage(plan, summary, items));
  });
  return { summary, files };
}

async function lineOf(story: ItemStory, plan: BuildPlan, blobs: BlobStore): Promise<string> {
  return taskLine(story, await blobs.get(story.rounds.at(-1)?.draft.programSha256 ?? ''), plan);
}

async function pageItem(story: ItemStory, blobs: BlobStore): Promise<PageItem> {
  const taskSha256 = story.rounds.findLast(({ draft }) => draft.taskSha256 !== null)?.draft.taskSha256 ?? null;
  const answers = await Promise.all(story.rounds.map(({ draft }) => blobs.get(draft.completionSha256)));
  return { story, task: taskSha256 === null ? null : taskSchema.parse(tryJson(await blobs.get(taskSha256))), answers };
}
