import type { ArmFigures, PageData } from '../page/data.js';
import { counted } from '../text.js';
import { armStyles } from './arms.js';
import { h, s } from './dom.js';
import { tableHash } from './route.js';
import { hideTip, place } from './tooltip.js';

const HEIGHT = 18;
const GAP = 4;
/** Units of the drawing, which is as wide as its place however many tasks share it. */
const WIDTH = 1_000;
/** Shares of a task's judged samples that passed: none, less than half, half or more, all. */
const SHADES = ['t0', 't1', 't2', 't3'] as const;

/** Every task as a stripe, from the one that most arms solve to the one that none does, a line for each arm. */
export function tasks(data: PageData): HTMLElement {
  const order = byEase(data);
  const styles = armStyles(data);
  const step = WIDTH / Math.max(1, order.length);
  const height = data.arms.length * (HEIGHT + GAP);
  const drawing = s(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${height}`,
      preserveAspectRatio: 'none',
      class: 'stripes',
      role: 'img',
      'aria-label': describe(data),
      height,
      tabindex: 0,
    },
    ...data.arms.flatMap((arm, at) => stripes(arm, order, step, at * (HEIGHT + GAP))),
  );
  follow(drawing, data, order);
  const names = styles.map(({ name }) => h('div', { class: 'stripe-name', title: name }, name));
  return h(
    'section',
    { id: 'tasks', 'aria-labelledby': 'tasks-title' },
    h('h2', { id: 'tasks-title' }, 'Every task'),
    h(
      'div',
      { class: 'strip' },
      h('div', { class: 'stripe-names' }, ...names),
      h('div', { class: 'stripe-box' }, drawing),
    ),
    legend(data),
  );
}

function legend({ sweep, tasks }: PageData): HTMLElement {
  return h(
    'p',
    { class: 'note legend' },
    key('t3', 'solved'),
    sweep.samples > 1 && key('t2', 'in half of the samples or more'),
    sweep.samples > 1 && key('t1', 'in fewer'),
    key('t0', 'not solved'),
    key('tn', 'not judged'),
    `${counted(tasks.length, 'task')}, from the easiest on the left to the hardest; a click, or the arrow keys and Enter, lead to a task's cells.`,
  );
}

function key(shade: string, text: string): HTMLElement {
  return h(
    'span',
    { class: 'key' },
    s('svg', { viewBox: '0 0 10 10', 'aria-hidden': 'true' }, s('rect', { width: 10, height: 10, class: shade })),
    text,
  );
}

/** Numbers of the tasks: those that the most arms solve first. */
function byEase({ arms, tasks }: PageData): number[] {
  const ease = tasks.map((_, task) =>
    arms.reduce((total, { grid }) => {
      const [judged, passes] = grid[task] ?? [0, 0];
      return total + (judged === 0 ? 0 : passes / judged);
    }, 0),
  );
  return tasks.map((_, task) => task).sort((a, b) => (ease[b] ?? 0) - (ease[a] ?? 0) || a - b);
}

/** One path for each shade: a sweep has thousands of tasks, and a page is to open at once. */
function stripes(arm: ArmFigures, order: readonly number[], step: number, y: number): SVGElement[] {
  const paths = new Map<string, string[]>();
  for (const [at, task] of order.entries()) {
    const shade = shadeOf(arm, task);
    const path = paths.get(shade) ?? [];
    paths.set(shade, path);
    path.push(`M${round(at * step)} ${y}h${round(step)}v${HEIGHT}h-${round(step)}z`);
  }
  return [...paths].map(([shade, path]) => s('path', { d: path.join(''), class: shade }));
}

const round = (value: number): number => Math.round(value * 100) / 100;

function shadeOf({ grid }: ArmFigures, task: number): string {
  const [judged, passes] = grid[task] ?? [0, 0];
  if (judged === 0) return 'tn';
  return SHADES[passes === 0 ? 0 : passes === judged ? 3 : passes * 2 < judged ? 1 : 2];
}

function describe({ arms, tasks }: PageData): string {
  const solved = tasks.map((_, task) => arms.filter(({ grid }) => (grid[task]?.[1] ?? 0) > 0).length);
  const all = solved.filter((count) => count === arms.length).length;
  const none = solved.filter((count) => count === 0).length;
  return `Of ${counted(tasks.length, 'task')}, ${all} solved by all of ${arms.length}, ${none} by none. The table of cells lists them.`;
}

/** Names the task under the pointer, or at the place that the arrow keys have gone to. */
function follow(drawing: SVGElement, data: PageData, order: readonly number[]): void {
  let at = 0;
  const name = (x: number, y: number): void => {
    const number = order[at] ?? 0;
    const task = data.tasks[number];
    const { length } = data.arms.filter(({ grid }) => (grid[number]?.[1] ?? 0) > 0);
    if (task !== undefined)
      place([task.id, `${task.suite}, ${task.domain}`, `solved by ${length} of ${data.arms.length}`], x, y);
  };
  drawing.addEventListener('pointermove', ({ clientX, clientY }) => {
    const { left, width } = drawing.getBoundingClientRect();
    at = Math.min(order.length - 1, Math.max(0, Math.floor(((clientX - left) / width) * order.length)));
    name(clientX, clientY);
  });
  drawing.addEventListener('pointerleave', hideTip);
  drawing.addEventListener('blur', hideTip);
  const open = (): void => {
    const task = data.tasks[order[at] ?? 0];
    if (task !== undefined) location.hash = tableHash({ task: task.id, suite: task.suite });
  };
  drawing.addEventListener('click', open);
  drawing.addEventListener('keydown', (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Enter') open();
    if (move === undefined) return;
    event.preventDefault();
    at = Math.min(order.length - 1, Math.max(0, at + move));
    const { left, width, bottom } = drawing.getBoundingClientRect();
    name(left + ((at + 0.5) / order.length) * width, bottom);
  });
}
