import { h, on } from './dom.js';

/** What keys do: those of the cell's page do nothing in the overview, and the other way round. */
export interface KeyActions {
  /** Goes to the next (1) or the previous (-1) cell, or marks the next row. */
  readonly step: (by: 1 | -1) => void;
  readonly open: () => void;
  readonly back: () => void;
  readonly search: () => void;
  readonly round: (number: number) => void;
  readonly scheme: () => void;
}

const HELP: readonly (readonly [string, string])[] = [
  ['/', 'search the cells'],
  ['j, k', 'the next and the previous row, or cell'],
  ['Enter', 'open the marked row'],
  ['1 to 9', 'a round of the cell'],
  ['Esc', 'back to all cells'],
  ['t', 'light or dark'],
  ['?', 'this list'],
];

/** Listens to the keyboard; returns the button that lists the keys. */
export function listenToKeys(actions: KeyActions): HTMLElement {
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'keys-title' },
    h('h2', { id: 'keys-title' }, 'Keys'),
    h('dl', {}, ...HELP.flatMap(([key, does]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, does)])),
    h('form', { method: 'dialog' }, h('button', {}, 'Close')),
  );
  document.body.append(dialog);
  const open = (): void => void (dialog.open || dialog.showModal());
  const table: Readonly<Record<string, () => void>> = {
    '/': actions.search,
    j: () => actions.step(1),
    k: () => actions.step(-1),
    Enter: actions.open,
    Escape: actions.back,
    t: actions.scheme,
    '?': open,
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    const { target, key } = event;
    const isRadio = target instanceof HTMLInputElement && target.type === 'radio';
    const isTyping = !isRadio && (target instanceof HTMLInputElement || target instanceof HTMLSelectElement);
    if (isTyping && key !== 'Escape') return;
    // Enter on a link or a button is theirs.
    if (key === 'Enter' && target !== document.body && !isRadio && !(target instanceof HTMLTableRowElement)) return;
    const act = /^[1-9]$/.test(key) ? () => actions.round(Number(key)) : table[key];
    if (act === undefined) return;
    event.preventDefault();
    if (isTyping) (target as HTMLElement).blur();
    act();
  });
  return on(h('button', { type: 'button', id: 'keys' }, 'keys'), 'click', open);
}
