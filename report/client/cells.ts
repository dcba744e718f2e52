import type { PageData } from '../page/data.js';
import { clip, counted } from '../text.js';
import { unique } from './arms.js';
import { badge, h, on, show } from './dom.js';
import { dollars, duration, short } from './format.js';
import { cellHash, type Filters, NO_FILTERS, tableHash } from './route.js';
import { chosenRows, libraryNames, rowAt, type Sort } from './rows.js';

/** Rows that are shown at a time. */
const PAGE = 100;

const COLUMNS: readonly { readonly sort: Sort; readonly title: string; readonly isNumber: boolean }[] = [
  { sort: 'task', title: 'task', isNumber: false },
  { sort: 'model', title: 'model', isNumber: false },
  { sort: 'strategy', title: 'strategy', isNumber: false },
  { sort: 'verdict', title: 'verdict', isNumber: false },
  { sort: 'error', title: 'error', isNumber: false },
  { sort: 'cases', title: 'cases', isNumber: true },
  { sort: 'attempts', title: 'rounds', isNumber: true },
  { sort: 'tokens', title: 'tokens', isNumber: true },
  { sort: 'cost', title: 'cost', isNumber: true },
  { sort: 'time', title: 'time', isNumber: true },
];

/** The table of cells with its filters, which live in the page's address. */
export class CellTable {
  readonly element: HTMLElement;
  /** Numbers of the cells that the filters choose, in order. */
  rows: readonly number[] = [];
  private data: PageData;
  private filters: Filters = NO_FILTERS;
  private readonly search = h('input', {
    type: 'search',
    id: 'search',
    placeholder: 'task, cell or error',
    'aria-label': 'search',
    autocomplete: 'off',
  });
  private readonly selects = h('div', { class: 'selects' });
  private readonly count = h('p', { class: 'count', role: 'status' });
  private readonly table = h('table', { class: 'cells' });
  private readonly pager = h('nav', { class: 'pager', 'aria-label': 'pages of the table' });

  constructor(data: PageData) {
    this.data = data;
    on(this.search, 'input', () => this.go({ text: this.search.value }));
    this.element = h(
      'section',
      { id: 'cells', 'aria-labelledby': 'cells-title' },
      h('h2', { id: 'cells-title' }, 'Cells'),
      h('div', { class: 'filters', role: 'search' }, this.search, this.selects),
      this.count,
      h('div', { class: 'wide' }, this.table),
      this.pager,
    );
  }

  /** Shows the cells of the page's data that the filters choose. */
  show(data: PageData, filters: Filters): void {
    this.data = data;
    this.filters = filters;
    this.rows = chosenRows(data, filters);
    if (document.activeElement !== this.search) this.search.value = filters.text;
    this.showSelects();
    const all = data.cells.id.length;
    const passes = this.rows.filter((row) => data.cells.verdict[row] === 'pass').length;
    const isAll = this.rows.length === all;
    show(
      this.count,
      isAll ? counted(all, 'cell') : `${this.rows.length.toLocaleString('en')} of ${counted(all, 'cell')}`,
      `, ${passes.toLocaleString('en')} passed. `,
      !isAll && h('a', { href: tableHash({ sort: filters.sort }) }, 'Show all'),
    );
    this.showRows();
  }

  private go(change: Partial<Filters>): void {
    const hash = tableHash({ ...this.filters, page: 0, ...change });
    // Every letter of a search would else be a step back.
    history.replaceState(null, '', hash);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }

  private showSelects(): void {
    const { arms, tasks, cells } = this.data;
    const choices: [keyof Filters, string[]][] = [
      ['suite', unique(arms, 'suite')],
      ['model', unique(arms, 'model')],
      ['strategy', unique(arms, 'strategy')],
      ['verdict', distinct(cells.verdict)],
      ['error', distinct(cells.errorClass)],
      ['domain', distinct(tasks.map(({ domain }) => domain))],
      ['library', distinct(tasks.flatMap(({ libraries }) => libraryNames(libraries)))],
      ['task', this.filters.task === '' ? [] : [this.filters.task, '']],
    ];
    const focused = document.activeElement?.id;
    const shown = choices.filter(([name, values]) => values.length > 1 || this.filters[name] !== '');
    show(this.selects, ...shown.map(([name, values]) => this.select(name, values)));
    if (focused?.startsWith('filter-') === true) document.getElementById(focused)?.focus();
  }

