import type { ArmFigures, PageData, PartFigure } from '../page/data.js';
import { counted, percent, range } from '../text.js';
import { radios } from './choice.js';
import { h, show } from './dom.js';
import { tableHash } from './route.js';
import { shadedTable } from './shaded.js';
import { tip } from './tooltip.js';

/** Steps of the scale: classes `q0` to `q10`. */
const STEPS = 10;

/** Of each arm its score by kind of work, or by library: shades with figures, each a way to its cells. */
export function heat(data: PageData): HTMLElement | null {
  const kinds = [
    { key: 'domain', title: 'kind of work', of: (arm: ArmFigures) => arm.domains },
    { key: 'library', title: 'library', of: (arm: ArmFigures) => arm.libraries },
  ] as const;
  const telling = kinds.filter(
    ({ of }) => new Set(data.arms.flatMap((arm) => of(arm).map(({ name }) => name))).size > 1,
  );
  const [first] = telling;
  if (first === undefined) return null;
  const body = h('div', { class: 'wide' });
  const draw = (key: string): void => {
    const { of } = telling.find((each) => each.key === key) ?? first;
    show(body, table(data, key, of));
  };
  const choice = radios('heat', 'columns', telling, draw);
  return h(
    'section',
    { id: 'kinds', 'aria-labelledby': 'kinds-title' },
    h('h2', { id: 'kinds-title' }, `Score by ${telling.length > 1 ? 'kind of work or library' : first.title}`),
    telling.length > 1 && choice,
    body,
    h(
      'p',
      { class: 'note' },
      'pass@1 of judged cells, in percent. A figure leads to its cells; its interval shows when it is pointed at.',
    ),
  );
}

function table(data: PageData, key: string, of: (arm: ArmFigures) => readonly PartFigure[]): HTMLElement {
  const sizes = new Map<string, number>();
  for (const { name, passAt1 } of data.arms.flatMap(of)) sizes.set(name, Math.max(sizes.get(name) ?? 0, passAt1.tasks));
  const columns = [...sizes]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name, size]) => ({ name, note: counted(size, 'task') }));
  const parts = data.arms.map((arm) => new Map(of(arm).map((part) => [part.name, part])));
  return shadedTable(data, columns, (at, name) => cell(data.arms[at], key, parts[at]?.get(name)));
}

function cell(arm: ArmFigures | undefined, key: string, part: PartFigure | undefined): HTMLElement {
  const value = part?.passAt1.value ?? null;
  if (arm === undefined || part === undefined || value === null) return h('td', { class: 'none' }, '–');
  const { suite, model, strategy } = arm;
  const { name, passAt1 } = part;
  const link = h('a', { href: tableHash({ suite, model, strategy, [key]: name }) }, (100 * value).toFixed(0));
  tip(link, () => [`${name}: ${percent(value)} ${range(passAt1)}`, counted(passAt1.tasks, 'task')]);
  return h('td', { class: `q${Math.round(value * STEPS)}` }, link);
}
