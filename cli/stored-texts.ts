import type { CellResult } from '../domain/cell.js';
import { Failure } from '../domain/failures.js';
import { inParallel } from '../infra/in-parallel.js';
import { tryJson } from '../infra/parse/json.js';
import { messagesSchema } from '../infra/parse/messages.js';
import { reportSchema } from '../infra/parse/report.js';
import { taskSchema } from '../infra/parse/task.js';
import { openBlobStore } from '../infra/store/blobs.js';
import type { StoredTexts } from '../report/page/detail.js';

/** Files that are read at the same time. */
const AT_ONCE = 16;

/** Every text that these results refer to, as far as the store has it. */
export async function readTexts(home: string, results: readonly CellResult[]): Promise<StoredTexts> {
  const wanted = new Set(results.flatMap(namesOf));
  const blobs = openBlobStore(home);
  const texts = new Map<string, string>();
  await inParallel(wanted, AT_ONCE, async (hash) => {
    try {
      texts.set(hash, await blobs.get(hash));
    } catch (error) {
      // A report of what is left is better than none: the page says where the text should be.
      if (!(error instanceof Failure)) throw error;
    }
  });
  const json = (hash: string): unknown => tryJson(texts.get(hash) ?? '');
  return {
    text: (hash) => texts.get(hash) ?? null,
    messages: (hash) => messagesSchema.safeParse(json(hash)).data ?? null,
    report: (hash) => reportSchema.safeParse(json(hash)).data?.report ?? null,
    task: (hash) => taskSchema.safeParse(json(hash)).data ?? null,
  };
}

function namesOf({ cell, attempts }: CellResult): string[] {
  return [
    cell.taskSha256,
    ...attempts.flatMap(({ generation, executions, lookups = [] }) => [
      generation.promptSha256,
      generation.completionSha256,
      ...(generation.programSha256 === null ? [] : [generation.programSha256]),
      ...executions.map(({ reportSha256 }) => reportSha256),
      ...lookups.map(({ textSha256 }) => textSha256),
    ]),
  ];
}