  private select(name: keyof Filters, values: readonly string[]): HTMLElement {
    const wanted = this.filters[name];
    const select = h(
      'select',
      { id: `filter-${name}` },
      h('option', { value: '' }, 'all'),
      ...values
        .filter((value) => value !== '')
        .map((value, at) => h('option', { value: at, selected: value === wanted }, clip(value, 48))),
    );
    const texts = values.filter((value) => value !== '');
    on(select, 'change', () => this.go({ [name]: select.value === '' ? '' : (texts[Number(select.value)] ?? '') }));
    return h('label', { class: wanted === '' ? null : 'set' }, name, select);
  }

  private showRows(): void {
    const pages = Math.max(1, Math.ceil(this.rows.length / PAGE));
    const page = Math.min(this.filters.page, pages - 1);
    const hasCost = this.data.cells.cost.some((cost) => cost !== null && cost > 0);
    const columns = COLUMNS.filter(({ sort }) => sort !== 'cost' || hasCost);
    const rows = this.rows.slice(page * PAGE, (page + 1) * PAGE);
    show(
      this.table,
      h('thead', {}, h('tr', {}, ...columns.map((column) => this.heading(column)))),
      h('tbody', {}, ...rows.map((row) => this.row(row, hasCost))),
    );
    const link = (to: number, text: string): HTMLElement =>
      to < 0 || to >= pages
        ? h('span', { class: 'soft' }, text)
        : h('a', { href: tableHash({ ...this.filters, page: to }) }, text);
    if (pages < 2) show(this.pager);
    else
      show(
        this.pager,
        link(page - 1, '← before'),
        h('span', {}, `${page * PAGE + 1}–${page * PAGE + rows.length} of ${this.rows.length.toLocaleString('en')}`),
        link(page + 1, 'after →'),
      );
  }

  private heading({ sort, title, isNumber }: (typeof COLUMNS)[number]): HTMLElement {
    const { sort: now } = this.filters;
    const [isUp, isDown] = [now === sort, now === `-${sort}`];
    // What is counted is mostly looked at from its largest.
    const next = isNumber ? (isDown ? sort : `-${sort}`) : isUp ? `-${sort}` : sort;
    const state = isUp ? 'ascending' : isDown ? 'descending' : null;
    const link = h(
      'a',
      { href: tableHash({ ...this.filters, sort: next, page: 0 }) },
      title,
      h('span', { 'aria-hidden': 'true' }, isUp ? ' ↑' : isDown ? ' ↓' : ''),
    );
    return h('th', { scope: 'col', class: isNumber ? 'num' : null, 'aria-sort': state }, link);
  }

  private row(row: number, hasCost: boolean): HTMLElement | null {
    const found = rowAt(this.data, row);
    if (found === null) return null;
    const { id, task, arm, sample, verdict, errorClass, cases, attempts, tokens, cost, ms } = found;
    const line = h(
      'tr',
      { 'data-row': row },
      h(
        'td',
        { class: 'task' },
        h('a', { href: cellHash(id) }, clip(task.id, 72)),
        this.data.sweep.samples > 1 && h('small', {}, ` #${sample}`),
      ),
      h('td', {}, clip(arm.model, 48)),
      h('td', {}, clip(arm.strategy, 48)),
      h('td', {}, badge(verdict)),
      h('td', {}, errorClass === 'none' ? '' : errorClass),
      h('td', { class: 'num' }, cases),
      h('td', { class: 'num' }, attempts),
      h('td', { class: 'num' }, short(tokens)),
      hasCost && h('td', { class: 'num' }, cost === null ? '?' : dollars(cost)),
      h('td', { class: 'num' }, duration(ms)),
    );
    return on(line, 'click', (event) => {
      const isOther = event.target instanceof Element && event.target.closest('a') !== null;
      if (!isOther && String(getSelection()) === '') location.hash = cellHash(id);
    });
  }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
