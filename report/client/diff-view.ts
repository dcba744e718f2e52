import { counted } from '../text.js';
import { pieces } from './code.js';
import { type DiffLine, diffLines } from './diff.js';
import { h, on } from './dom.js';
import { clean } from './stored-text.js';

/** Lines around a change that are shown. */
const CONTEXT = 3;
const SIGNS = { same: ' ', removed: '−', added: '+' } as const;

/** What one program has that the other has not; lines far from any change are folded. */
export function diffView(before: string, after: string): HTMLElement {
  const lines = diffLines(clean(before), clean(after));
  if (lines.every(({ kind }) => kind === 'same')) return h('p', { class: 'soft' }, 'The same program.');
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ kind }) => kind !== 'same'),
  );
  const box = h('div', { class: 'code diff', tabindex: 0, role: 'group', 'aria-label': 'differences' });
  for (let at = 0; at < lines.length;) {
    let end = at + 1;
    while (end < lines.length && near[end] === near[at]) end += 1;
    const part = lines.slice(at, end);
    box.append(...(near[at] || part.length === 1 ? part.map(line) : [fold(part)]));
    at = end;
  }
  return box;
}

function fold(lines: readonly DiffLine[]): HTMLElement {
  const button = h('button', { type: 'button', class: 'fold' }, `${counted(lines.length, 'line')} alike`);
  return on(button, 'click', () => button.replaceWith(...lines.map(line)));
}

function line({ kind, text, before, after }: DiffLine): HTMLElement {
  return h(
    'div',
    { class: `line ${kind}`, 'data-n': before ?? '', 'data-m': after ?? '' },
    h('span', { class: 'sign' }, SIGNS[kind]),
    h('span', { class: 'text' }, ...pieces([{ kind: 'plain', text }])),
  );
}
