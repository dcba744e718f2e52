import { CODE_TOKENIZER, measureCode } from '../domain/code-size.js';
import { groupBy } from '../domain/group-by.js';
import { mean } from '../domain/metrics.js';
import { faithfulScore } from '../domain/rescore/faithful.js';
import type { RescoredRun, RuleName } from '../domain/rescore/rescore.js';
import type { RecordedRun } from '../domain/rescore/strict.js';

/** How rules differ over the same runs, and the measures that need no rule. Shares are of all runs. */
export interface RuleComparison {
  readonly total: number;
  readonly passed: Readonly<Partial<Record<RuleName, number>>>;
  /** Success rates by the markers of the tests; `unmarked` runs have none and are judged by their end. */
  readonly faithful: { readonly sr_all: number; readonly sr_any: number; readonly unmarked: number };
  /** Mean size of the models' answers; null where none was recorded. */
  readonly cl: number | null;
  readonly ct: number | null;
  readonly tokenizer: string;
  readonly disagreements: readonly {
    readonly task_id: string;
    readonly model: string;
    readonly verdicts: Readonly<Partial<Record<RuleName, string>>>;
    readonly evidence: string;
  }[];
}

/** Compares what rules say of the same runs, in the same order. */
export function compareRules(
  byRule: readonly (readonly [RuleName, readonly RescoredRun[]])[],
  runs: readonly (RecordedRun & { readonly exitCode: number | null })[],
): RuleComparison {
  const scores = runs.map((run) => faithfulScore(run, run.exitCode));
  const share = (count: number): number => count / Math.max(1, runs.length);
  const sizes = runs.flatMap(({ prediction }) => (prediction === null ? [] : [measureCode(prediction)]));
  return {
    total: runs.length,
    passed: Object.fromEntries(byRule.map(([rule, rows]) => [rule, rows.filter(isPass).length])),
    faithful: {
      sr_all: share(scores.filter(({ all }) => all).length),
      sr_any: share(scores.filter(({ any }) => any).length),
      unmarked: scores.filter(({ basis }) => basis === 'exit').length,
    },
    cl: mean(sizes.map(({ codeLines }) => codeLines)),
    ct: mean(sizes.map(({ codeTokens }) => codeTokens)),
    tokenizer: CODE_TOKENIZER,
    disagreements: runs.flatMap(({ taskId, model }, at) => {
      const verdicts = byRule.map(([rule, rows]) => [rule, rows[at]?.verdict ?? ''] as const);
      if (new Set(verdicts.map(([, verdict]) => verdict === 'pass')).size < 2) return [];
      const evidence = byRule.at(-1)?.[1][at]?.evidence ?? '';
      return [{ task_id: taskId, model, verdicts: Object.fromEntries(verdicts), evidence }];
    }),
  };
}

/** One rule's verdicts and faults, for people. */
export function renderRule(rule: RuleName, rows: readonly RescoredRun[]): string {
  const counted = groupBy(
    rows,
    ({ verdict, fault, errorClass }) => `${verdict}\t${fault ?? '-'}\t${errorClass ?? '-'}`,
  );
  const table = [...counted].toSorted(([, a], [, b]) => b.length - a.length);
  const low = rows.filter(({ confidence }) => confidence === 'low').length;
  const lines = table.map(([key, of]) => row([String(of.length), ...key.split('\t')]));
  const passed = rows.filter(isPass).length;
  return [
    `${rule}: ${passed} of ${rows.length} pass (${percent(passed, rows.length)}); ${low} with low confidence`,
    '',
    row(['runs', 'verdict', 'fault', 'error class']),
    ...lines,
  ].join('\n');
}

/** All rules side by side, for people. */
export function renderComparison(comparison: RuleComparison): string {
  const { total, passed, faithful, cl, ct, tokenizer, disagreements } = comparison;
  const rules = Object.entries(passed);
  const names = rules.map(([rule]) => rule);
  return [
    ...rules.map(([rule, count]) => `${rule.padEnd(12)} ${count} of ${total} pass (${percent(count, total)})`),
    '',
    `By markers: SR@All ${percent(faithful.sr_all, 1)}, SR@Any ${percent(faithful.sr_any, 1)}; ${faithful.unmarked} runs without a case marker are judged by their end.`,
    ...(cl === null || ct === null
      ? []
      : [`CL ${cl.toFixed(1)} lines, CT ${ct.toFixed(1)} tokens (${tokenizer}) of the answers.`]),
    '',
    `The rules disagree on ${disagreements.length} runs:`,
    ['task', ...names, 'evidence of the last'].join('\t'),
    ...disagreements.map(({ task_id: task, verdicts, evidence }) =>
      [task, ...names.map((name) => verdicts[name as RuleName] ?? ''), evidence.slice(0, 80)].join('\t'),
    ),
  ].join('\n');
}

const WIDTHS = [6, 12, 16, 16];

function row(cells: readonly string[]): string {
  return cells
    .map((cell, at) => (at === 0 ? cell.padStart(WIDTHS[at] ?? 0) : cell.padEnd(WIDTHS[at] ?? 0)))
    .join('  ')
    .trimEnd();
}

function percent(count: number, total: number): string {
  return `${((100 * count) / Math.max(1, total)).toFixed(1)} %`;
}

function isPass({ verdict }: RescoredRun): boolean {
  return verdict === 'pass';
}
