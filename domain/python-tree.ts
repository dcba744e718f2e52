import { logicalLines, type LogicalLine } from './python-source.js';
import { split, tokens, type Token } from './python-tokens.js';

/** A statement of Python with the statements under it, as far as its indentation and first word tell. */
export interface Block {
  /** First word: `def`, `try`, `assert`, or a name; "" where it starts with something else. */
  readonly keyword: string;
  /** Tokens of the statement itself: of a compound one, those before its colon. */
  readonly tokens: readonly Token[];
  /** Lines in the source, from 1. */
  readonly line: number;
  readonly lastLine: number;
  readonly body: readonly Block[];
}

const COMPOUND: ReadonlySet<string> = new Set(
  'def class if elif else for while with try except finally async match case'.split(' '),
);

/** The statements of a source text as a tree; comments are left out. Never throws, whatever the text. */
export function parseTree(source: string): Block[] {
  const lines = logicalLines(source).filter(({ blank }) => !blank);
  const feeds = lineStarts(source);
  const root: Open = { indent: -1, body: [] };
  const open: Open[] = [root];
  for (const line of lines) {
    while (open.length > 1 && (open.at(-1)?.indent ?? 0) >= line.indent) open.pop();
    const block = toBlock(line, feeds);
    (open.at(-1) ?? root).body.push(block);
    open.push({ indent: line.indent, body: block.body });
  }
  return root.body;
}

/** The blocks of a tree and all that is under them, each before what is under it. */
export function flatten(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => [block, ...flatten(block.body)]);
}

interface Open {
  readonly indent: number;
  readonly body: Block[];
}

function toBlock(line: LogicalLine, feeds: readonly number[]): Block & { body: Block[] } {
  const all = tokens(line.text);
  const first = lineAt(feeds, line.start);
  const lines = { line: first, lastLine: first + line.text.split('\n').length - 1 };
  const [head] = all;
  const keyword = head?.kind === 'name' ? head.text : '';
  if (!COMPOUND.has(keyword)) return { ...lines, keyword, tokens: all, body: [] };
  const [before = [], ...after] = split(all, ':');
  const rest = after.flatMap((part, index) => (index === 0 ? part : [{ kind: 'sign', text: ':' } as const, ...part]));
  const suite = rest.length === 0 ? [] : [{ ...lines, keyword: rest[0]?.text ?? '', tokens: rest, body: [] }];
  return { ...lines, keyword, tokens: before, body: suite };
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Binary search for the line, from 1, that an offset lies in. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
