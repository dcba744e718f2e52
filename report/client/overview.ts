import type { PageData } from '../page/data.js';
import { clip, counted, UNFINISHED } from '../text.js';
import { cost } from './cost.js';
import { h, show } from './dom.js';
import { errors } from './errors.js';
import { flow } from './flow.js';
import { duration, moment } from './format.js';
import { headline } from './headline.js';
import { heat } from './heat.js';
import { rounds } from './rounds.js';
import { unique } from './arms.js';
import { tasks } from './tasks.js';

/** What the sweep was, in two lines. */
export function title(data: PageData): HTMLElement {
  const { sweep, arms, details } = data;
  const counts = [
    clip(unique(arms, 'suite').join(', '), 100),
    counted(data.tasks.length, 'task'),
    counted(unique(arms, 'model').length, 'model'),
    counted(unique(arms, 'strategy').length, 'strategy', 'strategies'),
    ...(sweep.samples > 1 ? [`${sweep.samples} samples`] : []),
  ];
  const isWhole = sweep.finished >= sweep.planned;
  const cells = isWhole
    ? counted(sweep.finished, 'cell')
    : `${sweep.finished.toLocaleString('en')} of ${counted(sweep.planned, 'cell')} so far`;
  const when =
    sweep.finished === 0
      ? []
      : [`${moment(sweep.startedAt)} to ${moment(sweep.endedAt)} UTC`, duration(sweep.endedAt - sweep.startedAt)];
  return h(
    'div',
    { class: 'title' },
    h('h1', {}, sweep.id),
    h('p', { class: 'soft' }, [...counts, cells].join(' · ')),
    h('p', { class: 'soft' }, [...when, `aicodereval ${sweep.version}`].join(' · ')),
    !isWhole && sweep.finished > 0 && h('p', { class: 'soft' }, UNFINISHED),
    (!isWhole || details.kind === 'live') &&
      h('progress', { max: sweep.planned, value: sweep.finished, 'aria-label': 'cells that have ended' }),
  );
}

/** Draws everything but the table of cells. */
export function showOverview(element: HTMLElement, data: PageData): void {
  const charts = [rounds(data), cost(data)].filter((chart) => chart !== null);
  const failures = errors(data);
  const links = [
    ['scores', 'Scores'],
    ...(charts.length > 0 ? [[charts[0]?.id ?? '', 'Rounds and cost'] as const] : []),
    ['tasks', 'Tasks'],
    ...(failures === null ? [] : [['errors', 'Errors'] as const]),
    ['cells', 'Cells'],
  ] as const;
  show(
    element,
    h(
      'nav',
      { class: 'contents', 'aria-label': 'contents' },
      ...links.map(([id, text]) => h('a', { href: `#/${id}` }, text)),
    ),
    headline(data),
    charts.length > 0 && h('div', { class: 'pair' }, ...charts),
    heat(data),
    tasks(data),
    flow(data),
    failures,
  );
}
