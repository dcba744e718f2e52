import { execFileSync } from 'node:child_process';
import { packagePath } from '../../infra/package-path.js';

/** What the authors' notes count in a test; a print in a loop counts once. */
export interface MarkerCounts {
  /** Prints of "Testing started." and "Testing finished.". */
  readonly started: number;
  readonly finished: number;
  /** Prints that begin a case, and those of them whose numbers are not both written out. */
  readonly caseStarts: number;
  readonly computedStarts: number;
  /** The n of `[i/n]` where it is written out; else null. */
  readonly declared: number | null;
  /** Assert statements whose message says that a case failed. */
  readonly failureMessages: number;
}

/** The counts of each test; null for one that Python can't parse. */
export function markerCounts(tests: readonly string[]): (MarkerCounts | null)[] {
  const script = packagePath('test/support/marker_counts.py');
  const flags = ['-B', '-W', 'ignore', script, packagePath('infra/datasets')];
  const options = { input: JSON.stringify(tests), maxBuffer: 2 ** 26, encoding: 'utf8' } as const;
  return JSON.parse(execFileSync('python3', flags, options)) as (MarkerCounts | null)[];
}
