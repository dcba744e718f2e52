import type { CellResult } from '../domain/cell.js';
import { groupBy } from '../domain/group-by.js';
import { type ArmIdentity, armIdentity } from '../domain/cell-facts.js';
import { strategyLabel } from './table.js';

/** The cells of one sweep x suite x model x strategy with its settings: what is compared. */
export interface Arm {
  /** The sweep's name, or its folder. */
  readonly sweep: string;
  readonly suite: string;
  readonly model: string;
  /** With its settings: "react x3, tests". */
  readonly strategy: string;
  readonly results: readonly CellResult[];
}

/** Arms that are compared with the first of them. */
export interface Contest {
  readonly baseline: Arm;
  readonly rivals: readonly Arm[];
}

/** By what arms of one sweep differ. */
export const DIMENSIONS = ['strategy', 'model'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The arms of a sweep's results, in the order of suite, model and strategy. */
export function armsOf(sweep: string, results: readonly CellResult[]): Arm[] {
  const groups = groupBy(results, ({ cell }) => JSON.stringify(armIdentity(cell)));
  const arms = [...groups.values()].flatMap((of) =>
    of.slice(0, 1).map(({ cell }): Arm => ({ ...armNamed(sweep, armIdentity(cell)), results: of })),
  );
  return arms.toSorted(byName);
}

/** An arm's names, without its results. */
export function armNamed(sweep: string, identity: ArmIdentity): Omit<Arm, 'results'> {
  return { sweep, suite: identity.suite, model: identity.model, strategy: strategyLabel(identity) };
}

/** The order of suite, model and strategy. */
export function byName(a: Omit<Arm, 'results'>, b: Omit<Arm, 'results'>): number {
  const key = ({ suite, model, strategy }: Omit<Arm, 'results'>): string => [suite, model, strategy].join('\n');
  return key(a) < key(b) ? -1 : 1;
}

/**
 * Contests within one sweep: arms that have all but this dimension in common, against the one that `baseline` names (its
 * whole name, or the strategy's without settings); unless given, `direct` or the first.
 */
export function contestsWithin(arms: readonly Arm[], by: Dimension, baseline: string | null): Contest[] {
  const other = by === 'strategy' ? 'model' : 'strategy';
  const groups = groupBy(arms, (arm) => `${arm.suite}\n${arm[other]}`);
  return [...groups.values()].flatMap((of): Contest[] => {
    const wanted = baseline ?? 'direct';
    const named = of.find((arm) => arm[by] === wanted) ?? of.find((arm) => arm[by].split(/ x\d|, /)[0] === wanted);
    const first = named ?? (baseline === null ? of[0] : undefined);
    return first === undefined ? [] : [{ baseline: first, rivals: of.filter((arm) => arm !== first) }];
  });
}

/**
 * Contests between sweeps: each arm of the first with its counterpart in each other one, the arm of the same suite, model
 * and strategy. What has none goes with the only other arm left of the same suite and model, suite and strategy, or suite.
 */
export function contestsBetween(first: readonly Arm[], others: readonly (readonly Arm[])[]): Contest[] {
  const pairs = others.flatMap((arms) => counterparts(first, arms));
  const byBaseline = groupBy(pairs, ([baseline]) => baseline);
  return [...byBaseline].map(([baseline, of]) => ({ baseline, rivals: of.map(([, rival]) => rival) }));
}

const LIKENESS: readonly ((arm: Arm) => string)[] = [
  ({ suite, model, strategy }) => [suite, model, strategy].join('\n'),
  ({ suite, model }) => [suite, model].join('\n'),
  ({ suite, strategy }) => [suite, strategy].join('\n'),
  ({ suite }) => suite,
];

function counterparts(first: readonly Arm[], others: readonly Arm[]): [Arm, Arm][] {
  const found: [Arm, Arm][] = [];
  let [left, right] = [[...first], [...others]];
  for (const like of LIKENESS) {
    const [byLeft, byRight] = [groupBy(left, like), groupBy(right, like)];
    const pairs = [...byLeft].flatMap(([key, [arm, ...more]]): [Arm, Arm][] => {
      const [rival, ...others] = byRight.get(key) ?? [];
      const isOnly = more.length === 0 && others.length === 0;
      return arm === undefined || rival === undefined || !isOnly ? [] : [[arm, rival]];
    });
    found.push(...pairs);
    const taken = new Set(pairs.flat());
    [left, right] = [left.filter((arm) => !taken.has(arm)), right.filter((arm) => !taken.has(arm))];
  }
  return found;
}
