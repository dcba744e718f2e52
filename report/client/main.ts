import type { PageData } from '../page/data.js';
import { type Neighbours, showCell, showNoCell } from './cell.js';
import { CellTable } from './cells.js';
import { append, h, keepFocus, show } from './dom.js';
import { listenToKeys } from './keys.js';
import { watch } from './live.js';
import { showOverview, title } from './overview.js';
import { cellHash, type Filters, NO_FILTERS, parseRoute, tableHash } from './route.js';
import { schemeButton } from './theme.js';
import { hideTip } from './tooltip.js';

/** The page: it shows what its address says of the data that it has. */
class Page {
  private data: PageData;
  private readonly table: CellTable;
  private filters: Filters = NO_FILTERS;
  /** Where the reader was in the overview when a cell was opened; null of a page that began with a cell. */
  private scrolled: number | null = null;
  /** Id of the cell whose row is marked. */
  private marked: string | null = null;
  private shownCell: string | null = null;
  private readonly heading = h('div', {});
  private readonly charts = h('div', {});
  /** Not shown before the address is read. */
  private readonly overview = h('div', { hidden: true });
  private readonly cell = h('article', { class: 'cell-page' });

  constructor(data: PageData) {
    this.data = data;
    this.table = new CellTable(data);
    append(this.overview, [this.heading, this.charts, this.table.element]);
    const scheme = schemeButton();
    const keys = listenToKeys({
      step: (by) => this.step(by),
      open: () => this.open(),
      back: () => this.back(),
      search: () => this.search(),
      round: (number) => this.goToRound(number),
      scheme: () => scheme.click(),
    });
    const main = h('main', {}, this.overview, this.cell);
    document.body.append(h('div', { class: 'tools' }, keys, scheme), main);
    this.draw();
    addEventListener('hashchange', () => this.route());
    addEventListener('beforeprint', () => {
      for (const details of this.cell.querySelectorAll('details')) details.open = true;
    });
    this.route();
  }

  /** Shows other data in the same place: what its reader has chosen, opened and marked stays so, and the focus where it is. */
  update(data: PageData): void {
    this.data = data;
    keepFocus(this.overview, () => {
      this.draw();
      this.table.show(data, this.filters);
    });
    this.showMark();
    const route = parseRoute(location.hash);
    if (route.view === 'cell' && this.shownCell === null) this.route();
  }

  private draw(): void {
    show(this.heading, title(this.data));
    showOverview(this.charts, this.data);
  }

  private route(): void {
    hideTip();
    const route = parseRoute(location.hash);
    const isCell = route.view === 'cell';
    const wasOverview = !this.overview.hidden;
    if (isCell && wasOverview) this.scrolled = scrollY;
    this.overview.hidden = isCell;
    this.cell.hidden = !isCell;
    if (route.view === 'cell') {
      this.showCell(route.id, route.round);
      return;
    }
    const isSame = tableHash(route.filters) === tableHash(this.filters);
    this.shownCell = null;
    this.filters = route.filters;
    this.marked = null;
    document.title = `${this.data.sweep.id}: report`;
    this.table.show(this.data, route.filters);
    if (!wasOverview && isSame && this.scrolled !== null) scrollTo(0, this.scrolled);
    else if (route.section !== null) document.getElementById(route.section)?.scrollIntoView();
  }

  private showCell(id: string, round: number | null): void {
    const row = this.data.cells.id.findIndex((each) => each.toWellFormed() === id);
    document.title = `${id}: ${this.data.sweep.id}`;
    if (this.table.rows.length === 0) this.table.show(this.data, this.filters);
    if (row < 0) {
      this.shownCell = null;
      showNoCell(this.cell, id);
      return;
    }
    const isOther = this.shownCell !== id;
    this.shownCell = id;
    void showCell(this.cell, this.data, row, round, this.neighbours(row));
    this.cell.querySelector('[data-back]')?.setAttribute('href', tableHash(this.filters));
    if (isOther) scrollTo(0, 0);
  }

  private neighbours(row: number): Neighbours {
    const { rows } = this.table;
    const at = rows.indexOf(row);
    const idAt = (place: number): string | null => this.data.cells.id[rows[place] ?? -1] ?? null;
    if (at < 0) return { before: null, after: null, place: '' };
    return { before: idAt(at - 1), after: idAt(at + 1), place: `${at + 1} of ${rows.length.toLocaleString('en')}` };
  }

  private step(by: 1 | -1): void {
    if (this.shownCell !== null) {
      const row = this.data.cells.id.indexOf(this.shownCell);
      const { before, after } = this.neighbours(row);
      const next = by === 1 ? after : before;
      if (next !== null) location.hash = cellHash(next);
      return;
    }
    const lines = this.lines();
    const now = lines.findIndex(({ id }) => id === this.marked);
    const next = lines[Math.min(lines.length - 1, Math.max(0, now + by))];
    this.marked = next?.id ?? null;
    this.showMark();
    next?.line.scrollIntoView({ block: 'nearest' });
  }

  /** The rows that the table shows, with the ids of their cells. */
  private lines(): { readonly line: HTMLElement; readonly id: string | undefined }[] {
    const lines = [...this.table.element.querySelectorAll<HTMLElement>('tr[data-row]')];
    return lines.map((line) => ({ line, id: this.data.cells.id[Number(line.dataset['row'])] }));
  }

  private showMark(): void {
    for (const { line, id } of this.lines()) line.classList.toggle('marked', id === this.marked);
  }

  private open(): void {
    const line = this.table.element.querySelector<HTMLElement>('tr.marked');
    if (line !== null && this.shownCell === null) line.click();
  }

  private back(): void {
    if (this.cell.hidden) return;
    // At once, so that a search can have the focus: an event would come later.
    history.pushState(null, '', tableHash(this.filters));
    this.route();
  }

  private search(): void {
    this.back();
    document.getElementById('search')?.focus();
  }

  private goToRound(number: number): void {
    if (this.shownCell !== null) location.hash = cellHash(this.shownCell, number);
  }
}

const data = JSON.parse(document.getElementById('data')?.textContent ?? '') as PageData;
const page = new Page(data);
if (data.details.kind === 'live') watch(data, (changed) => page.update(changed));
