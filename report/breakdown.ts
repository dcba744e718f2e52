import { cellFacts } from '../domain/cell-facts.js';
import { ArmTally } from './arm-tally.js';
import { type Arm, armNamed } from './arms.js';
import { type Noise, noise } from './noise.js';
import type { Repair } from './repair.js';
import { estimate, type Estimate } from './statistics.js';

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
  readonly arm: Omit<Arm, 'results'>;
  readonly domains: readonly Part[];
  /** A task counts for every library that it uses; tasks without any are `(none)`. */
  readonly libraries: readonly Part[];
  readonly failures: readonly Failures[];
  readonly repair: Repair;
  readonly noise: Noise;
}

/** Tallies the results of an arm. */
export function tallyArm(arm: Arm): ArmTally {
  const facts = arm.results.map(cellFacts);
  const tally = new ArmTally(facts[0]?.arm ?? { ...arm, feedback: 'none', rounds: 0 });
  for (const cell of facts) tally.add(cell);
  return tally;
}

/** Breaks down what was tallied of an arm. */
export function breakdownOf(sweep: string, tally: ArmTally): Breakdown {
  return {
    arm: armNamed(sweep, tally.identity),
    domains: parts(tally, ({ domain }) => [domain]),
    libraries: parts(tally, ({ libraries }) => (libraries.length === 0 ? ['(none)'] : libraries)),
    failures: tally.failures
      .largestFirst()
      .map(([errorClass, fault, cells]) => ({ errorClass, fault: fault === '' ? null : fault, cells })),
    repair: tally.repair.result(),
    noise: noise(tally.tallies('judged'), tally.reruns),
  };
}

type TaskKind = Parameters<NonNullable<Parameters<ArmTally['tallies']>[1]>>[0];

function parts(tally: ArmTally, namesOf: (task: TaskKind) => readonly string[]): Part[] {
  const names = new Set([...tally.tasks()].flatMap(namesOf));
  return [...names]
    .map((name): Part => {
      const counts = tally.tallies('judged', (task) => namesOf(task).includes(name));
      const isSingle = counts.every(({ n }) => n === 1);
      return {
        name,
        passAt1: estimate(
          counts.map(({ n, c }) => c / n),
          isSingle,
        ),
      };
    })
    .filter(({ passAt1 }) => passAt1.tasks > 0)
    .toSorted((a, b) => b.passAt1.tasks - a.passAt1.tasks || (a.name < b.name ? -1 : 1));
}
