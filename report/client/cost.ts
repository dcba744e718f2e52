import type { ArmFigures, PageData } from '../page/data.js';
import { clip, percent, range } from '../text.js';
import { type ArmStyle, armStyles, modelKey } from './arms.js';
import { radios } from './choice.js';
import { h, s, show } from './dom.js';
import { dollars, duration, short } from './format.js';
import { apart, linear, logarithmic, logTicks, type Scale, ticks } from './scale.js';
import { tip } from './tooltip.js';

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [560, 300, 40, 190, 14, 40];
/** From this ratio of the dearest to the cheapest on, the axis counts in powers of ten. */
const WIDE = 8;

interface Measure {
  readonly key: string;
  readonly title: string;
  readonly of: (arm: ArmFigures) => number | null;
  readonly text: (value: number) => string;
}

const MEASURES: readonly Measure[] = [
  { key: 'tokens', title: 'tokens a cell', of: ({ tokens, cells }) => tokens / Math.max(1, cells), text: short },
  {
    key: 'cost',
    title: 'US dollars a cell',
    of: ({ cost, cells }) => (cost === null ? null : cost / Math.max(1, cells)),
    text: dollars,
  },
  {
    key: 'time',
    title: 'time a cell',
    of: ({ seconds, cells }) => (1_000 * seconds) / Math.max(1, cells),
    text: duration,
  },
];

/** What a cell takes against what it is worth: pass@1 with its interval over tokens, money or time. */
export function cost(data: PageData): HTMLElement | null {
  if (data.arms.length < 2) return null;
  const known = MEASURES.filter(({ of }) => data.arms.every((arm) => (of(arm) ?? 0) > 0));
  const [first] = known;
  if (first === undefined) return null;
  const body = h('div', { class: 'wide' });
  const draw = (key: string): void => show(body, chart(data, known.find((each) => each.key === key) ?? first));
  const ways = known.map(({ key, title }) => ({ key, title: title.replace(' a cell', '') }));
  return h(
    'section',
    { id: 'cost', 'aria-labelledby': 'cost-title' },
    h('h2', { id: 'cost-title' }, 'What a score takes'),
    radios('cost', 'what it takes', ways, draw),
    modelKey(data),
    body,
    h('p', { class: 'note' }, 'pass@1 with its 95 % interval. Up and to the left is better.'),
  );
}

function chart(data: PageData, measure: Measure): SVGElement {
  const values = data.arms.map((arm) => measure.of(arm) ?? 0);
  const scores = data.arms.map(({ passAt: [first] }) => first);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const isWide = high / low > WIDE;
  const x = isWide
    ? logarithmic(low / 1.3, high * 1.3, LEFT, WIDTH - RIGHT)
    : linear(0, high * 1.1, LEFT, WIDTH - RIGHT);
  const top = Math.min(1, Math.max(0.1, ...scores.map((score) => score?.high ?? 0)) * 1.05);
  const least = Math.min(...scores.map((score) => score?.low ?? 0)) - 0.1 * top;
  const bottom = least > 0.2 ? least : 0;
  const y = linear(bottom, top, HEIGHT - BOTTOM, TOP);
  const styles = armStyles(data);
  const labels = apart(
    scores.map((score) => y(score?.value ?? 0)),
    13,
    TOP,
    HEIGHT - BOTTOM,
  );
  const marks = isWide ? logTicks(low / 1.3, high * 1.3) : ticks(0, high * 1.1, 5);
  return s(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'chart', role: 'img', 'aria-label': describe(data, measure, styles) },
    ...ticks(bottom, top, 5).flatMap((share) => [
      s('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(share), y2: y(share), class: 'rule' }),
      s('text', { x: LEFT - 6, y: y(share) + 4, 'text-anchor': 'end' }, `${Math.round(100 * share)} %`),
    ]),
    ...marks.map((value) =>
      s('text', { x: x(value), y: HEIGHT - BOTTOM + 16, 'text-anchor': 'middle' }, measure.text(value)),
    ),
    s('text', { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 6, 'text-anchor': 'middle', class: 'title' }, measure.title),
    ...data.arms.flatMap((arm, at) => mark(arm, styles[at], { x, y, measure, label: labels[at] ?? 0 })),
  );
}

interface Place {
  readonly x: Scale;
  readonly y: Scale;
  readonly measure: Measure;
  readonly label: number;
}

function mark(arm: ArmFigures, style: ArmStyle | undefined, { x, y, measure, label }: Place): SVGElement[] {
  const [score] = arm.passAt;
  if (score === undefined || score.value === null) return [];
  const value = measure.of(arm) ?? 0;
  const [left, top] = [x(value), y(score.value)];
  const name = style?.name ?? '';
  const edge = WIDTH - RIGHT;
  return [
    s('line', {
      x1: left,
      x2: left,
      y1: y(score.low ?? 0),
      y2: y(score.high ?? 0),
      class: `line thin ${style?.colour}`,
    }),
    s('path', { d: `M${left + 7} ${top}L${edge - 2} ${top}L${edge + 10} ${label}`, class: `leader ${style?.colour}` }),
    tip(s('circle', { cx: left, cy: top, r: 5, class: `point ${style?.colour}` }), () => [
      name,
      `${percent(score.value)} ${range(score)}`,
      `${measure.text(value)}: ${measure.title}`,
    ]),
    s('text', { x: edge + 13, y: label + 4, class: `label ${style?.colour}` }, clip(style?.label ?? '', 25)),
  ];
}

function describe({ arms }: PageData, { of, text, title }: Measure, styles: readonly ArmStyle[]): string {
  return arms
    .map((arm, at) => `${styles[at]?.name}: ${percent(arm.passAt[0]?.value)} for ${text(of(arm) ?? 0)} (${title})`)
    .join('; ');
}
