import type { ArmFigures, PageData, TaskFacts } from '../page/data.js';
import type { Filters } from './route.js';

/** Columns that the table can be sorted by. */
export const SORTS = [
  'task',
  'model',
  'strategy',
  'verdict',
  'error',
  'attempts',
  'cases',
  'tokens',
  'cost',
  'time',
] as const;
export type Sort = (typeof SORTS)[number];

/** The facts of one cell. */
export interface CellRow {
  readonly id: string;
  readonly task: TaskFacts;
  readonly arm: ArmFigures;
  readonly sample: number;
  readonly verdict: string;
  readonly errorClass: string;
  readonly fault: string | null;
  readonly attempts: number;
  /** "3/5", or nothing where no run says. */
  readonly cases: string;
  readonly tokens: number;
  /** Null where nobody knows the price. */
  readonly cost: number | null;
  readonly ms: number;
}

/** A cell by its number; null where there is none. */
export function rowAt({ cells, tasks, arms }: PageData, row: number): CellRow | null {
  const [task, arm] = [tasks[cells.task[row] ?? -1], arms[cells.arm[row] ?? -1]];
  if (task === undefined || arm === undefined) return null;
  const [passed, all] = [cells.passed[row], cells.cases[row]];
  return {
    id: cells.id[row] ?? '',
    task,
    arm,
    sample: cells.sample[row] ?? 0,
    verdict: cells.verdict[row] ?? '',
    errorClass: cells.errorClass[row] ?? '',
    fault: cells.fault[row] ?? null,
    attempts: cells.attempts[row] ?? 0,
    cases: typeof passed === 'number' ? `${passed}/${all}` : '',
    tokens: cells.tokens[row] ?? 0,
    cost: cells.cost[row] ?? null,
    ms: cells.ms[row] ?? 0,
  };
}

/** Numbers of the cells that the filters choose, in the order that they ask for; equal ones stay in the order of their ids. */
export function chosenRows(data: PageData, filters: Filters): number[] {
  const isWanted = wanted(data, filters);
  const rows = data.cells.id.map((_, row) => row).filter(isWanted);
  const [name, sign] = filters.sort.startsWith('-') ? [filters.sort.slice(1), -1] : [filters.sort, 1];
  const order = orders(data)[name as Sort];
  return order === undefined ? rows : rows.sort((a, b) => sign * order(a, b) || a - b);
}

function wanted({ cells, arms, tasks }: PageData, filters: Filters): (row: number) => boolean {
  const words = filters.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  // An address holds no halves of pairs.
  const isOne = (wish: string, value = ''): boolean => wish === '' || wish === value.toWellFormed();
  return (row) => {
    const [task, arm] = [tasks[cells.task[row] ?? 0], arms[cells.arm[row] ?? 0]];
    return (
      isOne(filters.suite, arm?.suite) &&
      isOne(filters.model, arm?.model) &&
      isOne(filters.strategy, arm?.strategy) &&
      isOne(filters.verdict, cells.verdict[row]) &&
      isOne(filters.error, cells.errorClass[row]) &&
      isOne(filters.domain, task?.domain) &&
      isOne(filters.task, task?.id) &&
      (filters.library === '' || libraryNames(task?.libraries).some((name) => isOne(filters.library, name))) &&
      words.every((word) => `${cells.id[row]} ${task?.id} ${cells.errorClass[row]}`.toLowerCase().includes(word))
    );
  };
}

/** As tables name them: a task without any is of "(none)". */
export function libraryNames(libraries: readonly string[] = []): readonly string[] {
  return libraries.length === 0 ? ['(none)'] : libraries;
}

function orders({ cells, arms }: PageData): Record<Sort, (a: number, b: number) => number> {
  const byNumber = (of: (row: number) => number | null | undefined) => (a: number, b: number) => {
    // What nobody knows comes before what is known to be nothing.
    return (of(a) ?? -1) - (of(b) ?? -1);
  };
  const byText = (of: (row: number) => string | undefined) => (a: number, b: number) => {
    const [left, right] = [of(a) ?? '', of(b) ?? ''];
    return left < right ? -1 : Number(left > right);
  };
  return {
    task: byNumber((row) => cells.task[row]),
    model: byText((row) => arms[cells.arm[row] ?? 0]?.model),
    strategy: byText((row) => arms[cells.arm[row] ?? 0]?.strategy),
    verdict: byText((row) => cells.verdict[row]),
    error: byText((row) => cells.errorClass[row]),
    attempts: byNumber((row) => cells.attempts[row]),
    cases: byNumber((row) => share(cells.passed[row], cells.cases[row])),
    tokens: byNumber((row) => cells.tokens[row]),
    cost: byNumber((row) => cells.cost[row]),
    time: byNumber((row) => cells.ms[row]),
  };
}

function share(part: number | null | undefined, all: number | null | undefined): number | null {
  return typeof part === 'number' && typeof all === 'number' && all > 0 ? part / all : null;
}
