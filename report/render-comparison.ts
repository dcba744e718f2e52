import { sum } from '../domain/metrics.js';
import type { Arm } from './arms.js';
import type { Duel, Flip, Result } from './compare.js';
import { clip, columns, grouped, percent, points, probability, range } from './text.js';

const SURE = 0.05;

/** What surrounds a comparison. */
export interface ComparisonContext {
  /** What differs beside what is compared, a sentence each. */
  readonly warnings: readonly string[];
  /** Address of Temporal's UI; null where it is not known. */
  readonly uiUrl: string | null;
  /** Flips that are listed of each arm. */
  readonly flips: number;
}

/** A comparison for people: a table for each contest, what it says, and where to look. */
export function renderComparison(results: readonly Result[], context: ComparisonContext): string {
  const duels = sum(results.map(({ duels }) => duels.length));
  const sections = results.map((result) => section(result, duels, context.flips));
  const { warnings, uiUrl } = context;
  const ui = uiUrl === null ? [] : [`A cell's history, while its server is up: ${cellUrl(uiUrl, '<cell id>')}`];
  return [...sections, [...warnings.map((warning) => `WARNING: ${warning}`), ...ui].join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The page of a cell in Temporal's UI. */
export function cellUrl(uiUrl: string, cellId: string): string {
  const id = cellId.startsWith('<') ? cellId : encodeURIComponent(cellId);
  return `${uiUrl}/namespaces/default/workflows/${id}`;
}

function section(result: Result, comparisons: number, flips: number): string {
  const { baseline, duels, tasks } = result;
  const arms = [baseline, ...duels.map(({ score }) => score)].map(({ arm }) => arm);
  const names = armNames(arms);
  const nameOf = (arm: Arm): string => names.get(arm) ?? '';
  const rows = [
    ['', 'pass@1', 'points', '95 % interval', 'p', 'p (Holm)', 'gained', 'lost', 'tokens'],
    [`  ${nameOf(baseline.arm)}`, percent(baseline.passAt1.value), '', '', '', '', '', '', grouped(baseline.tokens)],
    ...duels.map((duel) => row(duel, nameOf(duel.score.arm))),
  ];
  const sentences = duels.map((duel) =>
    conclusion(duel, nameOf(duel.score.arm), nameOf(baseline.arm), tasks, comparisons),
  );
  return [
    `${title(arms)}: ${tasks} tasks judged in all of these`,
    ...columns(rows),
    ...sentences,
    ...notes(result, nameOf),
    ...duels.flatMap((duel) => flipLines(duel, nameOf(duel.score.arm), flips)),
  ].join('\n');
}

function row({ score, difference, holm, flips }: Duel, name: string): string[] {
  const gained = flips.filter(({ isGained }) => isGained).length;
  return [
    `  ${name}`,
    percent(score.passAt1.value),
    ...(difference === null
      ? ['-', '-', '-', '-']
      : [points(difference.value), range(difference), probability(difference.p), probability(holm)]),
    String(gained),
    String(flips.length - gained),
    grouped(score.tokens),
  ];
}

/** Which is better, by how much, how sure, and what it takes to know more. */
function conclusion(duel: Duel, name: string, baseline: string, tasks: number, comparisons: number): string {
  const { difference, holm } = duel;
  if (difference === null) return `${name}: no task was judged in both.`;
  const amount = `${points(Math.abs(difference.value))} points`;
  const [better, worse] = difference.value > 0 ? [name, baseline] : [baseline, name];
  if (holm < SURE) {
    const among = comparisons > 1 ? `, ${probability(holm)} among ${comparisons} comparisons` : '';
    return `${better} is better than ${worse} by ${amount} (p ${probability(difference.p)}${among}).`;
  }
  const seen =
    difference.value === 0 ? 'none was seen' : `${better} ahead by ${amount}, p ${probability(difference.p)}`;
  const lost = difference.p < SURE ? `, which is not enough among ${comparisons} comparisons` : '';
  return `No difference between ${name} and ${baseline} is shown (${seen}${lost}). ${reach(duel, tasks)}`;
}

function reach({ smallest, tasksNeeded, samplesNeeded, difference }: Duel, tasks: number): string {
  const shows =
    smallest === null
      ? `${tasks} tasks can show no difference at all.`
      : `${tasks} tasks show ${(100 * smallest).toFixed(1)} points or more in 4 of 5 experiments.`;
  if (tasksNeeded === null || difference === null) return shows;
  const samples =
    samplesNeeded === null
      ? difference.test === 'mcnemar'
        ? ', or several samples of each (samples: 5, temperature above 0)'
        : ''
      : `, or about ${samplesNeeded} samples of each`;
  return `${shows} To show what was seen, run about ${grouped(tasksNeeded)} tasks like these${samples}.`;
}

function notes({ baseline, duels, unscored, missing, changed, environments }: Result, nameOf: (arm: Arm) => string) {
  const scores = [baseline, ...duels.map(({ score }) => score)];
  const all = scores.map(({ arm, ofAllCells }) => `${nameOf(arm)} ${percent(ofAllCells)}`).join(', ');
  return [
    ...(unscored.length === 0
      ? []
      : [
          `${unscored.length} tasks went unscored in one of them and were dropped for all: ${few(unscored)}.`,
          `Over all cells, where unscored ones count as no pass: ${all}.`,
        ]),
    ...(missing === 0 ? [] : [`${missing} tasks are not in all of them and were left out.`]),
    ...(changed.length === 0
      ? []
      : [`WARNING: ${changed.length} tasks have not the same text or tests in all of them: ${few(changed)}.`]),
    ...(environments.length === 0
      ? []
      : [`WARNING: the environment ${environments.join(', ')} had not the same packages in all of them.`]),
  ];
}

function few(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

/** Losses first: they are what an average hides. */
function flipLines({ flips }: Duel, name: string, limit: number): string[] {
  if (flips.length === 0 || limit === 0) return [];
  const sorted = flips.toSorted((a, b) => Number(a.isGained) - Number(b.isGained));
  const rows = sorted
    .slice(0, limit)
    .map((flip) => [
      `  ${flip.isGained ? 'gained' : 'lost'}`,
      clip(flip.taskId, 40),
      `${outcomeText(flip.from)} -> ${outcomeText(flip.to)}`,
      flip.to.cellIds[0] ?? '',
    ]);
  const rest = flips.length - rows.length;
  return [
    `Flips of ${name}, and its cell:`,
    ...columns(rows, 4),
    ...(rest === 0 ? [] : [`  and ${rest} more (--flips ${flips.length}, or --json)`]),
  ];
}

/** "pass", "assertion", or of several samples "2/5 (assertion)". */
export function outcomeText({ n, c, errorClasses: [first] }: Flip['from']): string {
  if (n === 1) return first ?? 'pass';
  return first === undefined ? `${c}/${n}` : `${c}/${n} (${first})`;
}

/** What all arms have in common. */
function title(arms: readonly Arm[]): string {
  const shared = (['suite', 'model', 'strategy', 'sweep'] as const).filter((part) => isShared(arms, part));
  return shared.flatMap((part) => arms[0]?.[part] ?? []).join(', ');
}

/** Names of the arms by what tells them apart. */
function armNames(arms: readonly Arm[]): Map<Arm, string> {
  const parts = (['sweep', 'model', 'strategy'] as const).filter((part) => !isShared(arms, part));
  return new Map(arms.map((arm) => [arm, parts.map((part) => arm[part]).join(', ') || arm.sweep]));
}

function isShared(arms: readonly Arm[], part: 'suite' | 'model' | 'strategy' | 'sweep'): boolean {
  return new Set(arms.map((arm) => arm[part])).size === 1;
}
