import { type Child, h, show } from './dom.js';

const MARGIN = 12;
let box: HTMLElement | null = null;

function tooltip(): HTMLElement {
  box ??= document.body.appendChild(h('div', { id: 'tip', role: 'tooltip', hidden: true }));
  return box;
}

/** Shows lines beside the pointer or the focused element for as long as it is there. */
export function tip<E extends Element>(element: E, lines: () => readonly Child[]): E {
  const open = (x: number, y: number): void => {
    const of = lines();
    if (of.length > 0) place(of, x, y);
  };
  element.addEventListener('pointermove', (event) => {
    const { clientX, clientY } = event as PointerEvent;
    open(clientX, clientY);
  });
  element.addEventListener('pointerleave', hideTip);
  element.addEventListener('focus', () => {
    if (!element.matches(':focus-visible')) return;
    const { left, bottom } = element.getBoundingClientRect();
    open(left, bottom);
  });
  element.addEventListener('blur', hideTip);
  return element;
}

/** Shows lines at a place of the window. */
export function place(lines: readonly Child[], x: number, y: number): void {
  const element = tooltip();
  show(element, ...lines.map((line, at) => h('div', { class: at === 0 ? 'tip-head' : null }, line)));
  element.hidden = false;
  const { width, height } = element.getBoundingClientRect();
  const left = x + MARGIN + width > window.innerWidth ? x - MARGIN - width : x + MARGIN;
  const top = y + MARGIN + height > window.innerHeight ? y - MARGIN - height : y + MARGIN;
  element.style.setProperty('left', `${Math.max(4, left)}px`);
  element.style.setProperty('top', `${Math.max(4, top)}px`);
}

export function hideTip(): void {
  tooltip().hidden = true;
}
