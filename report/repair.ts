import type { Attempt, Execution } from '../domain/attempt.js';
import type { CellResult } from '../domain/cell.js';
import { groupBy } from '../domain/group-by.js';
import { finalAttempt, sum, usage } from '../domain/metrics.js';

/** What one round came to, over all cells. Rounds are numbered from 1; cells that had ended before it cost nothing in it. */
export interface Round {
  readonly round: number;
  /** Cells that took it. */
  readonly cells: number;
  /** Cells that pass with the program of this round, and of this or an earlier one. */
  readonly solved: number;
  readonly solvedSoFar: number;
  readonly tokens: number;
  readonly seconds: number;
  /** `solved` for every 1,000 tokens of the round; null where it took none. */
  readonly solvedPerThousandTokens: number | null;
}

/** What followed an error: how often it was tried, and how often the next program passed what the strategy may see. */
export interface Remedy {
  readonly errorClass: string;
  /** `repair`, `fresh`, `plan`, `chat`...: what the attempt after it did. */
  readonly action: string;
  readonly tries: number;
  readonly cured: number;
}

/** What repairing did in one strategy's cells. Counts, but for tokens and seconds. */
export interface Repair {
  readonly rounds: readonly Round[];
  /** The last round that solved anything; 0 if none did. Rounds after it were paid for nothing. */
  readonly lastUseful: number;
  /** Over all rounds, for each solved cell; null where none was. */
  readonly tokensPerSolved: number | null;
  readonly secondsPerSolved: number | null;
  /** Error classes of one round and the next; `none` is a pass. */
  readonly transitions: readonly { readonly from: string; readonly to: string; readonly count: number }[];
  /** Error classes that each round came to, over the cells that took it. */
  readonly outcomes: readonly { readonly round: number; readonly errorClass: string; readonly cells: number }[];
  /** Error classes of the round before and of this one, cell by cell. A transition begins at what was repaired instead. */
  readonly flows: readonly {
    readonly round: number;
    readonly from: string;
    readonly to: string;
    readonly cells: number;
  }[];
  readonly remedies: readonly Remedy[];
  /** Attempts that had an earlier one to be better than, and those of them that passed fewer cases than it. */
  readonly followed: number;
  readonly broke: number;
  readonly lookups: Lookups;
}

/** Attempts after a look-up that found something and attempts without one, and how many of each passed more cases or all. */
export interface Lookups {
  readonly made: number;
  readonly empty: number;
  readonly with: { readonly tries: number; readonly better: number };
  readonly without: { readonly tries: number; readonly better: number };
}

/** Sums up the rounds of the cells of one strategy with its settings. */
export function repairOf(results: readonly CellResult[]): Repair {
  const rounds = roundsOf(results);
  const steps = results.flatMap(stepsOf);
  const solved = rounds.at(-1)?.solvedSoFar ?? 0;
  const per = (total: number): number | null => (solved === 0 ? null : total / solved);
  return {
    rounds,
    lastUseful: rounds.findLast((round) => round.solved > 0)?.round ?? 0,
    tokensPerSolved: per(sum(rounds.map(({ tokens }) => tokens))),
    secondsPerSolved: per(sum(rounds.map(({ seconds }) => seconds))),
    transitions: counted(steps, ({ before, after }) => [classOf(before), classOf(after)]).map(([[from, to], of]) => ({
      from,
      to,
      count: of.length,
    })),
    ...flowsOf(results),
    remedies: counted(steps, ({ before, after }) => [classOf(before), actionOf(after)]).map(
      ([[errorClass, action], of]) => ({
        errorClass,
        action,
        tries: of.length,
        cured: of.filter(({ after }) => classOf(after) === 'none').length,
      }),
    ),
    followed: steps.length,
    broke: steps.filter(({ before, after }) => casesOf(after) < casesOf(before)).length,
    lookups: lookupsOf(steps),
  };
}

