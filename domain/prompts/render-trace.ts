import type { Check } from '../attempt.js';
import type { LibraryCall, LocalValue, ProgramException, TestReport } from '../test-report.js';
import { clip } from './clip.js';
import { brief } from './steady.js';
import { caseLines, outcomeLine, printedLines } from './render-observation.js';

/** Characters. */
const LIMIT = 2_500;
const MESSAGE_LIMIT = 500;
const LINE_LIMIT = 200;
/** Types that a value shows by itself. */
const PLAIN: ReadonlySet<string> = new Set(['int', 'float', 'bool', 'complex', 'NoneType']);
/** Lines before and after the failing one. */
const NEIGHBOURS = 2;

/**
 * What a repair prompt shows of a failure, the most useful first and at most 2,500 characters: how the run ended, the failing line of
 * the program with its neighbours, the exception and what caused it, the failing case, the variables of that line, the library call
 * with its real signature, what was printed; the variables may be left out, to measure what they are worth. The same for the same
 * failure: no addresses, times or temporary paths.
 */
export function renderTrace(
  report: TestReport,
  program: string,
  check: Check,
  { locals = true }: { readonly locals?: boolean } = {},
): string {
  const { exception } = report;
  const isRefuted = exception?.type === 'AssertionError' && exception.phase === 'test';
  const lines = [
    outcomeLine(report, check, isRefuted ? ': an assertion did not hold' : undefined),
    ...(exception === null ? [] : failureLines(exception, program)),
    ...caseLines(report),
    ...(exception === null ? [] : causeLines(exception, locals)),
    ...printedLines(report),
  ];
  return clip(brief(lines.join('\n')), LIMIT);
}

function failureLines({ type, message, line, chain = [] }: ProgramException, program: string): string[] {
  const causes = chain
    .map(described)
    .filter((cause, index, all) => index > 0 && cause !== all[index - 1])
    .map((cause) => `caused by ${cause}`);
  // Of an assertion without a message the failing case says more.
  const isBare = type === 'AssertionError' && message.trim() === '';
  return [
    ...(line === null ? [] : [`Line ${line} of the program:`, excerpt(program, line)]),
    ...(isBare ? [] : [described({ type, message })]),
    ...causes,
  ];
}

/** An exception in a line, or a few. */
function described({ type, message }: { readonly type: string; readonly message: string }): string {
  const text = clip(message.trim(), MESSAGE_LIMIT);
  return text === '' ? type : `${type}: ${text}`;
}

/** The failing line, marked, and its neighbours, numbered; lines that say nothing are passed over. */
function excerpt(program: string, line: number): string {
  const lines = program.split('\n').map((text, index) => ({ text: text.slice(0, LINE_LIMIT), number: index + 1 }));
  const telling = lines.filter(({ text, number }) => number === line || !/^\s*(?:#.*)?$/.test(text));
  const at = telling.findIndex(({ number }) => number === line);
  if (at < 0) return '';
  return telling
    .slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1)
    .map(({ text, number }) => `${number === line ? '>' : ' '}${String(number).padStart(4)} ${text}`)
    .join('\n');
}

function causeLines(exception: ProgramException, withLocals: boolean): string[] {
  const { line, locals = [], call, frames = [] } = exception;
  const inner = frames.at(-1);
  // The line that raises says no more than the exception does, nor does the look-up of an attribute.
  const isTelling = inner?.where === 'library' && inner.text !== '' && !/^raise\b|__getattr/.test(inner.text);
  return [
    ...(withLocals && locals.length > 0 ? [`Variables at line ${line}:`, ...locals.map(describeLocal)] : []),
    ...(isTelling ? [`Raised in ${inner.function} of ${inner.file}: ${inner.text}`] : []),
    ...(call ? [describeCall(call, exception)] : []),
  ];
}

function describeLocal({ name, type, shape, dtype, device, length, value }: LocalValue): string {
  const facts = [
    type,
    ...(shape === null ? [] : [`shape [${shape.join(', ')}]`]),
    ...(dtype === null ? [] : [dtype]),
    ...(device === null || device === 'cpu' ? [] : [device]),
    ...(length === null ? [] : [`length ${length}`]),
  ].join(', ');
  if (value === '') return `  ${name}: ${facts}`;
  return PLAIN.has(type) ? `  ${name} = ${value}` : `  ${name} = ${value}  (${facts})`;
}

/** What the installed library really has in place of a call that failed. */
function describeCall({ name, library, version, signature }: LibraryCall, { type, message }: ProgramException): string {
  const installed = version === null ? library : `${library} ${version}`;
  if (signature !== null) return `The installed ${installed} has: ${name}${signature}`;
  if (type === 'ModuleNotFoundError') return `There is no module ${name}${name === library ? '' : ` in ${installed}`}.`;
  const last = name.slice(name.lastIndexOf('.') + 1);
  // An attribute that is missing is named so; others may lack a signature that Python can tell.
  const isMissing = (type === 'AttributeError' || type === 'ImportError') && message.split(/\W+/).includes(last);
  return isMissing ? `The installed ${installed} has no ${name}.` : `It is about ${name} (${installed}).`;
}
