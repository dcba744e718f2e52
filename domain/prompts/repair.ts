import { classify, type ErrorClass } from '../error-class.js';
import { snippetIn } from '../snippet.js';
import type { Part } from '../strategies/strategy.js';
import type { PromptForm } from '../sweep.js';
import type { Task } from '../task.js';
import { clip } from './clip.js';
import type { Message } from './message.js';
import { renderObservation } from './render-observation.js';
import { renderTrace } from './render-trace.js';
import { answerFormat, type PromptIds, showTask } from './show-task.js';
import type { Turn } from './turn.js';

export const REPAIR_PROMPTS: PromptIds = {
  prose: 'repair/3',
  source: 'repair-source/3',
  snippet: 'repair-snippet/3',
};

const PROGRAM_LIMIT = 6_000;

const WRONG_ANSWER =
  'It runs, but its answer is wrong. Work out by hand what the failing case asks for, find the step that does something else, and write that step anew.';
const TOO_MUCH = 'It does too much work, or never ends. Solve the task in another way that needs far less.';

/** What to do about an error, by its class; the classes that are not here get the general advice. */
const ADVICE: Partial<Readonly<Record<ErrorClass, string>>> = {
  syntax: 'It is not valid Python. Write the marked line, and what belongs to it, correctly.',
  truncated: 'It broke off before its end. Write a shorter one.',
  'missing-function': 'The function that was asked for is not there, or has another name.',
  import:
    'What it imports does not exist under that name in the installed version. Import what does, or write it yourself.',
  'missing-package': 'The package that it imports is not installed. Do without it.',
  name: 'It uses a name that is not defined. Define or import it, or use the right one.',
  attribute: 'It uses an attribute or a function that does not exist there. Use one that the installed version has.',
  type: 'An operation or a call got something that it can not take. Check the types, shapes and arguments at the marked line.',
  value: 'An operation or a call got a value that it can not take. Check values and shapes at the marked line.',
  lookup: 'An index or a key is not there. Check the bounds and the empty cases at the marked line.',
  assertion: WRONG_ANSWER,
  'cpu-time': TOO_MUCH,
  'wall-time': TOO_MUCH,
  memory: TOO_MUCH,
  output: 'It prints too much. Print nothing.',
  network: 'There is no network: nothing can be downloaded. Make what is needed in the program itself.',
  'unknown-model': 'There is no network: nothing can be downloaded. Make what is needed in the program itself.',
  unverified: 'The checks could not verify it. Do nothing but what the task asks for.',
};
const GENERAL_ADVICE = 'Find the mistake at the marked line, and what caused it.';

/**
 * A repair in a prompt of its own: the task, the program, the trace of its failure, what the documentation of the installed
 * libraries says, and advice by the error's class. Not in the conversation that made the program: a model that sees its own
 * answer gives it back.
 */
export function repairPrompt(task: Task, turn: Turn, without: readonly Part[], form: PromptForm): Message[] {
  const parts = [
    showTask(task, form),
    `This program was written for it:\n\n\`\`\`python\n${clip(shownProgram(task, turn), PROGRAM_LIMIT)}\n\`\`\``,
    `It fails:\n\n${failure(turn, without)}`,
    ...(turn.lookups.length === 0 ? [] : [`What the installed libraries offer:\n\n${turn.lookups.join('\n')}`]),
    `${advice(task, turn)} Change whatever has to be changed; do not give the same program back. ${answerFormat(task)}`,
  ];
  return [{ role: 'user', content: parts.join('\n\n') }];
}

/** The program of a snippet is ours round the model's text: what the model wrote is shown. */
function shownProgram({ answer }: Task, { program, completion }: Turn): string {
  if (answer === 'snippet') return snippetIn(completion) ?? completion.trim();
  return (program ?? completion).trim();
}

function failure({ program, run }: Turn, without: readonly Part[]): string {
  if (run === null) return 'the checks did not pass.';
  if (without.includes('tracing')) return renderObservation(run.report, run.check);
  return renderTrace(run.report, program ?? '', run.check, { locals: !without.includes('locals') });
}

function advice({ entryPoint }: Task, { run, finishReason }: Turn): string {
  const errorClass = run === null ? null : classify(run.report, finishReason, entryPoint).errorClass;
  return (errorClass === null ? undefined : ADVICE[errorClass]) ?? GENERAL_ADVICE;
}
