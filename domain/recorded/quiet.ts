import type { Classification } from '../error-class.js';
import type { Verdict } from '../verdict.js';
import { markedRun } from '../markers.js';
import { endsInDownload } from './clean-text.js';
import { isUnclosed } from './crash.js';
import type { Block } from '../python-tree.js';
import { catchesAssertions, guardsIn, type Guard, type Handler } from './guards.js';
import { findPrinted, printsOf } from './printed.js';
import type { RecordedProgram } from './program.js';
import { classByMessage, classifyByRules, type Evidence } from './rules.js';
import type { Check, TestOutline } from './test-outline.js';

/** A run that no exception ended, with what its program says that it should have printed. */
export interface QuietRun {
  /** Cleaned lines of its standard output. */
  readonly output: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  readonly program: RecordedProgram;
  readonly outline: TestOutline;
  readonly requirements: readonly string[] | null;
}

export type Judgement = Classification & { readonly verdict: Verdict };

const PASS: Judgement = { verdict: 'pass', errorClass: 'none', fault: null, confidence: 'high', evidence: '' };
/** Words of a line that tells of something gone wrong, where a handler prints values alone. */
const FAILURE =
  /\b(?:error|exception|failed|failure|not found|no such file|cannot|could ?n[o']t|unable|invalid|not a valid|max retries)\b/i;
/** Types that a handler names where it waits for a missing file or model. */
const MISSING = /^(?:OSError|IOError|FileNotFoundError|EnvironmentError)$/;

/** Did a run that ended without an exception verify anything? */
export function judgeQuiet(run: QuietRun): Judgement {
  const { program } = run;
  return (
    markedFailure(run) ??
    firedInTest(run) ??
    endedEarly(run) ??
    brokenPrompt(program) ??
    swallowedByFunction(run) ??
    unfinished(run) ??
    brokenOff(run) ??
    emptyTest(run) ??
    nothingSeen(run) ??
    passed(run)
  );
}

/**
 * Without an assertion a pass says no more than that nothing was raised; and a function that hides exceptions without a
 * word may have returned what was left.
 */
function passed(run: QuietRun): Judgement {
  const isHiding = guardsIn(run.program.codeTree).some(({ handlers }) => handlers.some((handler) => !isLoud(handler)));
  const confidence = run.outline.checks.length > 0 && !isHiding ? 'high' : 'low';
  return { ...PASS, confidence, evidence: closingLine(run) };
}

function markedFailure({ stdout, stderr, program, outline, requirements }: QuietRun): Judgement | null {
  const { cases } = markedRun(stdout, stderr);
  if (!cases.includes('failed')) return null;
  const at = stdout.split(/[\r\n]/).findIndex((text) => /test(?:ing)? case \[.*\] failed/i.test(text));
  const line = stdout.split(/[\r\n]/)[at] ?? '';
  if (outline.guards.length > 0 && line === '') return null;
  return printedFailure([line], { type: '', lines: [line], program, requirements }, 'fail');
}

/** A handler of the test left its words: what it caught was not what the test waits for. */
function firedInTest({ output, program, outline, requirements }: QuietRun): Judgement | null {
  for (const guard of outline.guards) {
    if (guard.expectsError) continue;
    for (const handler of guard.handlers) {
      const at = firedAt(handler, output);
      const line = output[at];
      if (line === undefined) continue;
      const shows = handler.alias !== null && handler.prints.some(({ names }) => names.has(handler.alias ?? ''));
      const lines = shows ? output.slice(at, at + 8).toReversed() : [line];
      if (!shows && !catchesAssertions(handler)) return missing(handler, line);
      return printedFailure([line], { type: '', lines, program, requirements }, 'fail');
    }
  }
  return null;
}

/** A handler that only says that a file or a model is missing: the test brings none along. */
function missing({ types }: Handler, line: string): Judgement {
  const errorClass = types.every((type) => MISSING.test(type)) ? 'missing-file' : 'unverified';
  return { verdict: 'unverified', errorClass, fault: 'task', confidence: 'low', evidence: line.trim() };
}

function printedFailure([line = '']: readonly string[], evidence: Evidence, verdict: Verdict): Judgement {
  const found = classifyByRules(evidence);
  const text = line.trim();
  if (found === null) {
    const errorClass = classByMessage('', evidence.lines.join('\n'));
    return { verdict, errorClass, fault: 'model', confidence: 'low', evidence: text };
  }
  const isJudged = found.fault === 'model';
  return { ...found, verdict: verdictOf(verdict, found.fault === 'task', isJudged), confidence: 'low', evidence: text };
}

function verdictOf(verdict: Verdict, isTask: boolean, isJudged: boolean): Verdict {
  if (isJudged) return verdict;
  return isTask ? 'unverified' : 'unscored';
}

/** Where the output shows that a handler ran; -1 if it does not. */
function firedAt({ prints }: Handler, output: readonly string[]): number {
  const telling = prints.find(({ weight }) => weight >= 3);
  if (telling !== undefined) return findPrinted(output, telling);
  return prints.length === 0 ? -1 : output.findIndex((line) => FAILURE.test(line));
}

/** The model's own code ends the process before the test, or a library that took it for its command line does. */
function endedEarly(run: QuietRun): Judgement | null {
  const { program } = run;
  const top = program.codeTree.filter(({ line }) => program.part(line) === 'candidate');
  const exit = [...top, ...top.filter(({ keyword }) => keyword === 'if').flatMap(({ body }) => body)].find(isExit);
  if (exit === undefined) return usageShown(run);
  const evidence = `program: line ${exit.line} ends the process before the test`;
  return { verdict: 'unverified', errorClass: 'exit', fault: 'model', confidence: 'high', evidence };
}

function isExit({ keyword, tokens }: Block): boolean {
  const [, second, third] = tokens.map(({ text }) => text);
  if (keyword === 'exit' || keyword === 'quit') return second === '(';
  return (keyword === 'sys' && third === 'exit') || (keyword === 'os' && third === '_exit');
}

/** A library took the process for its command line, printed its help and ended it. */
function usageShown({ output, stderr, program }: QuietRun): Judgement | null {
  const line = [...output, ...stderr.split('\n')].find((text) => /^\s*(?:usage: |SYNOPSIS$)/i.test(text));
  if (line === undefined || /usage: |SYNOPSIS/i.test(program.candidate)) return null;
  return { verdict: 'unverified', errorClass: 'exit', fault: 'model', confidence: 'low', evidence: line.trim() };
}

function brokenPrompt({ prompt }: RecordedProgram): Judgement | null {
  if (!isUnclosed(prompt)) return null;
  const evidence = 'program: the prompt holds a whole solution and an open string';
  return { verdict: 'unverified', errorClass: 'unverified', fault: 'task', confidence: 'high', evidence };
}

/** The function caught what went wrong and went on: whatever the test accepts then is no result. */
export function swallowedByFunction({
  output,
  program,
  requirements,
}: Pick<QuietRun, 'output' | 'program' | 'requirements'>): Judgement | null {
  for (const { handlers } of guardsIn(program.codeTree)) {
    for (const handler of handlers) {
      const at = handler.raises ? -1 : firedAt(handler, output);
      const line = output[at];
      if (line === undefined) continue;
      const lines = output.slice(at, at + 8).toReversed();
      return printedFailure([line], { type: '', lines, program, requirements }, 'unverified');
    }
  }
  return null;
}

/** What the test prints at its end is not there, and no exception says why. */
function unfinished({ output, outline, program }: QuietRun): Judgement | null {
  const { closing } = outline;
  if (closing === null || closing.weight < 3 || findPrinted(output, closing) >= 0) return null;
  const evidence = `program: "${closing.lines[0]?.join(' ') ?? ''}" was not printed`;
  const last = output.at(-1);
  const returned = outline.guards.some(({ handlers }) => handlers.some(({ alias }) => alias !== null));
  if (returned && last !== undefined) {
    return printedFailure(
      [last],
      { type: '', lines: output.slice(-8).toReversed(), program, requirements: null },
      'fail',
    );
  }
  return { verdict: 'unverified', errorClass: 'signal', fault: 'infrastructure', confidence: 'low', evidence };
}

/** No sign of the end, and the last that was written is a download under way. */
function brokenOff(run: QuietRun): Judgement | null {
  if (closingLine(run) !== '' || !endsInDownload(run.stderr)) return null;
  const evidence =
    run.stderr
      .slice(-200)
      .split(/[\r\n]/)
      .findLast((text) => text.trim() !== '') ?? '';
  const base = { verdict: 'unverified', errorClass: 'interrupted', fault: 'infrastructure' } as const;
  return { ...base, confidence: 'low', evidence: evidence.trim() };
}

/** The test holds nothing that a function that does nothing would not pass. */
function emptyTest(run: QuietRun): Judgement | null {
  const { checks, calls } = run.outline;
  const base = { verdict: 'unverified', errorClass: 'unverified', fault: 'task' } as const;
  if (calls.length === 0 && run.program.entryPoint !== '') {
    return { ...base, confidence: 'high', evidence: 'program: the test does not call the function' };
  }
  if (checks.length > 0 && checks.every(({ wantsNone }) => wantsNone)) {
    return { ...base, confidence: 'low', evidence: 'program: the test asks for None alone' };
  }
  if (checks.length > 0 || closingLine(run) !== '') return null;
  return { ...base, confidence: 'low', evidence: 'program: the test asserts nothing' };
}

/** All that is checked stands under handlers that would have caught a failure without a word. */
function nothingSeen(run: QuietRun): Judgement | null {
  const { outline } = run;
  if (outline.checks.length === 0 || closingLine(run) !== '' || outline.checks.some((check) => isSeen(check, run)))
    return null;
  const [check] = outline.checks;
  const line = check?.guards.at(-1)?.line ?? 0;
  const evidence = `program: line ${line}: its handler would hide a failure`;
  return { verdict: 'unverified', errorClass: 'unverified', fault: 'task', confidence: 'low', evidence };
}

function isSeen({ guards, line }: Check, { output }: QuietRun): boolean {
  return guards.every((guard) => guard.handlers.every(isLoud) || succeeded(guard, line, output));
}

/** It fails the run, or it prints something: then its silence says that it did not run. */
function isLoud({ raises, prints }: Handler): boolean {
  return raises || prints.length > 0;
}

function succeeded({ body, otherwise }: Guard, line: number, output: readonly string[]): boolean {
  const after = [...body.filter((block) => block.line > line), ...otherwise];
  return after.some((block) => printsOf(block).some((printed) => findPrinted(output, printed) >= 0));
}

function closingLine({ output, outline: { closing } }: QuietRun): string {
  return closing === null ? '' : (output[findPrinted(output, closing)] ?? '').trim();
}
