import type { PromptForm } from '../sweep.js';
import type { Task } from '../task.js';
import type { FailedCase, ProgramException } from '../test-report.js';
import { bullets } from './bullets.js';
import { clip } from './clip.js';
import type { Message } from './message.js';
import { outcomeLine } from './render-observation.js';
import { describeCall, described } from './render-trace.js';
import { answerFormat, type PromptIds, showTask } from './show-task.js';
import { brief } from './steady.js';
import type { Turn } from './turn.js';

export const HINT_PROMPTS: PromptIds = {
  prose: 'hint/1',
  source: 'hint-source/1',
  snippet: 'hint-snippet/1',
};

/** Hints at most, and characters of each. */
const KEPT_HINTS = 3;
const HINT_LIMIT = 400;

/**
 * A fresh sample that knows what earlier ones taught: the task, the cases that they failed and the errors that they met, what the
 * documentation of the installed libraries says. Not their programs: what a model is shown it copies.
 */
export function hintPrompt(task: Task, turns: readonly Turn[], form: PromptForm): Message[] {
  const hints = [...new Set(turns.flatMap((turn) => (turn.run === null ? [] : [hint(turn, turn.run)])))];
  const lookups = [...new Set(turns.flatMap((turn) => turn.lookups))].slice(-1);
  const parts = [
    showTask(task, form),
    ...(hints.length === 0
      ? []
      : [`Earlier programs failed. What is known of it:\n\n${bullets(hints.slice(-KEPT_HINTS))}`]),
    ...(lookups.length === 0 ? [] : [`What the installed libraries offer:\n\n${lookups.join('\n')}`]),
    `Mind this, and read again what is asked for. ${answerFormat(task)}`,
  ];
  return [{ role: 'user', content: parts.join('\n\n') }];
}

function hint({ program }: Turn, { report, check }: NonNullable<Turn['run']>): string {
  const { exception, failure } = report;
  const isRefuted = exception?.type === 'AssertionError' && exception.phase === 'test';
  const lines = [
    ...(failure ? [caseHint(failure)] : []),
    ...(exception === null || isRefuted ? [] : [errorHint(exception, program ?? '')]),
  ];
  return clip(brief((lines.length === 0 ? [outcomeLine(report, check)] : lines).join('\n')), HINT_LIMIT);
}

function caseHint({ call, expected, got }: FailedCase): string {
  const came = got === null ? '' : `; a program gave ${got}`;
  return expected === null ? `This is checked: ${call}${came}` : `${call} has to give ${expected}${came}.`;
}

function errorHint(exception: ProgramException, program: string): string {
  const { line, call } = exception;
  const text = line === null ? '' : (program.split('\n')[line - 1] ?? '').trim();
  const place = text === '' ? '' : ` at \`${text}\``;
  return [
    `A program ended with ${described(exception)}${place}`,
    ...(call ? [describeCall(call, exception)] : []),
  ].join('\n');
}
