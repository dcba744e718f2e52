import type { Verdict } from './verdict.js';

/** Counts over finished cells. Tokens are prompt and completion together; cost in US dollars. */
export interface Tally {
  readonly pass: number;
  readonly fail: number;
  readonly unverified: number;
  readonly unscored: number;
  readonly tokens: number;
  readonly costUsd: number;
}

export const EMPTY_TALLY: Tally = { pass: 0, fail: 0, unverified: 0, unscored: 0, tokens: 0, costUsd: 0 };

/** What a finished cell hands to its page. */
export interface CellOutcome {
  readonly verdict: Verdict;
  readonly tokens: number;
  readonly costUsd: number;
}

/** The tally with one more cell. */
export function count(tally: Tally, { verdict, tokens, costUsd }: CellOutcome): Tally {
  const counted = { ...tally, tokens: tally.tokens + tokens, costUsd: tally.costUsd + costUsd };
  return { ...counted, [verdict]: tally[verdict] + 1 };
}

/** The sum of two tallies. */
export function add(a: Tally, b: Tally): Tally {
  return {
    pass: a.pass + b.pass,
    fail: a.fail + b.fail,
    unverified: a.unverified + b.unverified,
    unscored: a.unscored + b.unscored,
    tokens: a.tokens + b.tokens,
    costUsd: a.costUsd + b.costUsd,
  };
}

/** Number of finished cells. */
export function done(tally: Tally): number {
  return tally.pass + tally.fail + tally.unverified + tally.unscored;
}

/** Why a sweep does not start new cells; null while it does. */
export type Pause = 'operator' | 'cost' | 'tokens' | 'wall';

/** Answer of a sweep's `progress` query. */
export interface SweepProgress {
  readonly sweepId: string;
  /** Cells of the whole sweep. */
  readonly cells: number;
  /** Cells that ended in finished pages, and those that an earlier run of the sweep had recorded. */
  readonly finished: Tally;
  /** Workflow ids of the open pages, which count their own cells. */
  readonly openPages: readonly string[];
  readonly concurrency: number;
  readonly pause: Pause | null;
  readonly cancelling: boolean;
}

/** Answer of a page's `progress` query. */
export interface PageProgress {
  readonly finished: Tally;
  readonly running: number;
}
