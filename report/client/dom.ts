import { reveal } from '../reveal.js';

/** What an element may hold; texts are shown with what is hidden in them made visible. */
export type Child = Node | string | number | null | false | undefined;

/** Attributes by name; null leaves one out. Values are set, never parsed. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

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
    element.setAttribute(name, value === true ? '' : reveal(String(value)));
  }
  append(element, children);
  return element;
}

/** Adds children; texts become text, whatever is in them. */
export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(reveal(String(child))));
  }
}

/** Replaces what an element holds. */
export function show(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren();
  append(parent, children);
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
