import type { ArmFigures, PageData } from '../page/data.js';
import { counted } from '../text.js';
import { armStyles } from './arms.js';
import { keep, kept } from './choice.js';
import { h, on, s, show } from './dom.js';
import { linear } from './scale.js';
import { tip } from './tooltip.js';

const [WIDTH, HEIGHT, TOP, BOTTOM] = [1_120, 330, 24, 6];
const BAR = 12;
const LABELS = 130;
const GAP = 7;
const MOST_CLASSES = 8;
/** Rounds after these are told by the table of errors. */
const MOST_ROUNDS = 7;
const OTHERS = 'others';

/** How the error classes of one round turn into those of the next: a band for each change, as wide as its cells are many. */
export function flow(data: PageData): HTMLElement | null {
  const repairing = data.arms.map((arm, at) => ({ arm, at })).filter(({ arm }) => arm.flows.length > 0);
  const [most] = repairing.toSorted((a, b) => steps(b.arm) - steps(a.arm));
  const first = repairing.find(({ arm }) => keyOf(arm) === kept('flow')) ?? most;
  if (first === undefined) return null;
  const styles = armStyles(data);
  const body = h('div', { class: 'wide' });
  const draw = (at: number): void => {
    const arm = data.arms[at];
    if (arm !== undefined) show(body, chart(arm), h('p', { class: 'note' }, note(arm)));
  };
  draw(first.at);
  const select = h(
    'select',
    { id: 'flow-arm' },
    ...repairing.map(({ at }) => h('option', { value: at, selected: at === first.at }, styles[at]?.name ?? '')),
  );
  on(select, 'change', () => {
    const at = Number(select.value);
    keep('flow', keyOf(data.arms[at] ?? first.arm));
    draw(at);
  });
  return h(
    'section',
    { id: 'flow', 'aria-labelledby': 'flow-title' },
    h('h2', { id: 'flow-title' }, 'What became of errors, round by round'),
    repairing.length > 1 && h('div', { class: 'choice' }, h('label', { for: 'flow-arm' }, 'strategy'), select),
    body,
  );
}

/** Arms are numbered anew when one more begins. */
function keyOf({ suite, model, strategy }: ArmFigures): string {
  return [suite, model, strategy].join('\n');
}

function steps({ flows }: ArmFigures): number {
  return flows.reduce((total, { cells }) => total + cells, 0);
}

interface Node {
  readonly name: string;
  readonly cells: number;
  readonly y: number;
  readonly height: number;
}

function chart(arm: ArmFigures): SVGElement {
  const last = Math.min(MOST_ROUNDS, arm.rounds.length);
  const names = namesOf(arm, last);
  const nameOf = (errorClass: string): string => (names.includes(errorClass) ? errorClass : OTHERS);
  const columnSize = (round: number): number => drawn(arm, round).reduce((total, { cells }) => total + cells, 0);
  const largest = Math.max(...Array.from({ length: last }, (_, at) => columnSize(at + 1)));
  const unit = (HEIGHT - TOP - BOTTOM - GAP * (names.length - 1)) / Math.max(1, largest);
  const x = linear(1, Math.max(2, last), 0, WIDTH - BAR - LABELS);
  const columns = Array.from({ length: last }, (_, at) => nodes(arm, at + 1, names, nameOf, unit));
  const bands = Array.from({ length: last - 1 }, (_, at) =>
    bandsBetween(arm, at + 2, [columns[at] ?? [], columns[at + 1] ?? []], {
      nameOf,
      unit,
      from: x(at + 1) + BAR,
      to: x(at + 2),
    }),
  );
  return s(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'chart flow', role: 'img', 'aria-label': describe(arm) },
    ...bands.flat(),
    ...columns.flatMap((column, at) => [
      s('text', { x: x(at + 1), y: 12, class: 'title' }, `round ${at + 1}`),
      ...column.flatMap((node) => shape(node, x(at + 1), at + 1, at === last - 1)),
    ]),
  );
}

/** The commonest classes; `none` comes last, so that what passes gathers at the bottom. */
function namesOf({ outcomes }: ArmFigures, last: number): string[] {
  const totals = new Map<string, number>();
  for (const { round, errorClass, cells } of outcomes) {
    if (round <= last && errorClass !== 'none') totals.set(errorClass, (totals.get(errorClass) ?? 0) + cells);
  }
  const sorted = [...totals].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([name]) => name);
  const shown = sorted.length > MOST_CLASSES ? [...sorted.slice(0, MOST_CLASSES - 1), OTHERS] : sorted;
  return [...shown, 'none'];
}

