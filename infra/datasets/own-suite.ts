import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { GRADINGS, type Grading, type Task } from '../../domain/task.js';
import { UserError } from '../errors.js';
import { packagePath } from '../package-path.js';
import { parseAiCoderEval } from './aicodereval-format.js';
import type { LoadedSuite, Suite } from './dataset.js';
import { examplesTest } from './examples.js';

/**
 * A suite that ships with the program: files in AICoderEval's format in a folder of its id. Lines `# key: value` above the first
 * section say the task's `domain`, and its `environment` and `grading` where they are not `base` and `isolated`.
 */
export function ownSuite({ id, title, size }: Pick<Suite, 'id' | 'title' | 'size'>): Suite {
  return {
    id,
    title,
    licence: 'MIT',
    size,
    load: async ({ file }): Promise<LoadedSuite> => {
      if (file === null) return { tasks: await readFolder(id), unusable: [] };
      throw new UserError(`The suite "${id}" ships with the program and reads no file.`, {
        hint: 'Leave `file` out of the suite.',
        exitCode: 2,
      });
    },
  };
}

/** Programs that make a plausible mistake at a task of a suite of ours, each of which must fail. */
export async function wrongPrograms(suite: string, taskId: string): Promise<string[]> {
  const folder = packagePath(`infra/datasets/${suite}/wrong`);
  const names = (await readdir(folder)).filter((name) => name === `${taskId}.py` || name.startsWith(`${taskId}.`));
  return Promise.all(names.sort().map((name) => readFile(join(folder, name), 'utf8')));
}

async function readFolder(suite: string): Promise<Task[]> {
  const folder = packagePath(`infra/datasets/${suite}`);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.py')).sort();
  return Promise.all(names.map((name) => readTask(suite, join(folder, name))));
}

async function readTask(suite: string, path: string): Promise<Task> {
  const { header, requirements, ...program } = parseAiCoderEval(await readFile(path, 'utf8'), path);
  return {
    suite,
    taskId: basename(path, '.py'),
    domain: header.get('domain') ?? 'general',
    libraries: requirements,
    ...program,
    instruction: null,
    examples: examplesTest(program.prompt, program.entryPoint),
    environment: header.get('environment') ?? 'base',
    grading: gradingOf(header.get('grading') ?? 'isolated'),
  };
}

function gradingOf(name: string): Grading {
  const grading = GRADINGS.find((one) => one === name);
  if (grading !== undefined) return grading;
  throw new Error(`there is no grading "${name}"`);
}
