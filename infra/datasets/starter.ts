import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Task } from '../../domain/task.js';
import { UserError } from '../errors.js';
import { packagePath } from '../package-path.js';
import { parseAiCoderEval } from './aicodereval-format.js';
import type { Suite } from './dataset.js';
import { examplesTest } from './examples.js';

/** Twelve small tasks of this project in AICoderEval's program format; ordinary work of an AI script, without packages. */
export const starter: Suite = {
  id: 'starter',
  title: 'Starter: 12 small AI tasks that need Python alone',
  licence: 'MIT',
  size: 12,
  load: async ({ file }) => {
    if (file !== null) {
      throw new UserError('The suite "starter" ships with the program and reads no file.', {
        hint: 'Leave `file` out of the suite.',
        exitCode: 2,
      });
    }
    const folder = packagePath('infra/datasets/starter');
    const names = (await readdir(folder)).filter((name) => name.endsWith('.py')).sort();
    return Promise.all(names.map((name) => readTask(join(folder, name))));
  },
};

async function readTask(path: string): Promise<Task> {
  const program = parseAiCoderEval(await readFile(path, 'utf8'), path);
  const { entryPoint, prompt, reference, test, cases } = program;
  return {
    suite: 'starter',
    taskId: basename(path, '.py'),
    domain: program.header.get('domain') ?? 'general',
    libraries: program.requirements,
    prompt,
    entryPoint,
    reference,
    test,
    cases,
    examples: examplesTest(prompt, entryPoint),
    environment: 'base',
    grading: 'isolated',
  };
}
