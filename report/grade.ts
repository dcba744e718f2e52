import type { GradeRow } from '../domain/grade.js';
import { groupBy } from '../domain/group-by.js';
import type { Verdict } from '../domain/verdict.js';
import { estimate, passAtK, type Estimate } from './statistics.js';

/** What grading a samples file came to. */
export interface GradeSummary {
  readonly format: 1;
  readonly suite: string;
  readonly samples: string;
  readonly programs: number;
  readonly tasks: number;
  /** Tasks of the suite that the file holds no program for. They count as failed in no figure. */
  readonly missing: number;
  readonly cached: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly [passAtK: `pass@${number}`]: Estimate;
}

const KS = [1, 10, 100];

/**
 * pass@k for k = 1, 10, 100 where every task has as many samples, with 95 % intervals over tasks; unverified and unscored
 * programs never count as a pass.
 */
export function summariseGrade(
  suite: string,
  samples: string,
  rows: readonly GradeRow[],
  suiteTasks: number,
): GradeSummary {
  const tasks = [...groupBy(rows, ({ taskId }) => taskId)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, of]) => of);
  const fewest = tasks.length === 0 ? 0 : Math.min(...tasks.map(({ length }) => length));
  const most = Math.max(0, ...tasks.map(({ length }) => length));
  const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  const estimates = KS.filter((k) => k <= fewest).map((k) => {
    const values = tasks.map((of) => passAtK(of.length, of.filter(({ verdict }) => verdict === 'pass').length, k));
    return [`pass@${k}`, estimate(values, most === 1)] as const;
  });
  return {
    format: 1,
    suite,
    samples,
    programs: rows.length,
    tasks: tasks.length,
    missing: suiteTasks - tasks.length,
    cached: rows.filter(({ cached }) => cached).length,
    verdicts: {
      pass: count('pass'),
      fail: count('fail'),
      unverified: count('unverified'),
      unscored: count('unscored'),
    },
    ...Object.fromEntries(estimates),
  };
}

/** The summary as text: a line for each figure. */
export function renderGrade(summary: GradeSummary): string {
  const { suite, samples, programs, tasks, missing, cached, verdicts } = summary;
  const percent = (value: number | null): string => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);
  const passes = KS.flatMap((k) => {
    const found = summary[`pass@${k}`];
    if (found === undefined) return [];
    return `  pass@${k}`.padEnd(14) + `${percent(found.value)}  95 % [${percent(found.low)}, ${percent(found.high)}]`;
  });
  return [
    `${suite}, ${samples}: ${programs} programs for ${tasks} tasks`,
    ...passes,
    ...Object.entries(verdicts).map(([verdict, n]) => `  ${verdict}`.padEnd(14) + n),
    ...(cached === 0 ? [] : [`${cached} verdicts were known already.`]),
    ...(missing === 0 ? [] : [`${missing} tasks of ${suite} have no program in the file; no figure counts them.`]),
  ].join('\n');
}
