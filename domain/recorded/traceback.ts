/** A frame of a recorded traceback. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  /** Name of the function, `<module>` at the top. */
  readonly name: string;
  /** Its line of source as printed; "" if there is none. */
  readonly code: string;
}

/** One exception as Python prints it: the frames from the outermost in, and what was raised. */
export interface Raised {
  readonly frames: readonly Frame[];
  /** Class name without its module; "" if the text was cut off before it. */
  readonly type: string;
  /** All lines of the message, the first one without the class name. */
  readonly message: string;
  /** The line with class name and message, as printed. */
  readonly text: string;
}

/** An exception with those before it that led to it ("During handling of", "direct cause of"), the first one first. */
export type Chain = readonly Raised[];

const HEADER = /^\s*Traceback \(most recent call last\):\s*$/;
const FRAME = /^\s*File "(?<file>[^"]+)", line (?<line>\d+)(?:, in (?<name>.+))?$/;
const LINK = /^(?:During handling of the above exception|The above exception was the direct cause)/;
const RAISED = /^(?<path>[\p{L}_][\p{L}\p{N}_.]*)(?::(?: (?<message>.*))?)?$/u;

/**
 * All exceptions that a cleaned stderr tells of, in order: tracebacks, and the shorter report of a syntax error, which
 * has a file and a line but no calls. Never throws.
 */
export function parseChains(lines: readonly string[]): Chain[] {
  const chains: Raised[][] = [];
  let linked = false;
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    if (LINK.test(line)) linked = true;
    if (!HEADER.test(line) && !isBareSyntaxError(lines, at)) {
      at += 1;
      continue;
    }
    const { raised, next } = parseRaised(lines, HEADER.test(line) ? at + 1 : at);
    if (linked) chains.at(-1)?.push(raised);
    if (!linked || chains.length === 0) chains.push([raised]);
    linked = false;
    at = next;
  }
  return chains;
}

/** The last exception of a chain: the one that was not caught. */
export function lastRaised(chain: Chain): Raised {
  return chain.at(-1) ?? { frames: [], type: '', message: '', text: '' };
}

function isBareSyntaxError(lines: readonly string[], at: number): boolean {
  const found = FRAME.exec(lines[at] ?? '');
  if (found === null || found.groups?.['name'] !== undefined) return false;
  return lines.slice(at + 1, at + 5).some((line) => /^(?:SyntaxError|IndentationError|TabError)\b/.test(line));
}

function parseRaised(lines: readonly string[], from: number): { raised: Raised; next: number } {
  const frames: Frame[] = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const { file, line: number, name } = FRAME.exec(line)?.groups ?? {};
    if (file !== undefined) frames.push({ file, line: Number(number), name: name ?? '<module>', code: '' });
    else if (/^\s/.test(line)) addCode(frames, line);
    else if (RAISED.test(line)) break;
    else if (!isNoise(line)) break;
  }
  const text = lines[at] ?? '';
  const { path, message } = RAISED.exec(text)?.groups ?? {};
  if (path === undefined) return { raised: { frames, type: '', message: '', text: '' }, next: at };
  let end = at + 1;
  while (end < lines.length && !isStart(lines, end)) end += 1;
  const more = lines.slice(at + 1, end);
  const type = path.slice(path.lastIndexOf('.') + 1);
  return { raised: { frames, type, message: [message ?? '', ...more].join('\n'), text }, next: end };
}

/** Where another exception begins, or is announced. */
function isStart(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  return HEADER.test(line) || LINK.test(line) || isBareSyntaxError(lines, at);
}

/** Of several lines under a frame (source, then a caret) the first one is its source. */
function addCode(frames: Frame[], line: string): void {
  const last = frames.at(-1);
  if (last !== undefined && last.code === '') frames[frames.length - 1] = { ...last, code: line.trim() };
}

/** Other threads and libraries write between the lines of a traceback. */
function isNoise(line: string): boolean {
  return /^(?:\[Previous line repeated|\.\.\.|<|\[|\d|-)/.test(line) || line.includes('Warning');
}
