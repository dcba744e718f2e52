import { withoutThinking } from '../answer-blocks.js';
import type { Task } from '../task.js';
import { clip } from './clip.js';
import type { Message } from './message.js';
import { answerFormat, showTask } from './show-task.js';
import type { Turn } from './turn.js';

/** Changes with every change to the texts below; a test holds the two together. */
export const REACT_PROMPT = 'react/2';
/** The same for a snippet. */
export const REACT_SNIPPET_PROMPT = 'react-snippet/1';

/** Earlier rounds that stay in the conversation, so that a small context window holds it. */
const KEPT_TURNS = 2;
const ANSWER_LIMIT = 6_000;

/**
 * A plain ReAct conversation (arXiv 2210.03629): the code block is the action, one line of thought may go before it.
 * The task and the last two rounds are kept. No further format: small models lose more by it than they gain.
 */
export function reactPrompt(task: Task, turns: readonly Turn[]): Message[] {
  const instruction = [
    'You may first write one line that starts with "Thought:". Your code is run, and if it fails you are told what was',
    'observed and may try again.',
    answerFormat(task),
  ].join(' ');
  const first: Message = { role: 'user', content: `${showTask(task)} ${instruction}` };
  return [first, ...turns.slice(-KEPT_TURNS).flatMap((turn) => roundMessages(turn, task.answer ?? 'function'))];
}

function roundMessages({ completion, observation }: Turn, wanted: string): Message[] {
  const noCode = `your answer held no Python code block with the ${wanted}, so nothing was run.`;
  const advice = `Find the mistake, then answer with the complete corrected ${wanted} in one \`\`\`python code block. It must differ from your last one.`;
  return [
    { role: 'assistant', content: clip(withoutThinking(completion).trim(), ANSWER_LIMIT) },
    { role: 'user', content: `Observation: ${observation ?? noCode}\n\n${advice}` },
  ];
}
