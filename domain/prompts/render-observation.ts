import type { Check } from '../attempt.js';
import type { EndOfRun, ProgramException, TestReport } from '../test-report.js';
import { judge } from '../verdict.js';
import { withoutNotices } from '../recorded/clean-text.js';
import { clip } from './clip.js';
import { steady } from './steady.js';

/** Characters; a small model's context has to hold several. */
const LIMIT = 2_000;

const STOPPED: Readonly<Record<Exclude<EndOfRun, 'ok' | 'exception'>, string>> = {
  exit: 'the program ended the process before the checks were done',
  signal: 'the process was killed by a signal',
  'cpu-time': 'the program used too much CPU time; it may loop without end or be too slow',
  'wall-time': 'the program took too long; it may wait for something or loop without end',
  memory: 'the program used too much memory',
  output: 'the program printed too much',
  processes: 'the program started too many processes or threads',
};

/** What AICoderEval tests print of themselves. */
const MARKER = /^Testing (?:started|finished|case \[[^\]\n]{1,20}\] started)\.?$\n?/gm;

/**
 * What a model is told about a run of its program, at most 2,000 characters: how it ended, the exception with its line,
 * the failing case, and the end of what was printed; the same for the same failure. A run of the tests quotes their messages:
 * whether a strategy may see those is decided before this is called.
 */
export function renderObservation(report: TestReport, check: Check): string {
  const parts = [outcomeLine(report, check), ...caseLines(report)];
  if (report.exception !== null) parts.push(...exceptionLines(report.exception));
  return clip([steady(parts.join('\n')), ...printedLines(report)].join('\n'), LIMIT);
}

/** How the run ended, in a sentence; `raised` says what an exception was. */
export function outcomeLine(report: TestReport, check: Check, raised = ' with an exception'): string {
  return `${outcome(report, check === 'examples' ? "the docstring's examples" : 'the tests', raised)}.`;
}

/** What was printed, if anything was. */
export function printedLines({ stdout, stderr }: TestReport): string[] {
  return [printed('Printed', stdout.text), printed('Printed to stderr', stderr.text)].filter((part) => part !== '');
}

/** The failing case: which it is, what it asks for, what came. */
export function caseLines(report: TestReport): string[] {
  const { failure } = report;
  const asked = failure
    ? [
        `It checks: ${failure.call}`,
        ...(failure.expected === null ? [] : [`  expected: ${failure.expected}`]),
        ...(failure.got === null ? [] : [`  got: ${failure.got}`]),
      ]
    : [];
  return [failingCase(report), ...asked].filter((part) => part !== '');
}

function outcome(report: TestReport, what: string, raised: string): string {
  if (judge(report) === 'pass') return `the program passed ${what}`;
  if (report.endOfRun === 'exception') return `the program failed ${what}${raised}`;
  if (report.endOfRun !== 'ok') return `the program failed ${what}: ${STOPPED[report.endOfRun]}`;
  return judge(report) === 'fail' ? `the program failed ${what}` : `${what} ended without checking the function`;
}

function failingCase({ cases }: TestReport): string {
  const failed = cases.findIndex((status) => status === 'failed' || status === 'error');
  if (failed < 0) return '';
  const passed = cases.filter((status) => status === 'passed').length;
  return `Case ${failed + 1} of ${cases.length} failed; ${passed} passed.`;
}

function exceptionLines({ type, message, line, trace }: ProgramException): string[] {
  const text = clip(message.trim(), 700);
  const place = line === null ? '' : ` (line ${line} of the program)`;
  const lines = [`${type}${text === '' ? '' : `: ${text}`}${place}`];
  const frames = trace.split('\n').filter((frame) => frame.startsWith('  '));
  if (frames.length > 0) lines.push('Traceback, innermost call last:', frames.join('\n').slice(-600));
  return lines;
}

function printed(label: string, text: string): string {
  // Made steady before it is cut, as the cut would depend on what varies.
  const trimmed = steady(withoutNotices(text).replace(MARKER, '')).trim();
  return trimmed === '' ? '' : `${label}:\n${clip(trimmed.slice(-5_000), 300)}`;
}
