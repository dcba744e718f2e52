import { callsOf, stringParts, type Token } from '../python-tokens.js';
import type { Block } from '../python-tree.js';

/** What a call of `print` (or a returned text that is printed) shows, as far as its source tells. */
export interface Template {
  /** Lines that it prints; in each, the texts that stand in it for certain, in order. */
  readonly lines: readonly (readonly string[])[];
  /** Letters and digits in those texts: 0 if it prints values alone. */
  readonly weight: number;
  /** Names that are shown. */
  readonly names: ReadonlySet<string>;
}

/** What the calls of `print` in one statement show, one for each call. */
export function printsOf(block: Block): Template[] {
  return callsOf(block.tokens, 'print').map((args) =>
    template(args.filter((arg) => arg[1]?.text !== '=').map((arg) => shown(arg))),
  );
}

/** What an expression shows when it is printed. */
export function templateOf(expression: readonly Token[]): Template {
  return template([shown(expression)]);
}

/** The first line of an output, from `from` on, that this may have printed; -1 if none. Blank templates find nothing. */
export function findPrinted(output: readonly string[], { lines, weight }: Template, from = 0): number {
  if (weight < 3) return -1;
  const best = lines.toSorted((a, b) => letters(b.join('')) - letters(a.join('')))[0] ?? [];
  return output.findIndex((line, at) => at >= from && holdsInOrder(line, best));
}

function holdsInOrder(line: string, texts: readonly string[]): boolean {
  let at = 0;
  return texts.every((text) => {
    const found = line.indexOf(text, at);
    at = found + text.length;
    return found >= 0;
  });
}

const VALUE = '\u0000';

/** The text of one argument, with a mark for each value that is not known. */
function shown(tokens: readonly Token[]): { text: string; names: string[] } {
  const isText = tokens.every(({ kind, text }) => kind === 'string' || text === '+');
  const names = tokens.flatMap(({ kind, text }) => (kind === 'name' ? text : []));
  if (tokens.length === 0) return { text: '', names };
  const parts = tokens.map((token) => {
    if (token.kind === 'string') return literal(token.text);
    return { text: token.text === '+' ? '' : VALUE, names: [] };
  });
  // 'a' if x else 'b', '%s' % x, '{}'.format(x): the texts may or may not appear as written.
  const isSum = isText || tokens.some(({ text }) => text === '+');
  const formatted = tokens.some(({ text }) => text === 'format' || text === '%');
  if (formatted) {
    const text = (parts[0]?.text ?? '').replace(/\{[^{}]*\}|%[-\d.]*[a-z]/g, VALUE);
    return { text, names };
  }
  if (!isSum) return { text: VALUE, names };
  return { text: parts.map(({ text }) => text).join(''), names: [...names, ...parts.flatMap(({ names }) => names)] };
}

function literal(source: string): { text: string; names: string[] } {
  const { prefix, content } = stringParts(source);
  const names: string[] = [];
  const replaced = prefix.includes('f')
    ? content.replace(/\{\{|\}\}|\{[^{}]*\}/g, (field) => {
        if (field === '{{' || field === '}}') return field.charAt(0);
        names.push(...(field.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []));
        return VALUE;
      })
    : content;
  return { text: prefix.includes('r') ? replaced : unescape(replaced), names };
}

function unescape(text: string): string {
  return text.replace(/\\([nrt'"\\])/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
}

function template(args: readonly { text: string; names: readonly string[] }[]): Template {
  const text = args.map((arg) => arg.text).join(' ');
  const lines = text.split(/[\r\n]/).map((line) => line.split(VALUE).flatMap((part) => part.trim() || []));
  return {
    lines: lines.filter((parts) => parts.length > 0),
    weight: letters(text),
    names: new Set(args.flatMap(({ names }) => names)),
  };
}

function letters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
