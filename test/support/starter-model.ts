import { starter } from '../../infra/datasets/starter.js';
import { wrongPrograms } from '../../infra/datasets/own-suite.js';
import type { Received, Reply } from './fault-server.js';
import { pick } from './fraction.js';

/** What a model may answer to a task of `starter`: right twice as often as each of the others. */
const KINDS = ['right', 'right', 'wrong', 'prose'] as const;

/**
 * A model for the suite `starter` that recites: the task's reference, its wrong program or prose, decided by task and
 * seed alone, so that a sweep comes to the same verdicts however often it is disturbed.
 */
export async function starterModel(): Promise<(received: Received) => Reply> {
  const { tasks } = await starter.load({ home: '', file: null });
  const answers = await Promise.all(
    tasks.map(async ({ taskId, entryPoint, reference }) => {
      const [wrong = ''] = await wrongPrograms('starter', taskId);
      return {
        taskId,
        entryPoint,
        right: block(reference),
        wrong: block(wrong),
        prose: 'It cannot be done in Python.',
      };
    }),
  );
  return ({ messages, body }) => {
    const question = messages[0]?.content ?? '';
    const found = answers.find(({ entryPoint }) => question.includes(`\`${entryPoint}\``));
    if (found === undefined) return { kind: 'raw', status: 404, body: 'no such task' };
    return { kind: 'answer', text: found[pick(KINDS, `${found.taskId} ${String(body['seed'])}`)] };
  };
}

function block(program: string): string {
  return `\`\`\`python\n${program}\`\`\`\n`;
}
