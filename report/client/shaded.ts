import type { PageData } from '../page/data.js';
import { clip } from '../text.js';
import { armStyles } from './arms.js';
import { h } from './dom.js';

/** Columns of a table beyond these are only counted. */
const MOST_COLUMNS = 14;

export interface ShadedColumn {
  readonly name: string;
  readonly note: string;
}

/** A line for each arm, a shaded figure for each column: `cellOf` makes it of the arm's number and the column's name. */
export function shadedTable(
  data: PageData,
  columns: readonly ShadedColumn[],
  cellOf: (arm: number, name: string) => HTMLElement,
): HTMLElement {
  const shown = columns.slice(0, MOST_COLUMNS);
  const headings = shown.map(({ name, note }) =>
    h('th', { scope: 'col', title: name }, clip(name, 24), h('small', {}, note)),
  );
  const rows = armStyles(data).map(({ name }, arm) =>
    h('tr', {}, h('th', { scope: 'row' }, name), ...shown.map((column) => cellOf(arm, column.name))),
  );
  const rest = columns.length - shown.length;
  return h(
    'table',
    { class: 'heat' },
    rest > 0 && h('caption', {}, `and ${rest} rarer ones`),
    h('thead', {}, h('tr', {}, h('td', {}), ...headings)),
    h('tbody', {}, ...rows),
  );
}
