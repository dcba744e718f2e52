import { spawn } from 'node:child_process';
import type { Task } from '../../domain/task.js';
import { UserError } from '../errors.js';
import { packagePath } from '../package-path.js';
import { tryJson } from '../parse/json.js';
import { type Variants, variantsSchema } from '../parse/validation.js';

/**
 * Stubs and at most `most` mutants of each task's reference, in the order of the tasks; the same ones each time. A Python
 * process reads and writes the programs as text; nothing of them is run. Throws UserError (exit 3) where there is no Python.
 */
export async function makeVariants(tasks: readonly Task[], most: number): Promise<Variants[]> {
  const asked = tasks.map(({ taskId, reference, entryPoint }) => ({
    source: reference,
    entry: entryPoint,
    seed: taskId,
    most,
  }));
  const answer = await askPython(JSON.stringify(asked));
  return variantsSchema.parse(tryJson(answer));
}

function askPython(input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', ['-I', packagePath('infra/mutants/variants.py')], { stdio: 'pipe' });
    const failed = (cause: unknown): void =>
      reject(
        new UserError('Stubs and mutants of the references could not be made.', {
          hint: 'They are made by "python3", 3.10 or newer; is it on PATH?',
          exitCode: 3,
          cause,
        }),
      );
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-2_000)));
    child.once('error', failed);
    child.once('close', (code) => (code === 0 ? resolve(stdout) : failed(new Error(stderr || `status ${code}`))));
    child.stdin.on('error', () => undefined).end(input);
  });
}
