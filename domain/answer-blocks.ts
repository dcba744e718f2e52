import { indentOf, quotesOpenAfter } from './python-source.js';

/** A fenced block of a model's answer. */
export interface Block {
  readonly code: string;
  /** The word behind its opening fence, such as "python"; "" if there is none. */
  readonly label: string;
  /** Its closing fence was found; else it runs to the end of the answer. */
  readonly closed: boolean;
}

interface Fence {
  readonly sign: '`' | '~';
  readonly length: number;
  readonly indent: number;
  readonly label: string;
}

/** Line ends as line feeds; no NUL bytes, byte order mark or lone surrogates, none of which Python would read. */
export function cleanText(answer: string): string {
  return answer
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/^\uFEFF/, '');
}

/** What a model says to whoever asked: cleaned, without its thinking. */
export function answerIn(completion: string): string {
  return withoutThinking(cleanText(completion));
}

/**
 * The answer without the thinking in front of it (`<think>...</think>`, or only the closing tag where the chat template
 * opened it). Thinking that never ended leaves no answer. Tags further down belong to the answer's own text.
 */
export function withoutThinking(answer: string): string {
  let text = answer;
  for (let opening = THINK.exec(text); opening !== null; opening = THINK.exec(text)) {
    const closing = `</${opening[1]}>`;
    const end = text.indexOf(closing);
    if (end < 0) return '';
    text = text.slice(end + closing.length);
  }
  const closing = /^[ \t]*<\/think(?:ing)?>[ \t]*$/m.exec(text);
  return closing === null ? text : text.slice(closing.index + closing[0].length);
}

const THINK = /^\s*<(think(?:ing)?)>/;

/**
 * The fenced blocks of a Markdown text, in order, in one pass over its lines: backticks or tildes, three or more, with
 * or without a label, indented or at the end of a line of prose. A labelled fence inside an open block starts the next one,
 * since models forget to close; but one further in than the block, in a docstring, belongs to an example that the docstring shows.
 */
export function fencedBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Fence | null = null;
  let code: string[] = [];
  let quotes = '';
  for (const line of text.split('\n')) {
    const fence = fenceOf(line);
    if (open !== null && !(fence !== null && endsBlock(open, fence, quotes !== ''))) {
      code.push(withoutIndent(line, open.indent));
      quotes = quotesOpenAfter(line, quotes);
      continue;
    }
    const isClosing: boolean = open !== null && fence?.label === '';
    if (open !== null) blocks.push({ code: code.join('\n'), label: open.label, closed: true });
    open = isClosing ? null : fence;
    code = [];
    quotes = '';
  }
  if (open !== null) blocks.push(unclosed(code.join('\n'), open));
  return blocks;
}

function fenceOf(line: string): Fence | null {
  const text = line.trim();
  const inline = /(`{3,})(?:python|py)$/i.exec(text.slice(-40));
  const found = /^(`{3,}|~{3,})[ \t]*([\w+.#-]*)[^`]*$/.exec(text.slice(0, 200)) ?? inline;
  const signs = found?.[1];
  if (found === null || signs === undefined) return null;
  const isInline = found === inline;
  return {
    sign: signs.startsWith('`') ? '`' : '~',
    length: signs.length,
    indent: isInline ? 0 : indentOf(line),
    label: isInline ? 'python' : (found[2] ?? ''),
  };
}

function endsBlock(open: Fence, fence: Fence, isInString: boolean): boolean {
  if (isInString && fence.indent > open.indent) return false;
  return fence.sign === open.sign && fence.length >= open.length;
}

/** Some answers put the closing fence behind their last line of code. */
function unclosed(code: string, open: Fence): Block {
  const closing = open.sign.repeat(open.length);
  const text = code.trimEnd();
  const isClosed = text.endsWith(closing);
  return { code: isClosed ? text.slice(0, -closing.length) : code, label: open.label, closed: isClosed };
}

function withoutIndent(line: string, columns: number): string {
  let at = 0;
  while (at < columns && (line[at] === ' ' || line[at] === '\t')) at += 1;
  return line.slice(at);
}