/** What is drawn of a round: what passes at once has nothing to become, and would outweigh the rest. */
function drawn({ outcomes }: ArmFigures, wanted: number): ArmFigures['outcomes'] {
  return outcomes.filter(({ round, errorClass }) => round === wanted && (round > 1 || errorClass !== 'none'));
}

function nodes(
  arm: ArmFigures,
  round: number,
  names: readonly string[],
  nameOf: (name: string) => string,
  unit: number,
): Node[] {
  let y = TOP;
  return names.flatMap((name) => {
    const cells = drawn(arm, round)
      .filter((each) => nameOf(each.errorClass) === name)
      .reduce((total, each) => total + each.cells, 0);
    if (cells === 0) return [];
    const node = { name, cells, y, height: cells * unit };
    y += node.height + GAP;
    return [node];
  });
}

interface Between {
  readonly nameOf: (name: string) => string;
  readonly unit: number;
  readonly from: number;
  readonly to: number;
}

function bandsBetween(
  { flows }: ArmFigures,
  round: number,
  [left, right]: readonly [readonly Node[], readonly Node[]],
  { nameOf, unit, from, to }: Between,
): SVGElement[] {
  const used = { left: new Map<string, number>(), right: new Map<string, number>() };
  const middle = (from + to) / 2;
  return left.flatMap((source) =>
    right.flatMap((target) => {
      const cells = flows
        .filter((each) => each.round === round && nameOf(each.from) === source.name && nameOf(each.to) === target.name)
        .reduce((total, each) => total + each.cells, 0);
      if (cells === 0) return [];
      const width = cells * unit;
      const y0 = source.y + (used.left.get(source.name) ?? 0);
      const y1 = target.y + (used.right.get(target.name) ?? 0);
      used.left.set(source.name, y0 - source.y + width);
      used.right.set(target.name, y1 - target.y + width);
      const d = `M${from} ${y0}C${middle} ${y0} ${middle} ${y1} ${to} ${y1}V${y1 + width}C${middle} ${y1 + width} ${middle} ${y0 + width} ${from} ${y0 + width}Z`;
      const kind = target.name === 'none' ? 'cured' : source.name === target.name ? 'stays' : 'turns';
      return [
        tip(s('path', { d, class: `band ${kind}` }), () => [
          `${said(source.name)} → ${said(target.name)}`,
          `${counted(cells, 'cell')}, round ${round - 1} to ${round}`,
        ]),
      ];
    }),
  );
}

function shape({ name, cells, y, height }: Node, x: number, round: number, isLast: boolean): SVGElement[] {
  const bar = s('rect', {
    x,
    y,
    width: BAR,
    height: Math.max(1, height),
    class: name === 'none' ? 'node good' : 'node',
  });
  const isNamed = round === 1 || isLast || height > 13;
  return [
    tip(bar, () => [said(name), `${counted(cells, 'cell')} in round ${round}`]),
    ...(isNamed
      ? [
          s(
            'text',
            { x: x + BAR + 5, y: y + Math.max(1, height) / 2 + 4, class: 'node-name' },
            `${said(name)} ${cells}`,
          ),
        ]
      : []),
  ];
}

function said(name: string): string {
  return name === 'none' ? 'passes' : name;
}

function describe({ flows }: ArmFigures): string {
  const lines = flows
    .slice(0, 20)
    .map(({ round, from, to, cells }) => `round ${round}: ${said(from)} to ${said(to)} ${cells}`);
  return `Changes of error classes. ${lines.join('; ')}`;
}

function note({ outcomes, rounds }: ArmFigures): string {
  const [first] = rounds;
  const atOnce = outcomes.find(({ round, errorClass }) => round === 1 && errorClass === 'none')?.cells ?? 0;
  const more = rounds.length > MOST_ROUNDS ? ` Of ${rounds.length} rounds the first ${MOST_ROUNDS} are drawn.` : '';
  return `${atOnce} of ${counted(first?.cells ?? 0, 'cell')} pass in the first round and are not drawn. "Passes" is a pass of what the strategy may see.${more}`;
}
