import type { Cell, CellResult } from '../domain/cell.js';
import { groupBy } from '../domain/group-by.js';
import { decisiveExecution, finalAttempt, mean, sum, sumKnown, usage } from '../domain/metrics.js';
import { labelOf } from '../domain/strategies/strategy.js';
import type { Verdict } from '../domain/verdict.js';
import type { Tally } from './paired.js';
import { estimate, passAtK, type Estimate } from './statistics.js';

/** A figure over both denominators: all cells, and judged cells (all but the unscored). */
interface OverBoth<T> {
  readonly all: T;
  readonly judged: T;
}

/** What `summary.json` holds; docs/metrics.md defines each figure. */
export interface Summary {
  readonly format: 1;
  readonly sweep_id: string;
  readonly groups: readonly GroupSummary[];
}

/** One suite x model x strategy (with its settings). Money in USD, times in seconds. */
export interface GroupSummary {
  readonly suite: string;
  readonly model: string;
  readonly strategy: string;
  readonly feedback: string;
  readonly rounds: number;
  readonly cells: number;
  readonly judged: number;
  readonly pass: number;
  readonly fail: number;
  readonly unverified: number;
  readonly unscored: number;
  /** Of the failed: cells whose last answer held no code. */
  readonly no_code: number;
  readonly [passAtK: `pass@${number}`]: OverBoth<Estimate>;
  readonly sr_all: OverBoth<number | null>;
  readonly sr_any: OverBoth<number | null>;
  readonly cl: number | null;
  readonly ct: number | null;
  /** Of the prompts those that hosts had cached, of the completions those of thinking; null where a host does not say. */
  readonly tokens: {
    readonly prompt: number;
    readonly completion: number;
    readonly cached: number | null;
    readonly reasoning: number | null;
  };
  /** Null if nobody knows the price of an answer. */
  readonly cost: number | null;
  readonly seconds: { readonly generate: number; readonly execute: number; readonly wall: number };
}

/** Sums up the results of a sweep, one a cell, in whatever order they come; groups are sorted by name. */
export function summarise(sweepId: string, results: readonly CellResult[]): Summary {
  const groups = groupBy(results, groupName);
  const names = [...groups.keys()].sort();
  return { format: 1, sweep_id: sweepId, groups: names.flatMap((name) => summariseGroup(groups.get(name) ?? [])) };
}

function groupName({ cell }: CellResult): string {
  const { feedback, rounds } = cell.strategy;
  return [cell.suite, cell.model, labelOf(cell.strategy), feedback, String(rounds).padStart(9, '0')].join('\n');
}

/** The summary of one group; none of no results. */
function summariseGroup(results: readonly CellResult[]): GroupSummary[] {
  const cell = results[0]?.cell;
  if (cell === undefined) return [];
  const judged = results.filter(({ verdict }) => verdict !== 'unscored');
  return [
    {
      ...identity(cell),
      cells: results.length,
      judged: judged.length,
      ...verdictCounts(results),
      no_code: results.filter(isCodeless).length,
      ...passEstimates(results, judged),
      sr_all: { all: share(results, isPass), judged: share(judged, isPass) },
      sr_any: { all: share(results, passesAny), judged: share(judged, passesAny) },
      ...codeSize(results),
      ...consumption(results),
    },
  ];
}

/** What a group is told by, of one of its cells. */
export function identity({ suite, model, strategy }: Cell) {
  return { suite, model, strategy: labelOf(strategy), feedback: strategy.feedback, rounds: strategy.rounds };
}

function verdictCounts(results: readonly CellResult[]) {
  const count = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length;
  return { pass: count('pass'), fail: count('fail'), unverified: count('unverified'), unscored: count('unscored') };
}

function passEstimates(all: readonly CellResult[], judged: readonly CellResult[]) {
  const [allTasks, judgedTasks] = [tallies(all), tallies(judged)];
  const samples = Math.max(...allTasks.map(({ n }) => n));
  const ks = Array.from({ length: samples }, (_, index) => index + 1);
  const estimates = ks.map((k): [string, OverBoth<Estimate>] => [
    `pass@${k}`,
    { all: passEstimate(allTasks, k, samples), judged: passEstimate(judgedTasks, k, samples) },
  ]);
  return Object.fromEntries(estimates) as Record<`pass@${number}`, OverBoth<Estimate>>;
}

/** One tally a task, in the order of the tasks' names: the bootstrap's draws depend on the order. */
export function tallies(results: readonly CellResult[]): Tally[] {
  const tasks = [...groupBy(results, ({ cell }) => cell.taskId)].sort(([a], [b]) => (a < b ? -1 : 1));
  return tasks.map(([, samples]) => ({ n: samples.length, c: samples.filter(isPass).length }));
}

/** Tasks with fewer than `k` samples say nothing of pass@k and are left out. */
function passEstimate(tasks: readonly Tally[], k: number, samples: number): Estimate {
  const values = tasks.filter(({ n }) => n >= k).map(({ n, c }) => passAtK(n, c, k));
  return estimate(values, samples === 1);
}

/** Failed since no answer held code that could be handed in. */
function isCodeless(result: CellResult): boolean {
  return result.verdict === 'fail' && finalAttempt(result) === null;
}

function isPass({ verdict }: CellResult): boolean {
  return verdict === 'pass';
}

/** At least one case passed. What an unverified run claims of its cases does not count. */
function passesAny(result: CellResult): boolean {
  return isPass(result) || (result.verdict === 'fail' && (decisiveExecution(result)?.casesPassed ?? 0) > 0);
}

function share(results: readonly CellResult[], has: (result: CellResult) => boolean): number | null {
  return mean(results.map((result) => Number(has(result))));
}

/** Means over the cells that handed a program in. */
function codeSize(results: readonly CellResult[]) {
  const withCode = results.flatMap((result) => finalAttempt(result)?.generation ?? []);
  return {
    cl: mean(withCode.map(({ codeLines }) => codeLines)),
    ct: mean(withCode.map(({ codeTokens }) => codeTokens)),
  };
}

function consumption(results: readonly CellResult[]) {
  const used = results.map(({ attempts }) => usage(attempts));
  const first = Math.min(...results.map(({ startedAt }) => startedAt));
  const last = Math.max(...results.map(({ finishedAt }) => finishedAt));
  return {
    tokens: {
      prompt: sum(used.map(({ promptTokens }) => promptTokens)),
      completion: sum(used.map(({ completionTokens }) => completionTokens)),
      cached: sumKnown(used.map(({ cachedTokens }) => cachedTokens)),
      reasoning: sumKnown(used.map(({ reasoningTokens }) => reasoningTokens)),
    },
    cost: sumKnown(used.map(({ costUsd }) => costUsd)),
    seconds: {
      generate: sum(used.map(({ generateMs }) => generateMs)) / 1000,
      execute: sum(used.map(({ executeMs }) => executeMs)) / 1000,
      wall: (last - first) / 1000,
    },
  };
}
