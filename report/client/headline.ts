import type { ArmFigures, PageData } from '../page/data.js';
import { clip, counted, percent, points, probability, range } from '../text.js';
import { unique } from './arms.js';
import { keep, kept } from './choice.js';
import { type Child, h, on, s } from './dom.js';
import { dollars, duration, short } from './format.js';
import { tableHash } from './route.js';
import { tip } from './tooltip.js';

/** Below it a difference counts as shown, as `compare` has it. */
const SURE = 0.05;
const VERDICTS = ['pass', 'fail', 'unverified', 'unscored'] as const;

/** The score of each suite x model x strategy with its interval, what it is worth, and what the arms say of each other. */
export function headline(data: PageData): HTMLElement {
  const baselines = [...new Set(data.arms.flatMap(({ against }) => against?.baseline ?? []))];
  const hasAgainst = baselines.length > 0;
  const columns = hasAgainst ? 7 : 6;
  const groups = unique(data.arms, 'suite').flatMap((suite) =>
    unique(data.arms, 'model').map((model) => data.arms.filter((arm) => arm.suite === suite && arm.model === model)),
  );
  const bodies = groups
    .filter((arms) => arms.length > 0)
    .map((arms) =>
      h(
        'tbody',
        {},
        h(
          'tr',
          { class: 'group' },
          h('th', { colspan: columns, scope: 'rowgroup' }, clip(`${arms[0]?.suite}, ${arms[0]?.model}`, 100)),
        ),
        ...arms.map((arm) => row(arm, hasAgainst)),
      ),
    );
  return h(
    'section',
    { id: 'scores', 'aria-labelledby': 'scores-title' },
    h('h2', { id: 'scores-title' }, 'Scores'),
    h('div', { class: 'wide' }, h('table', { class: 'scores' }, head(baselines), ...bodies)),
    h('p', { class: 'note' }, note(data)),
    findings(data),
  );
}

function head(baselines: readonly string[]): HTMLElement {
  const axis = s(
    'svg',
    { class: 'axis', 'aria-hidden': 'true' },
    ...[0, 50, 100].map((at) =>
      s(
        'text',
        { x: `${at}%`, y: 11, 'text-anchor': at === 0 ? 'start' : at === 50 ? 'middle' : 'end' },
        at === 100 ? '100 %' : at,
      ),
    ),
  );
  return h(
    'thead',
    {},
    h(
      'tr',
      {},
      h('th', { scope: 'col' }, 'strategy'),
      h('th', { scope: 'col', class: 'num' }, 'pass@1'),
      h('th', { scope: 'col', class: 'plot' }, h('span', { class: 'away' }, '95 % interval, drawn'), axis),
      h('th', { scope: 'col', class: 'range' }, '95 % interval'),
      baselines.length > 0 &&
        h(
          'th',
          { scope: 'col', class: 'against' },
          baselines.length === 1 ? `points against ${clip(baselines[0] ?? '', 24)}` : 'points against the baseline',
        ),
      h('th', { scope: 'col' }, 'cells'),
      h('th', { scope: 'col', class: 'num' }, 'a cell takes'),
    ),
  );
}

function row(arm: ArmFigures, hasAgainst: boolean): HTMLElement {
  const [first] = arm.passAt;
  const more = arm.passAt.slice(1).map(({ value }, at) => `pass@${at + 2} ${percent(value)}`);
  const { suite, model, strategy } = arm;
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, h('a', { href: tableHash({ suite, model, strategy }) }, clip(strategy, 40))),
    h(
      'td',
      { class: 'num score' },
      percent(first?.value),
      h('small', { class: 'narrow' }, first === undefined ? '' : range(first)),
      ...more.slice(-1).map((text) => h('small', {}, text)),
    ),
    h('td', { class: 'plot' }, interval(arm)),
    h('td', { class: 'range' }, first === undefined ? '-' : range(first)),
    hasAgainst && h('td', { class: 'against' }, ...against(arm)),
    h('td', { class: 'outcomes' }, outcomes(arm)),
    h('td', { class: 'num takes' }, ...takes(arm)),
  );
}

