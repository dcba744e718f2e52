import { type AttemptFacts, type CellFacts, hasOutcome } from '../domain/cell-facts.js';
import { sum } from '../domain/metrics.js';
import { PairCounts } from './pair-counts.js';

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
  /** The mean of the rounds after the first, each cell's counted; null where no cell took one. */
  readonly tokensPerExtraRound: number | null;
  readonly secondsPerExtraRound: number | null;
  /** Error classes of a program and of the next that was to be better; `none` is a pass. */
  readonly transitions: readonly { readonly from: string; readonly to: string; readonly count: number }[];
  /** Error classes that each round came to, over the cells that took it; a program that never ran came to none. */
  readonly outcomes: readonly { readonly round: number; readonly errorClass: string; readonly cells: number }[];
  /**
   * Error classes of the round before and of this one, cell by cell, where both came to one. A transition begins at what was repaired
   * instead.
   */
  readonly flows: readonly {
    readonly round: number;
    readonly from: string;
    readonly to: string;
    readonly cells: number;
  }[];
  readonly remedies: readonly Remedy[];
  /** Attempts that had an earlier one to be better than. */
  readonly followed: number;
  /** Those of them that went on from its program, and of these the ones whose own passed fewer cases. */
  readonly repaired: number;
  readonly broke: number;
  readonly lookups: Lookups;
}

/** Attempts that were shown what a look-up found and attempts that were not, and how many of each passed more cases or all. */
export interface Lookups {
  /** All that were made, also those after which nothing was tried. */
  readonly made: number;
  readonly empty: number;
  readonly with: { readonly tries: number; readonly better: number };
  readonly without: { readonly tries: number; readonly better: number };
}

/** Tallies the rounds of the cells of one strategy with its settings. */
export class RepairTally {
  readonly #rounds: RoundTally[] = [];
  /** What followed each error class: the class of the next attempt, and what that did. */
  readonly #steps = new Map<string, PairCounts>();
  readonly #with = { tries: 0, better: 0 };
  readonly #without = { tries: 0, better: 0 };
  #made = 0;
  #empty = 0;
  #followed = 0;
  #repaired = 0;
  #broke = 0;

  add(cell: CellFacts): void {
    const { attempts } = cell;
    for (let at = 0; at < attempts.length; at += 1) {
      const after = attempts[at] as AttemptFacts;
      const round = (this.#rounds[at] ??= newRound());
      round.cells += 1;
      round.tokens += after.tokens;
      round.ms += after.ms;
      if (isKnown(after)) round.outcomes.set(after.errorClass, (round.outcomes.get(after.errorClass) ?? 0) + 1);
      this.#made += after.lookups;
      this.#empty += after.emptyLookups;
      if (at === 0) continue;
      const last = attempts[at - 1] as AttemptFacts;
      if (isKnown(last) && isKnown(after)) round.flows.add(last.errorClass, after.errorClass);
      const before = after.isTry ? betterThan(after, at, attempts) : undefined;
      if (before !== undefined) this.#step(before, after, wasShown(after, before, attempts));
    }
    if (cell.verdict !== 'pass' || cell.finalAttempt === 0) return;
    const round = this.#rounds[cell.finalAttempt - 1];
    if (round !== undefined) round.solved += 1;
  }

  /** `before` is what `after` was to be better than. */
  #step(before: AttemptFacts, after: AttemptFacts, isShown: boolean): void {
    const isCured = after.errorClass === 'none';
    let steps = this.#steps.get(before.errorClass);
    if (steps === undefined) this.#steps.set(before.errorClass, (steps = new PairCounts()));
    steps.add(after.errorClass, after.action);
    this.#followed += 1;
    // A fresh sample and another plan do not go on from a program: they can break nothing.
    if ((after.action === 'repair' || after.action === 'chat') && before.wasRun) {
      this.#repaired += 1;
      if (after.wasRun && after.cases < before.cases) this.#broke += 1;
    }
    const kind = isShown ? this.#with : this.#without;
    kind.tries += 1;
    if (isCured || after.cases > before.cases) kind.better += 1;
  }

