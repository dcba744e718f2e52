import { withoutThinking } from '../answer-blocks.js';
import type { PromptForm } from '../sweep.js';
import type { Task } from '../task.js';
import { clip } from './clip.js';
import type { Message } from './message.js';
import { renderObservation } from './render-observation.js';
import { answerFormat, type PromptIds, showTask } from './show-task.js';
import type { Turn } from './turn.js';

export const REACT_PROMPTS: PromptIds = {
  prose: 'react/5',
  source: 'react-source/3',
  snippet: 'react-snippet/4',
};

/** Earlier rounds that stay in the conversation, so that a small context window holds it. */
const KEPT_TURNS = 2;
const ANSWER_LIMIT = 6_000;
/** Hosts refuse a turn without text, which is all that is left of one that was thinking alone, withheld or empty. */
const NO_ANSWER = '(no answer)';

/**
 * A ReAct conversation (arXiv 2210.03629) of thoughts, actions and observations. A code block is the action run_code, a line
 * "Docs: ..." is read_docs, "Finish" ends it; one line of thought may go before. The task and the last two rounds are kept. No
 * further format: small models lose more by it than they gain.
 */
export function reactPrompt(task: Task, turns: readonly Turn[], form: PromptForm): Message[] {
  const first: Message = { role: 'user', content: `${showTask(task, form)} ${instruction(task)}` };
  const kept = turns.slice(-KEPT_TURNS);
  return [first, ...kept.flatMap((turn, at) => roundMessages(turn, kept.slice(0, at), task.answer ?? 'function'))];
}

function instruction(task: Task): string {
  const docs =
    'In place of code you may look something up in the documentation of the installed libraries: write one line "Docs: name or words".';
  return [
    'You may first write one line that starts with "Thought:". Your code is run, and if it fails you are told what was',
    'observed and may try again.',
    ...(task.libraries.length === 0 ? [] : [docs]),
    'If nothing is left to mend, write "Finish".',
    answerFormat(task),
  ].join(' ');
}

/** `before` are the turns that stand above it. A small model asks for the same again and again unless it is told. */
function roundMessages(turn: Turn, before: readonly Turn[], wanted: string): Message[] {
  const { completion, program, run, lookups } = turn;
  const noCode = `your answer held no Python code block with the ${wanted}, so nothing was run.`;
  const seen = run === null ? noCode : renderObservation(run.report, run.check);
  const found = lookups.join('\n');
  const isAbove = before.some((earlier) => earlier.lookups.join('\n') === found);
  const told = isAbove ? 'you have looked this up already, and its documentation stands above.' : found;
  const observation = lookups.length > 0 && program === null ? told : seen;
  const advice =
    program === null
      ? `Answer with the complete ${wanted} in one \`\`\`python code block.`
      : `Find the mistake, then answer with the complete corrected ${wanted} in one \`\`\`python code block. It must differ from your last one.`;
  return [
    { role: 'assistant', content: clip(withoutThinking(completion).trim(), ANSWER_LIMIT) || NO_ANSWER },
    { role: 'user', content: `Observation: ${observation}\n\n${advice}` },
  ];
}
