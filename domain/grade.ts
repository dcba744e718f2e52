import type { BatchPlan } from './batches.js';
import type { ErrorClass } from './error-class.js';
import { type Failure, RETRY_RULES } from './failures.js';
import type { EndOfRun } from './test-report.js';
import type { Fault, Verdict } from './verdict.js';

/** One program of a samples file, with the task that it answers. */
export interface GradeItem {
  /** Line of the samples file, from 1. */
  readonly line: number;
  readonly taskId: string;
  /** Number of this sample among those of its task, from 0, in the order of the file. */
  readonly sample: number;
  /** The task's JSON in the store. */
  readonly taskSha256: string;
  readonly program: string;
}

/** What grading a file was started with: batches of programs by the hash of their text in the store. */
export interface GradePlan extends BatchPlan {
  readonly gradeId: string;
  /** Name of the samples file. */
  readonly samples: string;
  /** False knows nothing but what this very grading has found. */
  readonly useCache: boolean;
}

/** What was found of a program, apart from whose it is: what the verdict cache keeps. Times in milliseconds. */
export interface Finding {
  readonly verdict: Verdict;
  readonly fault: Fault | null;
  readonly errorClass: ErrorClass;
  /** Null where nothing was run. */
  readonly endOfRun: EndOfRun | null;
  readonly casesTotal: number;
  readonly casesPassed: number;
  readonly asserts: number;
  readonly executeMs: number;
  readonly cpuMs: number;
  readonly peakMemoryBytes: number;
  /** Class and message of the exception, or why nothing was judged; null for neither. Capped at 300 characters. */
  readonly message: string | null;
}

/** What a finding's message is cut to. */
export const MESSAGE_CHARS = 300;

/** The finding of a program that was not judged, for a fault that is not the model's. */
export function unjudged({ type, message }: Failure): Finding {
  const { errorClass, fault } = RETRY_RULES[type];
  return {
    verdict: 'unscored',
    errorClass,
    fault,
    message: message.slice(0, MESSAGE_CHARS),
    endOfRun: null,
    casesTotal: 0,
    casesPassed: 0,
    asserts: 0,
    executeMs: 0,
    cpuMs: 0,
    peakMemoryBytes: 0,
  };
}

/** A graded program: a row of the results. */
export interface GradeRow extends Finding {
  /** Number of the batch that it was graded in; null if its task can't be used: there is nothing to run. */
  readonly batch: number | null;
  readonly line: number;
  readonly taskId: string;
  readonly sample: number;
  readonly environment: string;
  readonly environmentDigest: string;
  readonly programSha256: string;
  /** The verdict was known already: nothing was run. */
  readonly cached: boolean;
}
