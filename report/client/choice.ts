import { h, on } from './dom.js';

/** What the reader has chosen, by the name of the choice: charts are drawn anew while a sweep goes on. */
const chosen = new Map<string, string>();

/** What was kept under a name; undefined before anything was. */
export function kept(name: string): string | undefined {
  return chosen.get(name);
}

/** Keeps a choice for as long as the page is open. */
export function keep(name: string, value: string): void {
  chosen.set(name, value);
}

/** A way to draw a chart. */
interface Choice {
  readonly key: string;
  readonly title: string;
}

/** Buttons for the ways to draw a chart. Draws it as it was chosen last under this name, else in the first way. */
export function radios(
  name: string,
  label: string,
  choices: readonly Choice[],
  draw: (key: string) => void,
): HTMLElement {
  const now = choices.find(({ key }) => key === kept(name)) ?? choices[0];
  if (now !== undefined) draw(now.key);
  const choose = (key: string): void => {
    keep(name, key);
    draw(key);
  };
  const buttons = choices.map(({ key, title }) => {
    const button = h('input', { type: 'radio', name, value: key, checked: key === now?.key });
    return h(
      'label',
      {},
      on(button, 'change', () => choose(key)),
      title,
    );
  });
  return h('div', { class: 'choice', role: 'radiogroup', 'aria-label': label }, ...buttons);
}
