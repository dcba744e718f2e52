import type { Duel, Flip, Result } from './compare.js';
import { cellUrl, type ComparisonContext } from './render-comparison.js';

/** A comparison for scripts. Differences and intervals are shares: 0.01 is one point. */
export function comparisonDocument(results: readonly Result[], { warnings, uiUrl }: ComparisonContext): object {
  return {
    warnings,
    comparisons: results.map(({ baseline, duels, tasks, unscored, missing, changed, environments }) => ({
      suite: baseline.arm.suite,
      tasks,
      unscored_tasks: unscored,
      missing_tasks: missing,
      changed_tasks: changed,
      changed_environments: environments,
      baseline: scoreDocument(baseline),
      rivals: duels.map((duel) => duelDocument(duel, uiUrl)),
    })),
  };
}

function scoreDocument({ arm, passAt1, ofAllCells, tokens }: Duel['score']) {
  const { sweep, model, strategy } = arm;
  return { sweep, model, strategy, 'pass@1': { judged: passAt1, all: ofAllCells }, tokens };
}

function duelDocument({ score, difference, holm, flips, ...prospects }: Duel, uiUrl: string | null) {
  return {
    ...scoreDocument(score),
    difference,
    p_holm: holm,
    gained: flips.filter(({ isGained }) => isGained).length,
    lost: flips.filter(({ isGained }) => !isGained).length,
    smallest_difference: prospects.smallest,
    tasks_needed: prospects.tasksNeeded,
    samples_needed: prospects.samplesNeeded,
    flips: flips.map((flip) => ({
      task_id: flip.taskId,
      gained: flip.isGained,
      from: outcomeDocument(flip.from, uiUrl),
      to: outcomeDocument(flip.to, uiUrl),
    })),
  };
}

function outcomeDocument({ n, c, errorClasses, cellIds }: Flip['from'], uiUrl: string | null) {
  return {
    samples: n,
    passed: c,
    error_classes: errorClasses,
    cells: cellIds,
    urls: uiUrl === null ? [] : cellIds.map((id) => cellUrl(uiUrl, id)),
  };
}
