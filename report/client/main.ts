import type { PageData } from '../page/data.js';
import { type Neighbours, showCell, showNoCell } from './cell.js';
import { CellTable } from './cells.js';
import { append, h, show } from './dom.js';
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
  /** Where the reader was before a cell was opened. */
  private scrolled = 0;
  private marked = -1;
  private shownCell: string | null = null;
  private readonly heading = h('div', {});
  private readonly charts = h('div', {});
  private readonly overview = h('div', {});
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

  /** Shows other data in the same place: what is open stays open. */
  update(data: PageData): void {
    this.data = data;
    this.draw();
    this.table.show(data, this.filters);
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
    if (isCell && !this.overview.hidden) this.scrolled = scrollY;
    const wasCell = this.overview.hidden;
    this.overview.hidden = isCell;
    this.cell.hidden = !isCell;
    if (route.view === 'cell') {
      this.showCell(route.id, route.round);
      return;
    }
    this.shownCell = null;
    this.filters = route.filters;
    this.marked = -1;
    document.title = `${this.data.sweep.id}: report`;
    this.table.show(this.data, route.filters);
    if (wasCell) scrollTo(0, this.scrolled);
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
    const lines = [...this.table.element.querySelectorAll<HTMLElement>('tr[data-row]')];
    this.marked = Math.min(lines.length - 1, Math.max(0, this.marked + by));
    for (const [at, line] of lines.entries()) line.classList.toggle('marked', at === this.marked);
    lines[this.marked]?.scrollIntoView({ block: 'nearest' });
  }

  private open(): void {
    const line = this.table.element.querySelector<HTMLElement>('tr.marked');
    if (line !== null && this.shownCell === null) line.click();
  }

  private back(): void {
    if (!this.cell.hidden) location.hash = tableHash(this.filters);
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
