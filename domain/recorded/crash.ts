import type { Classification } from '../error-class.js';
import { hiddenRequirement, unknowable } from './documented.js';
import { boundNames, type RecordedProgram } from './program.js';
import { classByMessage, classifyByRules } from './rules.js';
import type { TestOutline } from './test-outline.js';
import { lastRaised, type Chain, type Frame, type Raised } from './traceback.js';

/** An exception that ended a run, with what is known of the run. */
export interface Crash {
  readonly chain: Chain;
  /** Tracebacks that its message quotes. */
  readonly quoted: readonly Chain[];
  readonly file: string;
  readonly program: RecordedProgram | null;
  readonly outline: TestOutline | null;
  readonly requirements: readonly string[] | null;
}

/**
 * The exception that ended a run: the last one whose outermost frame is the program's own top level. Others were
 * logged by a library, or printed by a handler, and the run went on. Where the middle of the text is cut out, the last
 * exception stands for one whose beginning is missing.
 */
export function findCrash(
  chains: readonly Chain[],
  isCut: boolean,
): { chain: Chain; quoted: readonly Chain[]; file: string } | null {
  const at = chains.findLastIndex((chain) => {
    const [outermost] = lastRaised(chain).frames;
    return outermost !== undefined && outermost.name === '<module>' && !outermost.file.includes('site-packages');
  });
  const chain = at < 0 && isCut ? chains.at(-1) : chains[at];
  if (chain === undefined) return null;
  if (at < 0) return { chain, quoted: chains.slice(0, -1), file: '' };
  return { chain, quoted: quotedBy(chains, at), file: lastRaised(chain).frames[0]?.file ?? '' };
}

/** The tracebacks behind a message that announces them: "... with any of the following classes. See the original errors:" */
function quotedBy(chains: readonly Chain[], at: number): Chain[] {
  const announces = (chain: Chain): boolean => {
    const last = lastRaised(chain).message.trimEnd().split('\n').at(-1) ?? '';
    return last.endsWith(':') && !/^Exception (?:in thread|ignored)/.test(last);
  };
  const rest = chains.slice(at);
  const end = rest.findIndex((chain) => !announces(chain));
  return rest.slice(1, end < 0 ? rest.length : end + 1);
}

/** Whose fault a crash is, by the ordered rules: causes outside of the program first, then the innermost own frame. */
export function classifyCrash(crash: Crash): Classification {
  const { chain, quoted, program, requirements } = crash;
  const raised = decisive(crash);
  const isSyntax = /^(?:SyntaxError|IndentationError|TabError)$/.test(raised.type);
  const lines = [...quoted.flat(), ...chain].flatMap(({ text, message }) => [text, ...message.split('\n').slice(1)]);
  const evidence = { type: raised.type, lines, program, requirements };
  if (isSyntax) return classifySyntax(crash, raised);
  if (program !== null && isUnclosed(program.prompt)) return brokenPrompt(raised);
  const assembled = cutAway(raised, program);
  if (assembled !== null) return assembled;
  const found = classifyByRules(evidence);
  const frame = ownFrame(crash, raised);
  const isSetUp = found?.fault === 'model' && frame !== null && isBeforeCall(crash, frame);
  if (found !== null) return isSetUp ? { ...found, fault: 'task' } : found;
  const errorClass = classByMessage(raised.type, raised.message);
  const code = frame === null || frame.code === '' ? '' : ` (line ${frame.line}: ${frame.code})`;
  const base = { errorClass, evidence: `${raised.text}${code}` };
  if (program === null || frame === null) return { ...base, fault: 'model', confidence: 'low' };
  const part = program.part(frame.line);
  if (part === 'prompt' && /^(?:import|from)\b/.test(frame.code)) {
    return { ...base, fault: 'environment', confidence: 'high' };
  }
  if (part !== 'test') {
    return { ...base, fault: 'model', confidence: 'high', ...unknowable(raised, frame, program) };
  }
  return { ...base, ...faultInTest(crash, raised, frame, program) };
}

