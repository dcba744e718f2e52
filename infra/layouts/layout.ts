import type { CellResult } from '../../domain/cell.js';
import { armIdentity } from '../../domain/cell-facts.js';
import { slug } from '../../domain/cell-id.js';
import { groupBy } from '../../domain/group-by.js';
import type { Texts } from '../pieces.js';

/** One suite x model x strategy of a sweep, as other harnesses have a file for each. */
export interface LayoutArm {
  /** Part of a file's name. */
  readonly name: string;
  readonly results: readonly CellResult[];
}

/** A file of a layout. */
export interface LayoutFile {
  readonly name: string;
  readonly texts: Texts;
}

/** The arms of these results; numbered where two would have one name. */
export function layoutArms(results: readonly CellResult[]): LayoutArm[] {
  const groups = groupBy(results, ({ cell }) => JSON.stringify(armIdentity(cell)));
  const named = [...groups.values()].flatMap((of) =>
    of.slice(0, 1).map(({ cell }) => {
      const { suite, model, strategy } = armIdentity(cell);
      return { name: [suite, model, strategy].map((part) => slug(part).replaceAll(':', '-')).join('_'), results: of };
    }),
  );
  const byName = groupBy(named, ({ name }) => name);
  return [...byName.values()].flatMap((of) =>
    of.map((arm, at) => (of.length === 1 ? arm : { ...arm, name: `${arm.name}-${at + 1}` })),
  );
}

/** Each task's samples by their number, tasks by their names. */
export function bySample(results: readonly CellResult[]): CellResult[] {
  const key = ({ cell }: CellResult): string => `${cell.taskId}\n${String(cell.sample).padStart(9, '0')}`;
  return results.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The greatest of numbers, one by one: as arguments of one call many would not fit the stack. */
export function greatest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), Number.NEGATIVE_INFINITY);
}
