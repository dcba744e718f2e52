import type { PageData } from '../page/data.js';
import type { AttemptDetail, CellDetail } from '../page/detail.js';
import { clip, counted } from '../text.js';
import { actionOf, attemptView } from './attempt.js';
import { loadDetails, type LoadedCell } from './details.js';
import { badge, h, show } from './dom.js';
import { dollars, duration, moment, short } from './format.js';
import { cellHash, tableHash } from './route.js';
import { type CellRow, rowAt } from './rows.js';

/** Where a cell stands among those that the table shows. */
export interface Neighbours {
  readonly before: string | null;
  readonly after: string | null;
  readonly place: string;
}

/** Draws the page of a cell into an element: what is known at once, its details when they are there. */
export async function showCell(
  element: HTMLElement,
  data: PageData,
  row: number,
  round: number | null,
  around: Neighbours,
): Promise<void> {
  const found = rowAt(data, row);
  if (found === null) return;
  const body = h('div', { class: 'detail', 'aria-live': 'polite' }, h('p', { class: 'soft' }, 'Loading the details…'));
  show(element, head(data, found, around), body);
  try {
    const loaded = await loadDetails(data, row);
    if (body.isConnected) show(body, ...rest(loaded, found.id, round));
  } catch (error) {
    show(body, h('p', { class: 'problem' }, error instanceof Error ? error.message : String(error)));
  }
}

/** The page of an address that names no cell of the sweep. */
export function showNoCell(element: HTMLElement, id: string): void {
  show(
    element,
    h('p', {}, h('a', { href: '#' }, '← report')),
    h('h1', {}, 'There is no such cell'),
    h('p', {}, id),
    h('p', { class: 'soft' }, 'It has not ended yet, or belongs to another sweep.'),
  );
}

function head(data: PageData, row: CellRow, around: Neighbours): HTMLElement {
  const { task, arm, verdict, errorClass, fault, attempts, tokens, cost, ms, sample } = row;
  const facts = [
    clip(`${task.suite}, ${task.domain}`, 100),
    counted(attempts, 'round'),
    `${short(tokens)} tokens`,
    ...(cost === null || cost === 0 ? [] : [dollars(cost)]),
    duration(ms),
  ];
  const blame = fault === null ? '' : h('span', { class: 'soft' }, `, fault: ${fault}`);
  return h(
    'header',
    { class: 'cell-head' },
    crumbs(around),
    h('h1', {}, clip(task.id, 200)),
    h(
      'p',
      { class: 'who' },
      badge(verdict),
      errorClass !== 'none' && h('span', { class: 'error-class' }, errorClass, blame),
      h('b', {}, clip(arm.strategy, 100)),
      h('span', {}, clip(arm.model, 100)),
      data.sweep.samples > 1 && h('span', {}, `sample ${sample}`),
    ),
    h('p', { class: 'soft' }, facts.join(' · ')),
    links(data, row),
  );
}

function crumbs({ before, after, place }: Neighbours): HTMLElement {
  const step = (to: string | null, text: string, key: string): HTMLElement =>
    to === null ? h('span', { class: 'soft' }, text) : h('a', { href: cellHash(to), 'aria-keyshortcuts': key }, text);
  return h(
    'nav',
    { class: 'crumbs', 'aria-label': 'cells' },
    h('a', { href: '#/cells', 'data-back': true }, '← all cells'),
    h('span', { class: 'steps' }, step(before, '← before', 'k'), place, step(after, 'after →', 'j')),
  );
}

function links({ temporal }: PageData, { id, task }: CellRow): HTMLElement {
  const address = `${temporal}${encodeURIComponent(id.toWellFormed())}`;
  return h(
    'p',
    { class: 'soft ids' },
    h('code', {}, id),
    h('a', { href: tableHash({ task: task.id, suite: task.suite }) }, 'this task in all strategies'),
    temporal !== null && h('a', { href: address, rel: 'noreferrer' }, 'in the Temporal UI'),
  );
}

function rest(loaded: LoadedCell, id: string, round: number | null): HTMLElement[] {
  const { cell } = loaded;
  const { attempts, finalAttempt, message } = cell;
  const wanted = round ?? finalAttempt ?? attempts.at(-1)?.attempt;
  const chosen = attempts.find(({ attempt }) => attempt === wanted) ?? attempts.at(-1);
  return [
    ...(message === null ? [] : [h('p', { class: 'problem' }, message)]),
    ...(attempts.length < 2 ? [] : [rail(cell, id, chosen)]),
    chosen === undefined ? h('p', { class: 'soft' }, 'Nothing was generated.') : attemptView(loaded, chosen),
    h(
      'p',
      { class: 'soft' },
      `${moment(cell.startedAt)} to ${moment(cell.finishedAt)} UTC · environment ${clip(cell.environment, 60)} · grading ${cell.grading}`,
    ),
  ];
}

/** What a round came to, in a word or two. */
function outcomeOf({ runs, program }: AttemptDetail): string {
  const run = runs.at(-1);
  if (run === undefined) return program === null ? 'no program' : 'not run';
  return run.verdict === 'pass' ? 'pass' : run.errorClass;
}

/** The rounds, each a way to it, with what it came to. */
function rail({ attempts, finalAttempt }: CellDetail, id: string, chosen: AttemptDetail | undefined): HTMLElement {
  const items = attempts.map((attempt) => {
    const run = attempt.runs.at(-1);
    const isHandedIn = attempt.attempt === finalAttempt;
    return h(
      'li',
      {},
      h(
        'a',
        {
          href: cellHash(id, attempt.attempt),
          'aria-current': attempt === chosen ? 'step' : null,
          class: `round ${run?.verdict ?? 'none'}`,
        },
        h('b', {}, `Round ${attempt.attempt}`),
        h('span', {}, actionOf(attempt)),
        h(
          'span',
          {},
          outcomeOf(attempt),
          run !== undefined && run.casesTotal > 0 && ` ${run.casesPassed}/${run.casesTotal}`,
        ),
        isHandedIn && h('small', {}, 'handed in'),
      ),
    );
  });
  return h('nav', { 'aria-label': 'rounds', class: 'rail' }, h('ol', {}, ...items));
}
