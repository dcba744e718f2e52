import type { ArmFigures, PageData } from '../page/data.js';
import { h } from './dom.js';
import { tableHash } from './route.js';
import { shadedTable } from './shaded.js';
import { tip } from './tooltip.js';

/** Steps of the scale: classes `e0` to `e10`. */
const STEPS = 10;

/** What went wrong in each arm: cells by error class, shaded by their share of the arm's cells, each a way to them. */
export function errors(data: PageData): HTMLElement | null {
  const totals = new Map<string, number>();
  const faults = new Map<string, Set<string>>();
  for (const { errorClass, fault, cells } of data.arms.flatMap(({ failures }) => failures)) {
    totals.set(errorClass, (totals.get(errorClass) ?? 0) + cells);
    faults.set(errorClass, (faults.get(errorClass) ?? new Set()).add(fault ?? 'none'));
  }
  if (totals.size === 0) return null;
  const columns = [...totals]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name]) => ({ name, note: [...(faults.get(name) ?? [])].sort().join(', ') }));
  const table = shadedTable(data, columns, (arm, name) => cell(data.arms[arm], name));
  return h(
    'section',
    { id: 'errors', 'aria-labelledby': 'errors-title' },
    h('h2', { id: 'errors-title' }, 'What went wrong'),
    h('div', { class: 'wide' }, table),
    h(
      'p',
      { class: 'note' },
      'Cells by the class of their error, and below it whose fault it is. A figure leads to its cells.',
    ),
  );
}

function cell(arm: ArmFigures | undefined, name: string): HTMLElement {
  const of = (arm?.failures ?? []).filter(({ errorClass }) => errorClass === name);
  const count = of.reduce((total, each) => total + each.cells, 0);
  if (arm === undefined || count === 0) return h('td', { class: 'none' }, '–');
  const { suite, model, strategy, cells } = arm;
  const share = count / Math.max(1, cells);
  const link = h('a', { href: tableHash({ suite, model, strategy, error: name }) }, count.toLocaleString('en'));
  tip(link, () => [name, `${count} of ${cells} cells, ${(100 * share).toFixed(1)} %`]);
  return h('td', { class: `e${Math.ceil(share * STEPS)}` }, link);
}
