import { reveal } from '../reveal.js';

/** What an element may hold; texts are shown with what is hidden in them made visible. */
export type Child = Node | string | number | null | false | undefined;

/** Attributes by name; null leaves one out. Values are set, never parsed. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Names are short; what is not is cut, or a page would hang on one of a million letters. Texts are shown by `code.ts`. */
const NAME_LIMIT = 2_000;
/** Attributes that somebody reads or hears; the others are the page's own, or addresses that are made of escaped parts. */
const SAID: ReadonlySet<string> = new Set(['title', 'aria-label']);
const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    const text = value === true ? '' : String(value);
    element.setAttribute(name, SAID.has(name) ? named(text) : text);
  }
  append(element, children);
  return element;
}

/** Adds children; texts become text, whatever is in them. */
export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(named(String(child))));
  }
}

function named(text: string): string {
  if (text.length <= NAME_LIMIT) return reveal(text);
  return `${reveal(text.slice(0, NAME_LIMIT))} … and ${(text.length - NAME_LIMIT).toLocaleString('en')} more characters`;
}

/** Replaces what an element holds. */
export function show(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** Draws anew what an element holds; what had the focus in it has it again, if it is still there. */
export function keepFocus(within: Element, draw: () => void): void {
  const focused = document.activeElement;
  const place = focused === null ? '' : placeOf(focused);
  draw();
  if (focused === null || focused.isConnected) return;
  const again = [...within.querySelectorAll<HTMLElement>(focused.tagName)].find((each) => placeOf(each) === place);
  again?.focus({ preventScroll: true });
}

/** What tells an element from others of its name, also where it was made anew. */
function placeOf(element: Element): string {
  const told = ['id', 'class', 'href', 'value'].map((name) => element.getAttribute(name));
  return [element.closest('section')?.id, ...told].join('\n');
}

/** Listens to an element's events. Returns the element. */
export function on<E extends Element, K extends keyof HTMLElementEventMap>(
  element: E,
  name: K,
  act: (event: HTMLElementEventMap[K]) => void,
): E {
  element.addEventListener(name, (event) => act(event as HTMLElementEventMap[K]));
  return element;
}

/** A word in a colour of its own: a verdict, or the class of an error. */
export function badge(verdict: string, text: string = verdict): HTMLElement {
  return h('span', { class: `badge ${/^[a-z]+$/.test(verdict) ? verdict : ''}` }, text);
}