/**
 * An exception that the test's own handler raised while it handled another one: that one is the cause, unless the handler
 * compared its words.
 */
function decisive({ chain, file, program }: Crash): Raised {
  const last = lastRaised(chain);
  const before = chain.at(-2);
  const frame = last.frames.findLast((own) => own.file === file);
  if (before === undefined || frame === undefined || program?.part(frame.line) !== 'test') return last;
  const isForced = /^(?:except\b|raise\b|assert False\b|self\.fail\b|pytest\.fail\b)/.test(frame.code);
  return isForced ? before : last;
}

function ownFrame({ file }: Crash, { frames }: Raised): Frame | null {
  return frames.findLast((frame) => frame.file === file) ?? null;
}

function classifySyntax({ program, file }: Crash, raised: Raised): Classification {
  const frame = raised.frames.findLast((own) => own.file === file);
  const evidence = `${raised.text}${frame === undefined ? '' : ` (line ${frame.line}: ${frame.code})`}`;
  const own = { errorClass: 'syntax', fault: 'model', confidence: 'high', evidence } as const;
  const last = raised.frames.at(-1);
  // A loader read a file that is no Python: what came over the network was not what was asked for.
  if (last !== undefined && last.file !== file) {
    const isPage = last.code.startsWith('<');
    return isPage ? { ...own, errorClass: 'network', fault: 'infrastructure', confidence: 'low' } : own;
  }
  if (program === null || frame === undefined) return own;
  if (isUnclosed(program.prompt)) return { ...own, fault: 'task' };
  const isCut = isUnclosed(program.candidate) && !isUnclosed(program.candidate + program.dropped);
  if (isCut) return { ...own, fault: 'task', confidence: 'low' };
  const lastLine = program.testLine - (/\n*$/.exec(program.candidate)?.[0].length ?? 0);
  return frame.line >= lastLine - 1 ? { ...own, errorClass: 'truncated' } : own;
}

function brokenPrompt({ type, message, text }: Raised): Classification {
  return { errorClass: classByMessage(type, message), fault: 'task', confidence: 'high', evidence: text };
}

/** A triple-quoted string is open at its end. */
export function isUnclosed(source: string): boolean {
  const marks = source.match(/"""|'''/g) ?? [];
  let open: string | null = null;
  for (const mark of marks) {
    if (open === null) open = mark;
    else if (open === mark) open = null;
  }
  return open !== null;
}

/** A name that the model did define, in the part of its answer that the assembly left out. */
function cutAway(raised: Raised, program: RecordedProgram | null): Classification | null {
  const name = /name '(\w+)' is not defined/.exec(raised.message)?.[1];
  if (program === null || name === undefined || !boundNames(program.dropped).has(name)) return null;
  return { errorClass: 'name', fault: 'task', confidence: 'low', evidence: raised.text };
}

/** The test was still at its own preparations. */
function isBeforeCall({ outline, program }: Crash, { line }: Frame): boolean {
  return program?.part(line) === 'test' && (outline?.calls[0] ?? 0) > line;
}

/** An exception in the test: its own fault unless the function under test was called before, or what it returned is wrong. */
function faultInTest(
  crash: Crash,
  raised: Raised,
  frame: Frame,
  program: RecordedProgram,
): Pick<Classification, 'fault' | 'confidence'> {
  if (raised.type !== 'AssertionError' && isBeforeCall(crash, frame)) return { fault: 'task', confidence: 'high' };
  const unknown = /^name '(\w+)' is not defined/.exec(raised.message)?.[1];
  if (unknown !== undefined && unknown !== program.entryPoint) return { fault: 'task', confidence: 'low' };
  return hiddenRequirement(raised, frame, program) ?? { fault: 'model', confidence: 'high' };
}
