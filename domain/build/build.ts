import type { FinishReason } from '../candidate.js';
import type { Backend, ModelSpec, Price } from '../sweep.js';
import type { Limits } from '../test-report.js';
import type { TaskValidation } from '../validation.js';
import type { DocRecord } from './record.js';

/** What a dataset is built with. Written once; the same name goes on with it. */
export interface BuildPlan {
  readonly format: 1;
  readonly name: string;
  /** Set of packages that tasks may use, and where documentation is read. */
  readonly environment: string;
  readonly digest: string;
  readonly backend: Backend;
  readonly limits: Limits;
  readonly model: ModelSpec;
  /** What the model costs, as known when the plan was written; null where nobody knows, left out by versions that did not ask. */
  readonly price?: Price | null | undefined;
  /** Answers for one record, at most: a draft and its corrections. */
  readonly rounds: number;
  /** Tasks wanted; fewer where the records do not yield as many. */
  readonly tasks: number;
  /** The first records only; null for all. */
  readonly limit: number | null;
  /** Changed references to try of each draft, at most. */
  readonly mutants: number;
  /** `Wanted`, in the store. */
  readonly wantedSha256: string;
  /** `Known[]`: tasks that a new one must not resemble, in the store. */
  readonly againstSha256: string;
  /** SHA-256 of the user's own files among them; left out by earlier versions. */
  readonly againstFiles?: readonly string[] | undefined;
}

/** Why a draft is no task. */
export const PROBLEMS = [
  'length',
  'refused',
  'content-filter',
  'no-code',
  'unparsable',
  'malformed',
  'foreign-package',
  'off-topic',
  'unsafe',
  'needs-network',
  'needs-gpu',
  'broken',
  'vacuous',
  'flaky',
  'duplicate',
  'contaminated',
  'unjudged',
] as const;
export type ProblemKind = (typeof PROBLEMS)[number];

export interface Problem {
  readonly kind: ProblemKind;
  /** One line: what was seen. */
  readonly evidence: string;
  /** Report of the reference's run, in the store; null where nothing was run. */
  readonly reportSha256: string | null;
}

/** An answer of the model, and what was made of it: references and small facts. */
export interface Draft {
  readonly promptId: string;
  readonly promptSha256: string;
  readonly completionSha256: string;
  /** What answered, in its host's words; of a recorded answer, what was recorded. */
  readonly answeredBy: string;
  readonly finishReason: FinishReason;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly costUsd: number | null;
  readonly generateMs: number;
  /** The program in AICoderEval's sections, and the task that the reader made of it; null where there is none. */
  readonly programSha256: string | null;
  readonly taskSha256: string | null;
  readonly environment: string | null;
  /** Why it is no task; null where it is one that may be tried. */
  readonly problem: Problem | null;
}

/** What the sandbox found of a draft. */
export interface Tried {
  /** Null where it was not validated, for what it was seen to do. */
  readonly validation: Omit<TaskValidation, 'survivors'> | null;
  /** What it was seen to do that a task must not; null for nothing. */
  readonly problem: Problem | null;
}

/** A draft or a correction of it, numbered from 1. */
export interface Round {
  readonly round: number;
  readonly draft: Draft;
  readonly tried: Tried | null;
}

/** What became of one record, before it is compared with the others. */
export interface BuiltItem {
  /** Number of the record, from 0. */
  readonly item: number;
  readonly rounds: readonly Round[];
  /** Null for a task that `validate` finds usable. */
  readonly problem: Problem | null;
}

/** The other task that one resembles most. */
export interface Nearest {
  readonly id: string;
  /** 0 to 1. */
  readonly similarity: number;
}

/** What became of one record in the end. */
export interface Settled {
  readonly item: number;
  readonly accepted: boolean;
  readonly problem: Problem | null;
  readonly nearest: Nearest | null;
}

/** All that is known of one record, for the files and the page. */
export interface ItemStory extends Settled {
  readonly record: DocRecord;
  readonly rounds: readonly Round[];
}

/** How far a build is. */
export interface BuildProgress {
  readonly records: number;
  readonly started: number;
  readonly accepted: number;
  readonly dropped: number;
}

/** What is wrong with a round; null for a usable task. */
export function problemOf({ draft, tried }: Pick<Round, 'draft' | 'tried'>): Problem | null {
  if (draft.problem !== null || tried === null) return draft.problem;
  if (tried.problem !== null || tried.validation === null) return tried.problem;
  const { status, evidence, reportSha256, fault } = tried.validation;
  if (status === 'usable') return null;
  const kind = status === 'broken' && fault === 'infrastructure' ? 'unjudged' : status;
  return { kind, evidence, reportSha256 };
}

/** What became of an item whose rounds are over. */
export function concludeItem(item: number, rounds: readonly Round[]): BuiltItem {
  const last = rounds.at(-1);
  if (last === undefined) {
    return { item, rounds, problem: { kind: 'unjudged', evidence: 'nothing was asked', reportSha256: null } };
  }
  const problem = problemOf(last);
  if (problem === null || !isRepeated(rounds)) return { item, rounds, problem };
  return { item, rounds, problem: { ...problem, evidence: `${problem.evidence}; the model gave the same again` } };
}

/** The model has given the same answer, or the same task in other words, before: asking on would cost and change nothing. */
export function isRepeated(rounds: readonly Round[]): boolean {
  const answers = rounds.map(({ draft }) => draft.completionSha256);
  const tasks = rounds.flatMap(({ draft }) => draft.taskSha256 ?? []);
  return [answers, tasks].some((all) => new Set(all).size < all.length);
}
