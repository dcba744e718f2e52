import type { CellResult } from '../domain/cell.js';
import { groupBy } from '../domain/group-by.js';
import type { Arm } from './arms.js';
import { type Noise, noise } from './noise.js';
import { type Repair, repairOf } from './repair.js';
import { estimate, type Estimate } from './statistics.js';
import { tallies } from './summarise.js';

/** pass@1 of the tasks of one kind, over judged cells. */
export interface Part {
  readonly name: string;
  readonly passAt1: Estimate;
}

/** Failures of one class and fault. */
export interface Failures {
  readonly errorClass: string;
  readonly fault: string | null;
  readonly cells: number;
}

/** One suite x model x strategy, looked at closely. */
export interface Breakdown {
  readonly arm: Arm;
  readonly domains: readonly Part[];
  /** A task counts for every library that it uses; tasks without any are `(none)`. */
  readonly libraries: readonly Part[];
  readonly failures: readonly Failures[];
  readonly repair: Repair;
  readonly noise: Noise;
}

/** Breaks the results of an arm down. */
export function breakDown(arm: Arm): Breakdown {
  const { results } = arm;
  const judged = results.filter(({ verdict }) => verdict !== 'unscored');
  const wrong = results.filter(({ verdict }) => verdict !== 'pass');
  const failures = groupBy(wrong, ({ errorClass, fault }) => `${errorClass}\n${fault ?? ''}`);
  return {
    arm,
    domains: parts(judged, ({ cell }) => [cell.domain]),
    libraries: parts(judged, ({ cell }) => (cell.libraries.length === 0 ? ['(none)'] : cell.libraries)),
    failures: [...failures.values()]
      .flatMap((of): Failures[] =>
        of.slice(0, 1).map(({ errorClass, fault }) => ({ errorClass, fault, cells: of.length })),
      )
      .toSorted((a, b) => b.cells - a.cells),
    repair: repairOf(results),
    noise: noise(tallies(judged), rerunsOf(results)),
  };
}

function parts(results: readonly CellResult[], namesOf: (result: CellResult) => readonly string[]): Part[] {
  const named = results.flatMap((result) => [...new Set(namesOf(result))].map((name) => ({ name, result })));
  return [...groupBy(named, ({ name }) => name)]
    .map(([name, of]): Part => {
      const counts = tallies(of.map(({ result }) => result));
      const isSingle = counts.every(({ n }) => n === 1);
      return {
        name,
        passAt1: estimate(
          counts.map(({ n, c }) => c / n),
          isSingle,
        ),
      };
    })
    .toSorted((a, b) => b.passAt1.tasks - a.passAt1.tasks || (a.name < b.name ? -1 : 1));
}

/** Runs of the same program by the same tests in the same environment. */
function rerunsOf(results: readonly CellResult[]): boolean[][] {
  const runs = results.flatMap(({ cell, attempts }) =>
    attempts.flatMap(({ generation, executions }) =>
      executions
        .filter(({ check }) => check === 'tests')
        .map(({ verdict }) => ({
          of: [cell.taskSha256, generation.programSha256, cell.environmentDigest].join('\n'),
          isPass: verdict === 'pass',
        })),
    ),
  );
  return [...groupBy(runs, ({ of }) => of).values()].map((of) => of.map(({ isPass }) => isPass));
}
