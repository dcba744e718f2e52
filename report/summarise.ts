import type { ArmTally, SweepTally } from './arm-tally.js';
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
  /** Of the failed: cells that handed no program in, as no answer held code. */
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

/** Sums up what was tallied of a sweep; groups are sorted by name. */
export function summaryOf(sweepId: string, tally: SweepTally): Summary {
  return { format: 1, sweep_id: sweepId, groups: tally.arms().map(groupSummary) };
}

/** Sums up what was tallied of an arm. */
export function groupSummary(arm: ArmTally): GroupSummary {
  const { cells, verdicts, used, code } = arm;
  const judged = cells - verdicts.unscored;
  const { suite, model, strategy, feedback, rounds } = arm.identity;
  return {
    suite,
    model,
    strategy,
    feedback,
    rounds,
    cells,
    judged,
    ...verdicts,
    no_code: arm.codeless,
    ...passEstimates(arm),
    sr_all: { all: share(verdicts.pass, cells), judged: share(verdicts.pass, judged) },
    sr_any: { all: share(arm.anyPassed, cells), judged: share(arm.anyPassed, judged) },
    cl: share(code.lines, code.programs),
    ct: share(code.tokens, code.programs),
    tokens: {
      prompt: used.prompt,
      completion: used.completion,
      cached: ifKnown(used.cached),
      reasoning: ifKnown(used.reasoning),
    },
    cost: ifKnown(used.cost),
    seconds: {
      generate: used.generateMs / 1000,
      execute: used.executeMs / 1000,
      wall: (arm.lastFinished - arm.firstStarted) / 1000,
    },
  };
}

function ifKnown(total: number): number | null {
  return Number.isNaN(total) ? null : total;
}

function passEstimates(arm: ArmTally) {
  const [all, judged] = [arm.tallies('all'), arm.tallies('judged')];
  const samples = all.reduce((most, { n }) => Math.max(most, n), 0);
  const ks = Array.from({ length: samples }, (_, index) => index + 1);
  const estimates = ks.map((k): [string, OverBoth<Estimate>] => [
    `pass@${k}`,
    { all: passEstimate(all, k, samples), judged: passEstimate(judged, k, samples) },
  ]);
  return Object.fromEntries(estimates) as Record<`pass@${number}`, OverBoth<Estimate>>;
}

/** Tasks with fewer than `k` samples say nothing of pass@k and are left out. */
function passEstimate(tasks: readonly Tally[], k: number, samples: number): Estimate {
  const values = tasks.filter(({ n }) => n >= k).map(({ n, c }) => passAtK(n, c, k));
  return estimate(values, samples === 1);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
