import { sum } from '../domain/metrics.js';
import type { Arm } from './arms.js';
import type { Duel, Flip, Result } from './compare.js';
import { conclusion } from './conclusion.js';
import { clip, columns, counted, grouped, percent, points, probability, range, wrap } from './text.js';

/** What surrounds a comparison. */
export interface ComparisonContext {
  /** What differs beside what is compared, a sentence each. */
  readonly warnings: readonly string[];
  /** Address of Temporal's UI; null where it is not known. */
  readonly uiUrl: string | null;
  /** Somebody answers there now. */
  readonly isUp: boolean;
  /** Flips that are listed of each arm; null for as many as a screen has room for. */
  readonly flips: number | null;
  /** Suites of which only some tasks were run. */
  readonly limited: readonly string[];
}

const WIDTH = 110;
/** Listed of all comparisons together, and of each at least, unless the user says how many. */
const MOST_FLIPS = 10;
const LEAST_FLIPS = 3;

/** A comparison for people: of each contest what it says, a table, and where to look. */
export function renderComparison(results: readonly Result[], context: ComparisonContext): string {
  const duels = sum(results.map(({ duels }) => duels.length));
  const sections = results.map((result) => section(result, duels, context));
  const warnings = context.warnings.map((warning) => wrap(`WARNING: ${warning}`, WIDTH));
  return [...sections, warnings.join('\n')].filter((part) => part !== '').join('\n\n');
}

/** The page of a cell in Temporal's UI. */
export function cellUrl(uiUrl: string, cellId: string): string {
  return `${uiUrl}/namespaces/default/workflows/${encodeURIComponent(cellId)}`;
}

function section(result: Result, comparisons: number, context: ComparisonContext): string {
  const { baseline, duels, tasks } = result;
  const scores = [baseline, ...duels.map(({ score }) => score)];
  const arms = scores.map(({ arm }) => arm);
  const names = armNames(arms);
  const nameOf = (arm: Arm): string => names.get(arm) ?? '';
  const flips = context.flips ?? Math.max(LEAST_FLIPS, Math.floor(MOST_FLIPS / comparisons));
  const isLimited = context.limited.includes(baseline.arm.suite);
  const sentences = duels.flatMap((duel) =>
    conclusion({ duel, name: nameOf(duel.score.arm), baseline: nameOf(baseline.arm), tasks, comparisons, isLimited }),
  );
  return [
    `${title(arms)}: ${counted(tasks, 'task')} judged in all of these`,
    ...sentences.map((sentence) => wrap(sentence, WIDTH)),
    '',
    ...table(result, nameOf, comparisons > 1),
    ...notes(result, nameOf).map((note) => wrap(note, WIDTH)),
    ...duels.flatMap((duel) => flipLines(duel, nameOf(duel.score.arm), { ...context, flips })),
  ].join('\n');
}

function table({ baseline, duels }: Result, nameOf: (arm: Arm) => string, isCorrected: boolean): string[] {
  const arms = [baseline, ...duels.map(({ score }) => score)].map(({ arm }) => arm);
  const label = (arm: Arm): string => `  ${[nameOf(arm), ...others(arm, nameOf(arm), arms)].join(', ')}`;
  const rows = [
    ['', 'pass@1', 'points', '95 % interval', 'p', 'p (Holm)', 'gained', 'lost', 'tokens'],
    [label(baseline.arm), percent(baseline.passAt1.value), '', '', '', '', '', '', grouped(baseline.tokens)],
    ...duels.map((duel) => row(duel, label(duel.score.arm))),
  ];
  return columns(isCorrected ? rows : rows.map((cells) => cells.toSpliced(5, 1)));
}

/** Of an arm that is named after its sweep: what else tells it from the others. */
function others(arm: Arm, name: string, arms: readonly Arm[]): string[] {
  if (name !== arm.sweep) return [];
  return (['model', 'strategy'] as const).filter((part) => !isShared(arms, part)).map((part) => arm[part]);
}

function row({ score, difference, holm, flips }: Duel, label: string): string[] {
  const gained = flips.filter(({ isGained }) => isGained).length;
  return [
    label,
    percent(score.passAt1.value),
    ...(difference === null
      ? ['-', '-', '-', '-']
      : [points(difference.value), range(difference), probability(difference.p), probability(holm)]),
    String(gained),
    String(flips.length - gained),
    grouped(score.tokens),
  ];
}

function notes({ baseline, duels, unscored, missing, changed, environments }: Result, nameOf: (arm: Arm) => string) {
  const scores = [baseline, ...duels.map(({ score }) => score)];
  const all = scores.map(({ arm, ofAllCells }) => `${nameOf(arm)} ${percent(ofAllCells)}`).join(', ');
  return [
    ...(unscored.length === 0
      ? []
      : [
          `${counted(unscored.length, 'task')} went unscored in one of them and ${was(unscored)} dropped for all: ${few(unscored)}.`,
          `Over all cells, where unscored ones count as no pass: ${all}.`,
        ]),
    ...(missing === 0 ? [] : [`${counted(missing, 'task')} not in all of them left out.`]),
    ...(changed.length === 0 ? [] : [`WARNING: not the same text or tests in all of them: ${few(changed)}.`]),
    ...(environments.length === 0
      ? []
      : [`WARNING: the environment ${environments.join(', ')} had not the same packages in all of them.`]),
  ];
}

function few(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

function was({ length }: readonly string[]): string {
  return length === 1 ? 'was' : 'were';
}

/** Losses first: they are what an average hides. */
function flipLines(
  { flips }: Duel,
  name: string,
  { flips: limit, uiUrl, isUp }: ComparisonContext & { readonly flips: number },
): string[] {
  if (flips.length === 0 || limit === 0) return [];
  const sorted = flips.toSorted((a, b) => Number(a.isGained) - Number(b.isGained));
  const place = (cellId: string): string => (uiUrl === null || cellId === '' ? cellId : cellUrl(uiUrl, cellId));
  const rows = sorted
    .slice(0, limit)
    .map((flip) => [
      `  ${flip.isGained ? 'gained' : 'lost'}`,
      clip(flip.taskId, 40),
      `${outcomeText(flip.from)} -> ${outcomeText(flip.to)}`,
      place(flip.to.cellIds[0] ?? ''),
    ]);
  const rest = flips.length - rows.length;
  const how =
    uiUrl === null ? 'its cell' : isUp ? 'its cell in the UI' : 'its cell in the UI while "aicodereval up" runs';
  return [
    `Flips of ${name}, and ${how}:`,
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

/** Names of the arms by the first thing that tells all of them apart, or by all that differs. */
export function armNames(arms: readonly Arm[]): Map<Arm, string> {
  const parts = ['sweep', 'model', 'strategy'] as const;
  const telling = parts.find((part) => new Set(arms.map((arm) => arm[part])).size === arms.length);
  const differing = telling === undefined ? parts.filter((part) => !isShared(arms, part)) : [telling];
  return new Map(arms.map((arm) => [arm, differing.map((part) => arm[part]).join(', ') || arm.sweep]));
}

function isShared(arms: readonly Arm[], part: 'suite' | 'model' | 'strategy' | 'sweep'): boolean {
  return new Set(arms.map((arm) => arm[part])).size === 1;
}
