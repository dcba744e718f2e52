import type { Breakdown, Part } from './breakdown.js';
import type { Repair } from './repair.js';
import type { Summary } from './summarise.js';
import { renderTable } from './table.js';
import { columns, grouped, percent, range } from './text.js';

const MOST_ROWS = 8;
/** Fewer pairs of runs say nothing of how often runs disagree. */
const FEWEST_PAIRS = 20;

/** A sweep's report for people: the table, then each arm broken down. */
export function renderReport(summary: Summary, breakdowns: readonly Breakdown[]): string {
  return [renderTable(summary), ...breakdowns.map(section)].join('\n\n');
}

function section(breakdown: Breakdown): string {
  const { arm, domains, libraries, failures, repair } = breakdown;
  const blocks = [
    partLines('by kind of work', domains),
    partLines('by library', libraries),
    table(
      'what went wrong',
      failures.map(({ errorClass, fault, cells }) => [errorClass, fault ?? '-', grouped(cells)]),
      ['error class', 'fault', 'cells'],
      2,
    ),
    ...(repair.rounds.length < 2 ? [] : repairBlocks(repair)),
    noiseLines(breakdown),
  ];
  const heading = `${arm.suite}, ${arm.model}, ${arm.strategy}`;
  return [heading, '='.repeat(heading.length), ...blocks.flat()].join('\n');
}

function partLines(title: string, parts: readonly Part[]): string[] {
  if (parts.length < 2) return [];
  const rows = parts.map(({ name, passAt1 }) => [name, percent(passAt1.value), range(passAt1), String(passAt1.tasks)]);
  return table(title, rows, [title, 'pass@1', '95 % interval', 'tasks']);
}

function table(title: string, rows: readonly (readonly string[])[], heading: readonly string[], left = 1): string[] {
  if (rows.length === 0) return [];
  const rest = rows.length - MOST_ROWS;
  return [
    ...columns([heading, ...rows.slice(0, MOST_ROWS)], left).map((line) => `  ${line}`),
    ...(rest > 0 ? [`  and ${rest} more rows in "${title}" (--json)`] : []),
    '',
  ];
}

function repairBlocks(repair: Repair): string[][] {
  const rounds = repair.rounds.map(({ round, cells, solved, solvedSoFar, tokens, seconds, ...rest }) => [
    String(round),
    grouped(cells),
    grouped(solved),
    grouped(solvedSoFar),
    grouped(tokens),
    grouped(Math.round(seconds)),
    rest.solvedPerThousandTokens?.toFixed(2) ?? '-',
  ]);
  const transitions = repair.transitions.map(({ from, to, count }) => [from, '->', to, grouped(count)]);
  const remedies = repair.remedies.map(({ errorClass, action, tries, cured }) => [
    errorClass,
    action,
    grouped(tries),
    grouped(cured),
  ]);
  return [
    table('rounds', rounds, ['round', 'cells', 'solved', 'so far', 'tokens', 'seconds', 'solved/1,000 tokens']),
    table('from program to program', transitions, ['from', '', 'to', 'times'], 3),
    table('what was tried', remedies, ['after', 'tried', 'times', 'passed'], 2),
    [...repairSentences(repair).map((sentence) => `  ${sentence}`), ''],
  ];
}

function repairSentences({ rounds, lastUseful, ...repair }: Repair): string[] {
  const { repaired, broke, lookups } = repair;
  const { with: after, without } = lookups;
  const solved = priced(repair.tokensPerSolved, repair.secondsPerSolved);
  const extra = priced(repair.tokensPerExtraRound, repair.secondsPerExtraRound);
  const late = rounds.slice(lastUseful);
  const wasted = late.reduce((total, { tokens }) => total + tokens, 0);
  return [
    solved === null ? 'Nothing was solved.' : `A solved cell cost ${solved}, all rounds together.`,
    ...(extra === null ? [] : [`A round after the first cost ${extra} on average.`]),
    late.length === 0
      ? `The last round still solved something: more may.`
      : `Nothing was solved after round ${lastUseful}; stopping there would have saved ${grouped(wasted)} tokens.`,
    `${broke} of ${repaired} repairs passed fewer cases than the program that they were to mend.`,
    ...(lookups.made === 0
      ? []
      : [
          `Look-ups: ${lookups.made}, ${lookups.empty} found nothing. Attempts that were shown one were better in ${after.better} of ${after.tries}, others in ${without.better} of ${without.tries}.`,
        ]),
  ];
}

function priced(tokens: number | null, seconds: number | null): string | null {
  if (tokens === null || seconds === null) return null;
  return `${grouped(Math.round(tokens))} tokens and ${seconds.toFixed(1)} s`;
}

function noiseLines({ noise }: Breakdown): string[] {
  const half = (value: number | null): string => (value === null ? '' : `+-${(100 * value).toFixed(1)}`);
  const { tasks, samples, reruns, flake } = noise;
  const sources = [
    ...(tasks === null ? [] : [`other tasks like these ${half(tasks)}`]),
    ...(samples === null ? [] : [`other samples ${half(samples)}`]),
    ...(flake === null || flake.pairs < FEWEST_PAIRS
      ? []
      : [
          `other runs of the same programs ${half(reruns)} at most (${flake.disagreeing} of ${flake.pairs} pairs of runs disagreed)`,
        ]),
  ];
  return sources.length === 0 ? [] : [`  pass@1 would move, in points, with ${sources.join(', ')}.`];
}
