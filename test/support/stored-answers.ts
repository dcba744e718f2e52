import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tryJson } from '../../infra/parse/json.js';
import { storedAnswerSchema } from '../../infra/parse/stored-answer.js';

/** Generations that paid for the answers that a sweep or build has stored in its folder; none before the first. Throws if a stored answer cannot be read. */
export async function storedAnswers(folder: string): Promise<string[]> {
  const root = join(folder, 'answers');
  const names = await readdir(root, { recursive: true }).catch(() => []);
  return Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (name) => {
        const { key, askedBy = key } = storedAnswerSchema.parse(tryJson(await readFile(join(root, name), 'utf8')));
        return askedBy;
      }),
  );
}
