import type { Text } from '../page/detail.js';
import { HIDDEN, nameSign } from '../reveal.js';
import { type Child, h, on } from './dom.js';
import type { Token } from './python.js';
import { clean, programLines } from './stored-text.js';

/** A line is cut after this many characters, and a text after so many lines, until somebody asks for the rest. */
const LINE_LIMIT = 1_000;
const LINES_LIMIT = 2_000;

/** A line of code that is told of: what happened there. */
export interface Mark {
  readonly line: number;
  readonly note: string;
}

/** A program with its lines numbered, and the failing one marked. */
export function program(text: Text | undefined, marks: readonly Mark[] = []): HTMLElement {
  const lines = programLines(text).map(({ number, tokens }) => {
    const mark = marks.find(({ line }) => line === number);
    return h(
      'div',
      { class: mark === undefined ? 'line' : 'line failing', 'data-n': number },
      h('span', { class: 'text' }, ...pieces(tokens)),
      mark !== undefined && mark.note !== '' && h('div', { class: 'line-note' }, mark.note),
    );
  });
  return block(lines, 'code');
}

/** A text as it is, in letters of one width. */
export function plainText(text: string): HTMLElement {
  const lines = clean(text)
    .split('\n')
    .map((line) =>
      h('div', { class: 'line' }, h('span', { class: 'text' }, ...pieces([{ kind: 'plain', text: line }]))),
    );
  return block(lines, 'code plain');
}

/** Lines in a box that can be scrolled, also with the keyboard. */
function block(lines: readonly HTMLElement[], kind: string): HTMLElement {
  const box = h(
    'div',
    { class: kind, tabindex: 0, role: 'group', 'aria-label': 'text' },
    ...lines.slice(0, LINES_LIMIT),
  );
  const rest = lines.slice(LINES_LIMIT);
  if (rest.length > 0) box.append(more(`${rest.length.toLocaleString('en')} more lines`, () => rest));
  return box;
}

function more(title: string, rest: () => readonly Node[]): HTMLElement {
  const button = h('button', { type: 'button', class: 'more' }, title);
  return on(button, 'click', () => button.replaceWith(...rest()));
}

/** The pieces of a line, those beyond its limit behind a button. */
export function pieces(tokens: readonly Token[]): Child[] {
  const shown: Child[] = [];
  let room = LINE_LIMIT;
  for (const [at, { kind, text }] of tokens.entries()) {
    if (text.length > room) {
      const hidden = [{ kind, text: text.slice(room) }, ...tokens.slice(at + 1)];
      const length = hidden.reduce((total, { text }) => total + text.length, 0);
      shown.push(...piece({ kind, text: text.slice(0, room) }));
      shown.push(more(`… ${length.toLocaleString('en')} more characters`, () => hidden.flatMap(piece)));
      return shown;
    }
    shown.push(...piece({ kind, text }));
    room -= text.length;
  }
  return shown;
}

/** A piece with the signs in it that can't be seen named and told apart. */
function piece({ kind, text }: Token): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const { 0: sign, index } of text.matchAll(HIDDEN)) {
    if (index > end) nodes.push(document.createTextNode(text.slice(end, index)));
    nodes.push(h('span', { class: 'hidden-sign' }, nameSign(sign)));
    end = index + sign.length;
  }
  if (end < text.length) nodes.push(document.createTextNode(text.slice(end)));
  return kind === 'plain' ? nodes : [h('span', { class: `py-${kind}` }, ...nodes)];
}
