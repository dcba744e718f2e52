import type { Check } from '../attempt.js';
import type { LibraryCall, LocalValue, ProgramException, TestReport } from '../test-report.js';
import { clip } from './clip.js';
import { caseLines, outcomeLine, printedLines } from './render-observation.js';

/** Parts of a trace that may be left out. */
export interface TraceParts {
  /** The values of the failing frame's variables. */
  readonly locals: boolean;
  /** The library call at fault, with its real signature. */
  readonly call: boolean;
}

/** Characters. */
const LIMIT = 2_500;
const MESSAGE_LIMIT = 500;
/** Lines before and after the failing one. */
const NEIGHBOURS = 2;

/**
 * What a repair prompt shows of a failure, the most useful first and at most 2,500 characters: how the run ended, the failing line of
 * the program with its neighbours, the exception and what caused it, the failing case, the variables of that line, the library call
 * with its real signature, what was printed. The same for the same failure: no addresses, times or temporary paths.
 */
export function renderTrace(report: TestReport, program: string, check: Check, parts: TraceParts): string {
  const { exception } = report;
  const lines = [
    outcomeLine(report, check),
    ...(exception === null ? [] : failureLines(exception, program)),
    ...caseLines(report),
    ...(exception === null ? [] : causeLines(exception, parts)),
    ...printedLines(report),
  ];
  return clip(steady(lines.join('\n')), LIMIT);
}

function failureLines(exception: ProgramException, program: string): string[] {
  const { type, message, line, chain = [] } = exception;
  const causes = chain.slice(1).map((cause) => `caused by ${cause.type}: ${clip(cause.message.trim(), MESSAGE_LIMIT)}`);
  const text = clip(message.trim(), MESSAGE_LIMIT);
  return [
    ...(line === null ? [] : [`Line ${line} of the program:`, excerpt(program, line)]),
    `${type}${text === '' ? '' : `: ${text}`}`,
    ...causes,
  ];
}

/** The failing line, marked, and its neighbours, numbered. */
function excerpt(program: string, line: number): string {
  const lines = program.split('\n');
  const first = Math.max(1, line - NEIGHBOURS);
  return lines
    .slice(first - 1, line + NEIGHBOURS)
    .map((text, index) => `${first + index === line ? '>' : ' '}${String(first + index).padStart(4)} ${text}`)
    .join('\n');
}

function causeLines({ line, locals = [], call, frames = [] }: ProgramException, parts: TraceParts): string[] {
  const inner = frames.at(-1);
  return [
    ...(parts.locals && locals.length > 0 ? [`Variables at line ${line}:`, ...locals.map(describeLocal)] : []),
    ...(inner?.where === 'library'
      ? [`Raised in ${inner.function} (${inner.file}, line ${inner.line}): ${inner.text}`]
      : []),
    ...(parts.call && call ? [describeCall(call)] : []),
  ];
}

function describeLocal({ name, type, shape, dtype, device, length, value }: LocalValue): string {
  const facts = [
    type,
    ...(shape === null ? [] : [`shape ${JSON.stringify(shape)}`]),
    ...(dtype === null ? [] : [dtype]),
    ...(device === null || device === 'cpu' ? [] : [device]),
    ...(length === null ? [] : [`length ${length}`]),
  ];
  return `  ${name} = ${value}  (${facts.join(', ')})`;
}

function describeCall({ name, library, version, signature }: LibraryCall): string {
  const installed = version === null ? library : `${library} ${version}`;
  if (signature === null) return `It is about ${name} (${installed}).`;
  return `The installed ${installed} has: ${name}${signature}`;
}

/** Without what differs from run to run. */
function steady(text: string): string {
  return text
    .replaceAll(/\b0x[0-9a-f]{6,}\b/gi, '0x...')
    .replaceAll(/\/tmp\/(?!work\b)[\w./-]+/g, '/tmp/...')
    .replaceAll(/(?:\/[\w.-]+)+\/(?=(?:site-packages|python3\.\d+)\/)/g, '');
}