function interval(arm: ArmFigures): SVGElement {
  const [first] = arm.passAt;
  const at = (share: number | null | undefined): string => `${(100 * (share ?? 0)).toFixed(2)}%`;
  const drawn = s(
    'svg',
    { class: 'interval', 'aria-hidden': 'true' },
    ...[0, 25, 50, 75, 100].map((x) => s('line', { x1: `${x}%`, x2: `${x}%`, y1: 0, y2: 20, class: 'rule' })),
    ...(first === undefined || first.value === null
      ? []
      : [
          s('line', { x1: at(first.low), x2: at(first.high), y1: 10, y2: 10, class: 'whisker' }),
          s('circle', { cx: at(first.value), cy: 10, r: 4, class: 'dot' }),
        ]),
    arm.unscored > 0 && s('circle', { cx: at(arm.ofJudged.value), cy: 10, r: 4, class: 'dot hollow' }),
  );
  return tip(drawn, () => [
    `${percent(first?.value)} ${first === undefined ? '' : range(first)}`,
    `over ${counted(first?.tasks ?? 0, 'task')} and all cells; ${first?.method ?? ''} interval`,
    ...(arm.unscored > 0 ? [`over judged cells: ${percent(arm.ofJudged.value)} ${range(arm.ofJudged)}`] : []),
    ...arm.passAt.slice(1).map((each, k) => `pass@${k + 2}: ${percent(each.value)} ${range(each)}`),
  ]);
}

function against({ against, isBaseline }: ArmFigures): Child[] {
  if (against === null) return [h('span', { class: 'soft' }, isBaseline ? 'baseline' : '–')];
  const { value, low, high, holm, tasks, gained, lost, p, baseline } = against;
  const kind = holm >= SURE ? 'even' : value > 0 ? 'better' : 'worse';
  const shown = h('span', { class: `gain ${kind}` }, points(value));
  return [
    tip(shown, () => [
      `${points(value)} points against ${baseline}`,
      `95 % interval ${range({ low, high })}, p ${probability(p)}, with Holm's correction ${probability(holm)}`,
      `${counted(tasks, 'task')} judged in both: ${gained} gained, ${lost} lost`,
    ]),
    h('small', {}, `${range({ low, high })}, p ${probability(holm)}`),
  ];
}

/** A bar as long as its cells, in parts as the verdicts have them, with their numbers. */
function outcomes(arm: ArmFigures): HTMLElement {
  const { suite, model, strategy } = arm;
  let x = 0;
  const bar = s('svg', { viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  for (const verdict of VERDICTS) {
    const width = (100 * arm[verdict]) / Math.max(1, arm.cells);
    if (width > 0) bar.append(s('rect', { x, y: 0, width, height: 4, class: `fill-${verdict}` }));
    x += width;
  }
  const parts = VERDICTS.filter((verdict) => arm[verdict] > 0).map((verdict) =>
    h('a', { href: tableHash({ suite, model, strategy, verdict }) }, `${arm[verdict].toLocaleString('en')} ${verdict}`),
  );
  return h('div', { class: 'bar' }, bar, h('div', { class: 'parts' }, ...parts));
}

function takes({ tokens, cells, cost, seconds }: ArmFigures): Child[] {
  const each = Math.max(1, cells);
  const money = cost === null || cost === 0 ? '' : `, ${dollars(cost / each)}`;
  return [`${short(tokens / each)} tokens`, h('small', {}, `${duration((1_000 * seconds) / each)}${money}`)];
}

function note({ arms }: PageData): string {
  const hollow = arms.some(({ unscored }) => unscored > 0)
    ? ' A hollow dot is pass@1 over judged cells, without the unscored ones.'
    : '';
  return `pass@1 is over all cells: unverified and unscored ones never count as a pass. Lines are 95 % intervals.${hollow}`;
}

function findings({ findings }: PageData): HTMLElement | null {
  if (findings.length === 0) return null;
  const list = h('ul', { class: 'findings' }, ...findings.map((finding) => h('li', {}, finding)));
  if (findings.length <= 3) return list;
  const isOpen = kept('findings') === 'open';
  const details = h('details', { open: isOpen }, h('summary', {}, 'What this shows, in words'), list);
  return on(details, 'toggle', () => keep('findings', details.open ? 'open' : 'closed'));
}
