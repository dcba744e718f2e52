import type { CellResult } from '../../domain/cell.js';
import { groupBy } from '../../domain/group-by.js';
import { sum } from '../../domain/metrics.js';
import { armsOf, type Arm, contestsWithin } from '../arms.js';
import { breakdownOf, tallyArm } from '../breakdown.js';
import { compare, type Duel, type Result } from '../compare.js';
import { conclusion } from '../conclusion.js';
import { armNames } from '../render-comparison.js';
import { estimate, type Estimate } from '../statistics.js';
import { type GroupSummary, groupSummary } from '../summarise.js';
import { cellColumns } from './cells.js';
import type { Against, ArmFigures, PageData, SweepFacts, TaskFacts } from './data.js';

/** What only the manifest knows of a sweep. */
export interface PageSource {
  readonly sweepId: string;
  readonly planned: number;
  readonly version: string;
  /** Suites of which not every task was run. */
  readonly limited: readonly string[];
  readonly results: readonly CellResult[];
}

/** The figures of a sweep's results, one a cell; the same for the same results in whatever order they come. */
export function pageFigures(source: PageSource): Omit<PageData, 'temporal' | 'details'> {
  const results = source.results.toSorted((a, b) => (a.cell.cellId < b.cell.cellId ? -1 : 1));
  const arms = armsOf(source.sweepId, results);
  const contests = compare(contestsWithin(arms, 'strategy', null).filter(({ rivals }) => rivals.length > 0));
  const tasks = tasksOf(results);
  const against = differencesOf(contests);
  const baselines = new Set(contests.map(({ baseline }) => baseline.arm));
  return {
    sweep: sweepFacts(source),
    arms: arms.map((arm) => ({
      ...armFigures(arm, tasks),
      isBaseline: baselines.has(arm),
      against: against.get(arm) ?? null,
    })),
    tasks,
    findings: findings(contests, source.limited),
    cells: cellColumns(results, arms, tasks),
  };
}

function sweepFacts({ sweepId, planned, version, results }: PageSource): SweepFacts {
  return {
    id: sweepId,
    planned: Math.max(planned, results.length),
    finished: results.length,
    samples: results.reduce((most, { cell }) => Math.max(most, cell.sample + 1), 0),
    startedAt: results.reduce((least, { startedAt }) => Math.min(least, startedAt), Number.MAX_SAFE_INTEGER),
    endedAt: results.reduce((most, { finishedAt }) => Math.max(most, finishedAt), 0),
    version,
  };
}

/** The tasks in the order of suites and names, numbers within a name by their value. */
function tasksOf(results: readonly CellResult[]): TaskFacts[] {
  const tasks = new Map(
    results.map(({ cell }): [string, TaskFacts] => [
      `${cell.suite}\n${cell.taskId}`,
      { suite: cell.suite, id: cell.taskId, domain: cell.domain, libraries: cell.libraries },
    ]),
  );
  const { compare: order } = new Intl.Collator('en', { numeric: true });
  return [...tasks.values()].toSorted((a, b) => order(a.suite, b.suite) || order(a.id, b.id) || (a.id < b.id ? -1 : 1));
}

function armFigures(arm: Arm, tasks: readonly TaskFacts[]): Omit<ArmFigures, 'isBaseline' | 'against'> {
  const { suite, model, strategy, results } = arm;
  const tally = tallyArm(arm);
  const summary = groupSummary(tally);
  const { domains, libraries, failures, repair } = breakdownOf(arm.sweep, tally);
  return {
    suite,
    model,
    strategy,
    ...counts(summary),
    ...passAt(summary),
    domains,
    libraries,
    failures,
    rounds: repair.rounds,
    outcomes: repair.outcomes,
    flows: repair.flows,
    grid: gridOf(results, tasks),
  };
}

function counts({ cells, judged, pass, fail, unverified, unscored, cost, ...used }: GroupSummary) {
  const tokens = used.tokens.prompt + used.tokens.completion;
  const seconds = used.seconds.generate + used.seconds.execute;
  return { cells, judged, pass, fail, unverified, unscored, tokens, cost, seconds };
}

function passAt(summary: GroupSummary): { passAt: Estimate[]; ofJudged: Estimate } {
  const ks = Object.entries(summary).flatMap(([name, value]) =>
    name.startsWith('pass@') ? [{ k: Number(name.slice(5)), both: value as GroupSummary[`pass@${number}`] }] : [],
  );
  const sorted = ks.toSorted((a, b) => a.k - b.k).flatMap(({ both }) => both ?? []);
  return { passAt: sorted.map(({ all }) => all), ofJudged: sorted[0]?.judged ?? estimate([], true) };
}

/** Passes among the judged cells of each task. */
function gridOf(results: readonly CellResult[], tasks: readonly TaskFacts[]): [number, number][] {
  const byTask = groupBy(results, ({ cell }) => `${cell.suite}\n${cell.taskId}`);
  return tasks.map(({ suite, id }): [number, number] => {
    const judged = (byTask.get(`${suite}\n${id}`) ?? []).filter(({ verdict }) => verdict !== 'unscored');
    return [judged.length, sum(judged.map(({ verdict }) => Number(verdict === 'pass')))];
  });
}

function differencesOf(contests: readonly Result[]): Map<Arm, Against> {
  return new Map(
    contests.flatMap(({ baseline, duels, tasks }) =>
      duels.flatMap((duel): [Arm, Against][] => {
        const found = againstOf(duel, baseline.arm.strategy, tasks);
        return found === null ? [] : [[duel.score.arm, found]];
      }),
    ),
  );
}

function againstOf({ difference, holm, flips }: Duel, baseline: string, tasks: number): Against | null {
  if (difference === null) return null;
  const { value, low, high, p } = difference;
  const gained = flips.filter(({ isGained }) => isGained).length;
  return { baseline, tasks, value, low, high, p, holm, gained, lost: flips.length - gained };
}

function findings(contests: readonly Result[], limited: readonly string[]): string[] {
  const comparisons = sum(contests.map(({ duels }) => duels.length));
  return contests.flatMap(({ baseline, duels, tasks }) => {
    const names = armNames([baseline, ...duels.map(({ score }) => score)].map(({ arm }) => arm));
    const where = contests.length > 1 ? `${baseline.arm.suite}, ${baseline.arm.model}: ` : '';
    return duels.map((duel) => {
      const [name = '', against = ''] = [names.get(duel.score.arm), names.get(baseline.arm)];
      const isLimited = limited.includes(baseline.arm.suite);
      return where + conclusion({ duel, name, baseline: against, tasks, comparisons, isLimited }).join(' ');
    });
  });
}
