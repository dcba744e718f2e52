import type { ArmFigures, PageData } from '../page/data.js';
import { clip, counted, percent } from '../text.js';
import { type ArmStyle, armStyles, modelKey } from './arms.js';
import { h, s } from './dom.js';
import { short } from './format.js';
import { apart, linear, ticks } from './scale.js';
import { tip } from './tooltip.js';

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [560, 300, 40, 210, 14, 34];

/** Share of the cells solved after each round, a line for each arm; null where no arm takes a second round. */
export function rounds(data: PageData): HTMLElement | null {
  const lines = linesOf(data);
  const most = Math.max(...lines.map(({ solved }) => solved.length));
  if (most < 2) return null;
  const top = Math.min(1, Math.max(0.1, ...lines.flatMap(({ solved }) => solved)) * 1.08);
  const low = Math.max(0, Math.min(...lines.map(({ solved: [first = 0] }) => first)) - 0.1 * top);
  const x = linear(1, most, LEFT, WIDTH - RIGHT);
  const y = linear(low > 0.2 ? low : 0, top, HEIGHT - BOTTOM, TOP);
  const labels = apart(
    lines.map(({ solved }) => y(solved.at(-1) ?? 0)),
    14,
    TOP,
    HEIGHT - BOTTOM,
  );
  const drawing = s(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'chart', role: 'img', 'aria-label': describe(lines) },
    ...ticks(low > 0.2 ? low : 0, top, 5).flatMap((share) => [
      s('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(share), y2: y(share), class: 'rule' }),
      s('text', { x: LEFT - 6, y: y(share) + 4, 'text-anchor': 'end' }, `${Math.round(100 * share)} %`),
    ]),
    ...ticks(1, most, Math.min(most - 1, 10)).map((round) =>
      s('text', { x: x(round), y: HEIGHT - BOTTOM + 16, 'text-anchor': 'middle' }, round),
    ),
    s('text', { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 4, 'text-anchor': 'middle', class: 'title' }, 'round'),
    ...lines.flatMap((each, at) => line(each, { x, y, most, label: labels[at] ?? 0 })),
  );
  return h(
    'section',
    { id: 'rounds', 'aria-labelledby': 'rounds-title' },
    h('h2', { id: 'rounds-title' }, 'Solved after each round'),
    modelKey(data),
    h('div', { class: 'wide' }, drawing),
    h('p', { class: 'note' }, 'Share of all cells. Where a line is flat, rounds were paid for nothing.'),
  );
}

interface Line {
  readonly arm: ArmFigures;
  readonly style: ArmStyle | undefined;
  /** Share of the arm's cells after each round. */
  readonly solved: readonly number[];
}

/** The arms that took a round: one for which nothing was generated has no line. */
function linesOf(data: PageData): Line[] {
  const styles = armStyles(data);
  return data.arms.flatMap((arm, at) => {
    const solved = arm.rounds.map(({ solvedSoFar }) => solvedSoFar / Math.max(1, arm.cells));
    return solved.length === 0 ? [] : [{ arm, style: styles[at], solved }];
  });
}

interface Place {
  readonly x: (round: number) => number;
  readonly y: (share: number) => number;
  readonly most: number;
  readonly label: number;
}

function line({ arm, style, solved }: Line, { x, y, most, label }: Place): SVGElement[] {
  const points = solved.map((share, at) => `${x(at + 1).toFixed(1)},${y(share).toFixed(1)}`);
  const end = solved.at(-1) ?? 0;
  const name = style?.name ?? '';
  const edge = WIDTH - RIGHT;
  return [
    ...(solved.length < most
      ? [s('line', { x1: x(solved.length), x2: edge, y1: y(end), y2: y(end), class: `line faint ${style?.colour}` })]
      : []),
    s('polyline', { points: points.join(' '), class: `line ${style?.colour} ${style?.dash}` }),
    ...arm.rounds.map((round, at) =>
      tip(s('circle', { cx: x(at + 1), cy: y(solved[at] ?? 0), r: 3.5, class: `point ${style?.colour}` }), () => [
        `${name}, round ${round.round}`,
        `${percent(solved[at])} solved, ${round.solved} in this round`,
        `${counted(round.cells, 'cell')} took it: ${short(round.tokens)} tokens`,
      ]),
    ),
    s('line', { x1: edge + 2, x2: edge + 12, y1: y(end), y2: label, class: `leader ${style?.colour}` }),
    s(
      'text',
      { x: edge + 15, y: label + 4, class: `label ${style?.colour}` },
      clip(`${percent(end)}  ${style?.label ?? ''}`, 27),
    ),
  ];
}

function describe(lines: readonly Line[]): string {
  return lines.map(({ style, solved }) => `${style?.name}: ${solved.map(percent).join(', ')}`).join('; ');
}
