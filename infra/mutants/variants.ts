import { snippetProgram } from '../../domain/snippet.js';
import type { Task } from '../../domain/task.js';
import { UserError } from '../errors.js';
import { packagePath } from '../package-path.js';
import { tryJson } from '../parse/json.js';
import { type Variants, variantsSchema } from '../parse/validation.js';
import { runCommand } from '../tools/run-command.js';

const EMPTY_SNIPPET = { what: 'an empty snippet', program: snippetProgram('') };

/**
 * Stubs and at most `most` mutants of each task's reference, in the order of the tasks; the same ones each time. A Python
 * process reads and writes the programs as text; nothing of them is run. Throws UserError (exit 3) where there is no Python.
 */
export async function makeVariants(
  tasks: readonly Pick<Task, 'taskId' | 'reference' | 'entryPoint' | 'answer'>[],
  most: number,
): Promise<Variants[]> {
  const asked = tasks.map(({ taskId, reference, entryPoint }) => ({
    source: reference,
    entry: entryPoint,
    seed: taskId,
    most,
  }));
  const script = packagePath('infra/mutants/variants.py');
  const answer = await runCommand('python3', ['-I', script], { input: JSON.stringify(asked) }).catch(
    (cause: unknown) => {
      throw new UserError('Stubs and mutants of the references could not be made.', {
        hint: 'Python 3.10 or newer must be there as "python3"; "aicodereval doctor" tries it.',
        exitCode: 3,
        cause,
      });
    },
  );
  return variantsSchema
    .parse(tryJson(answer))
    .map((made, index) =>
      tasks[index]?.answer === 'snippet' ? { ...made, stubs: [...made.stubs, EMPTY_SNIPPET] } : made,
    );
}
