import type { StoredText, Text } from '../page/detail.js';
import { pythonLines, type Token } from './python.js';

/** The whole of a text, as far as the page has it. */
export function textOf(text: Text | undefined): string {
  if (text === undefined) return '';
  if ('missing' in text) return notThere(text);
  return text.left === 0 ? text.head : `${text.head}\n\n${gap(text)}\n\n${text.tail}`;
}

/** A text of which nothing is left out; null of others. */
export function wholeOf(text: Text | undefined): string | null {
  return text === undefined || 'missing' in text || text.left > 0 ? null : text.head;
}

/** A line of a program; its number is null where it stands for what is not there. */
interface ProgramLine {
  readonly number: number | null;
  readonly tokens: readonly Token[];
}

/** The lines of a program with the numbers that they have in the whole of it. */
export function programLines(text: Text | undefined): ProgramLine[] {
  if (text === undefined) return [];
  if ('missing' in text) return [remark(notThere(text))];
  const head = numbered(text.head, 1);
  return text.left === 0 ? head : [...head, remark(gap(text)), ...numbered(text.tail, text.tailLine)];
}

function numbered(part: string, first: number): ProgramLine[] {
  return pythonLines(clean(part)).map((tokens, at) => ({ number: first + at, tokens }));
}

function remark(text: string): ProgramLine {
  return { number: null, tokens: [{ kind: 'comment', text }] };
}

function notThere({ missing }: { readonly missing: string }): string {
  return `(not in the store any more: ${missing})`;
}

function gap({ left }: StoredText): string {
  return `… ${left.toLocaleString('en')} characters are left out here …`;
}

/** A text without the line end that is its last, and with those of other systems made plain. */
export function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\n$/, '');
}
