import { cleanLines } from '../recorded/clean-text.js';
import { findCrash } from '../recorded/crash.js';
import { parseChains } from '../recorded/traceback.js';
import { markedRun } from '../markers.js';
import type { RecordedOutput } from './authors.js';

/** One run by the paper's two success rates, read from its markers; see docs/metrics.md. */
export interface FaithfulScore {
  readonly all: boolean;
  readonly any: boolean;
  /** Cases that the run tells of. */
  readonly cases: number;
  /** `exit`: the test marks no case, so only the end of the run counts. */
  readonly basis: 'markers' | 'exit';
}

/**
 * SR@All and SR@Any of one run, faithful to the markers of its test. `exitCode` is null where it was not recorded: then a
 * run counts as ended in order if no exception ended it.
 */
export function faithfulScore({ stdout, stderr }: RecordedOutput, exitCode: number | null): FaithfulScore {
  const hasCrashed = findCrash(parseChains(cleanLines(stderr)), false) !== null;
  const isInOrder = (exitCode ?? 0) === 0 && !hasCrashed;
  const { cases, finished } = markedRun(stdout, stderr);
  if (cases.length === 0) return { all: isInOrder, any: isInOrder, cases: 0, basis: 'exit' };
  const all = isInOrder && finished && !cases.includes('failed');
  return { all, any: cases.includes('passed'), cases: cases.length, basis: 'markers' };
}
