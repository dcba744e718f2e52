import { sum } from '../domain/metrics.js';
import { clopperPearson, type Interval, sampleVariance, Z95 } from './statistics.js';
import type { Tally } from './paired.js';

/** Where a score's uncertainty comes from: 95 % half-widths, as shares; null where the data can't tell. */
export interface Noise {
  /** Other tasks of this kind. */
  readonly tasks: number | null;
  /** Other samples of the same tasks. */
  readonly samples: number | null;
  /** Other runs of the same programs, at the upper end of how often these disagree. */
  readonly reruns: number | null;
  readonly flake: Flake | null;
}

/** How often two runs of one program disagree, with Clopper-Pearson's interval. */
export interface Flake extends Interval {
  readonly pairs: number;
  readonly disagreeing: number;
}

/** Pairs of runs of the same program on the same tests. */
export type Reruns = Pick<Flake, 'pairs' | 'disagreeing'>;

/** Splits the uncertainty of pass@1 over tasks with these samples. */
export function noise(tallies: readonly Tally[], reruns: Reruns): Noise {
  const n = tallies.length;
  const isRepeated = n > 0 && tallies.every((tally) => tally.n > 1);
  // Each task's variance p (1 - p) / n, estimated without bias.
  const within = tallies.map((tally) => variation(tally) / tally.n);
  const flake = flakeOf(reruns);
  const cells = sum(tallies.map((tally) => tally.n));
  return {
    tasks: n < 2 ? null : Z95 * Math.sqrt(sampleVariance(tallies.map(({ n, c }) => c / n)) / n),
    samples: isRepeated ? Z95 * (Math.sqrt(sum(within)) / n) : null,
    // Two runs disagree with chance 2 q (1 - q), twice the variance of one.
    reruns: flake === null || cells === 0 ? null : Z95 * Math.sqrt(flake.high / 2 / cells),
    flake,
  };
}

function variation({ n, c }: Tally): number {
  return n < 2 ? 0 : ((c / n) * (1 - c / n) * n) / (n - 1);
}

function flakeOf({ pairs, disagreeing }: Reruns): Flake | null {
  return pairs === 0 ? null : { pairs, disagreeing, ...clopperPearson(disagreeing, pairs) };
}