  result(): Repair {
    const rounds = this.#roundsSoFar();
    const solved = rounds.at(-1)?.solvedSoFar ?? 0;
    const extra = rounds.slice(1);
    const taken = sum(extra.map(({ cells }) => cells));
    const { transitions, tries, cures } = this.#stepCounts();
    return {
      rounds,
      lastUseful: rounds.findLast((round) => round.solved > 0)?.round ?? 0,
      tokensPerSolved: per(tokensOf(rounds), solved),
      secondsPerSolved: per(secondsOf(rounds), solved),
      tokensPerExtraRound: per(tokensOf(extra), taken),
      secondsPerExtraRound: per(secondsOf(extra), taken),
      transitions: transitions.largestFirst().map(([from, to, count]) => ({ from, to, count })),
      outcomes: this.#rounds.flatMap(({ outcomes }, at) =>
        [...outcomes]
          .map(([errorClass, cells]) => ({ round: at + 1, errorClass, cells }))
          .toSorted((a, b) => b.cells - a.cells || (a.errorClass < b.errorClass ? -1 : 1)),
      ),
      flows: this.#rounds.flatMap(({ flows }, at) =>
        flows.largestFirst().map(([from, to, cells]) => ({ round: at + 1, from, to, cells })),
      ),
      remedies: tries.largestFirst().map(([errorClass, action, tries]) => ({
        errorClass,
        action,
        tries,
        cured: cures.of(errorClass, action),
      })),
      followed: this.#followed,
      repaired: this.#repaired,
      broke: this.#broke,
      lookups: { made: this.#made, empty: this.#empty, with: this.#with, without: this.#without },
    };
  }

  #stepCounts() {
    const [transitions, tries, cures] = [new PairCounts(), new PairCounts(), new PairCounts()];
    for (const [before, steps] of this.#steps) {
      for (const [after, action, count] of steps.largestFirst()) {
        transitions.add(before, after, count);
        tries.add(before, action, count);
        if (after === 'none') cures.add(before, action, count);
      }
    }
    return { transitions, tries, cures };
  }

  #roundsSoFar(): Round[] {
    let solvedSoFar = 0;
    return this.#rounds.map(({ cells, solved, tokens, ms }, at) => {
      solvedSoFar += solved;
      const solvedPerThousandTokens = tokens === 0 ? null : (1_000 * solved) / tokens;
      return { round: at + 1, cells, solved, solvedSoFar, tokens, seconds: ms / 1_000, solvedPerThousandTokens };
    });
  }
}

function isKnown({ program, wasRun }: AttemptFacts): boolean {
  return hasOutcome(program >= 0, wasRun);
}

/** The attempt that one repairs, else the last before it that tried anything. */
function betterThan(after: AttemptFacts, at: number, attempts: readonly AttemptFacts[]): AttemptFacts | undefined {
  let last: AttemptFacts | undefined;
  for (let earlier = at - 1; earlier >= 0; earlier -= 1) {
    const each = attempts[earlier] as AttemptFacts;
    if (!each.isTry) continue;
    if (after.base === 0 || each.attempt === after.base) return each;
    last ??= each;
  }
  return last;
}

/**
 * Whether its prompt showed anything that was looked up: a repair shows what was found for its base, a conversation for all since its last
 * program, others nothing.
 */
function wasShown(after: AttemptFacts, before: AttemptFacts, attempts: readonly AttemptFacts[]): boolean {
  const { action } = after;
  if (action === 'repair') return hasFound(before);
  if (action !== 'chat') return false;
  return attempts.some((each) => each.attempt >= before.attempt && each.attempt < after.attempt && hasFound(each));
}

function hasFound({ lookups, emptyLookups }: AttemptFacts): boolean {
  return lookups > emptyLookups;
}

function per(total: number, count: number): number | null {
  return count === 0 ? null : total / count;
}

function tokensOf(rounds: readonly Round[]): number {
  return sum(rounds.map(({ tokens }) => tokens));
}

function secondsOf(rounds: readonly Round[]): number {
  return sum(rounds.map(({ seconds }) => seconds));
}

type RoundTally = ReturnType<typeof newRound>;

function newRound() {
  return { cells: 0, solved: 0, tokens: 0, ms: 0, outcomes: new Map<string, number>(), flows: new PairCounts() };
}