function roundsOf(results: readonly CellResult[]): Round[] {
  const most = Math.max(0, ...results.map(({ attempts }) => attempts.length));
  let solvedSoFar = 0;
  return Array.from({ length: most }, (_, at) => {
    const attempts = results.flatMap((result) => result.attempts[at] ?? []);
    const solved = results.filter(
      (result) => result.verdict === 'pass' && finalAttempt(result)?.attempt === at + 1,
    ).length;
    solvedSoFar += solved;
    const used = usage(attempts);
    const tokens = used.promptTokens + used.completionTokens;
    return {
      round: at + 1,
      cells: attempts.length,
      solved,
      solvedSoFar,
      tokens,
      seconds: (used.generateMs + used.executeMs) / 1_000,
      solvedPerThousandTokens: tokens === 0 ? null : (1_000 * solved) / tokens,
    };
  });
}

function flowsOf(results: readonly CellResult[]): Pick<Repair, 'outcomes' | 'flows'> {
  const classes = results.map(({ attempts }) => attempts.map(classOf));
  const most = Math.max(0, ...classes.map(({ length }) => length));
  const rounds = Array.from({ length: most }, (_, at) => ({ at, of: classes.filter(({ length }) => length > at) }));
  return {
    outcomes: rounds.flatMap(({ at, of }) =>
      counted(of, (each) => [each[at] ?? '', '']).map(([[errorClass], cells]) => ({
        round: at + 1,
        errorClass,
        cells: cells.length,
      })),
    ),
    flows: rounds.slice(1).flatMap(({ at, of }) =>
      counted(of, (each) => [each[at - 1] ?? '', each[at] ?? '']).map(([[from, to], cells]) => ({
        round: at + 1,
        from,
        to,
        cells: cells.length,
      })),
    ),
  };
}

/** An attempt, and the one that it was to be better than: the one it repairs, else the one before it. */
interface Step {
  readonly before: Attempt;
  readonly after: Attempt;
}

function stepsOf({ attempts }: CellResult): Step[] {
  return attempts.slice(1).flatMap((after, at) => {
    const before = attempts.find(({ attempt }) => attempt === after.plan?.base) ?? attempts[at];
    return before === undefined ? [] : [{ before, after }];
  });
}

/** The run that the strategy saw: the first. A run of the tests may follow one of the examples, and is not shown. */
function seen({ executions: [first] }: Attempt): Execution | undefined {
  return first;
}

function classOf(attempt: Attempt): string {
  return seen(attempt)?.errorClass ?? (attempt.generation.finishReason === 'length' ? 'truncated' : 'no-code');
}

/** Earlier versions had no plans: there each further round was a turn of the conversation. */
function actionOf({ plan }: Attempt): string {
  return plan?.action ?? 'chat';
}

/** Share of the cases that passed; 0 without a run. */
function casesOf(attempt: Attempt): number {
  const run = seen(attempt);
  return run === undefined ? 0 : run.casesPassed / Math.max(1, run.casesTotal);
}

function lookupsOf(steps: readonly Step[]): Lookups {
  const made = steps.flatMap(({ before }) => before.lookups ?? []);
  const isHelped = ({ before }: Step): boolean => before.lookups?.some(({ entries }) => entries.length > 0) === true;
  const isBetter = ({ before, after }: Step): boolean => classOf(after) === 'none' || casesOf(after) > casesOf(before);
  const tally = (of: readonly Step[]) => ({ tries: of.length, better: of.filter(isBetter).length });
  return {
    made: made.length,
    empty: made.filter(({ entries }) => entries.length === 0).length,
    with: tally(steps.filter(isHelped)),
    without: tally(steps.filter((step) => !isHelped(step))),
  };
}

/** Groups of two names, the largest first. */
function counted<T>(items: readonly T[], names: (item: T) => [string, string]): [[string, string], T[]][] {
  const groups = groupBy(items, (item) => names(item).join('\n'));
  return [...groups]
    .map(([key, of]): [[string, string], T[]] => {
      const [first = '', second = ''] = key.split('\n');
      return [[first, second], of];
    })
    .toSorted(([a, of], [b, others]) => others.length - of.length || (a.join() < b.join() ? -1 : 1));
}
