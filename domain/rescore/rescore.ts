import type { Confidence, ErrorClass } from '../error-class.js';
import type { Fault, Verdict } from '../verdict.js';
import { AUTHORS_RULES } from './authors.js';
import { judgeStrictly, type RecordedRun, type RecordedTask } from './strict.js';

/** Rules that verdicts can be taken by from what a run wrote. */
export const RULES = ['authors-v3', 'authors-v4', 'strict'] as const;
export type RuleName = (typeof RULES)[number];

/** The verdict on one recorded run by one rule. The authors' rules know no fault and no class. */
export interface RescoredRun {
  readonly taskId: string;
  readonly model: string;
  readonly verdict: Verdict;
  readonly fault: Fault | null;
  readonly errorClass: ErrorClass | null;
  readonly confidence: Confidence;
  readonly evidence: string;
}

const EVIDENCE_CHARS = 500;

/** The verdicts on recorded runs, in their order; `tasks` by id says what else is known of them. */
export function rescore(
  rule: RuleName,
  runs: readonly RecordedRun[],
  tasks: ReadonlyMap<string, RecordedTask>,
): RescoredRun[] {
  return runs.map((run) => {
    const { taskId, model } = run;
    if (rule !== 'strict') return { taskId, model, ...byAuthors(rule, run) };
    const judged = judgeStrictly(run, tasks.get(taskId) ?? null);
    return { taskId, model, ...judged, evidence: judged.evidence.slice(0, EVIDENCE_CHARS) };
  });
}

function byAuthors(rule: keyof typeof AUTHORS_RULES, run: RecordedRun): Omit<RescoredRun, 'taskId' | 'model'> {
  const isPass = AUTHORS_RULES[rule](run);
  const evidence =
    rule === 'authors-v3' ? (lineWith(run.stderr, 'Error') ?? lineWith(run.stdout, 'failed')) : undefined;
  return {
    verdict: isPass ? 'pass' : 'fail',
    fault: null,
    errorClass: isPass ? 'none' : null,
    confidence: 'high',
    evidence: evidence ?? '',
  };
}

function lineWith(text: string, word: string): string | undefined {
  const line = text.split(/[\r\n]/).find((each) => each.includes(word));
  return line?.trim().slice(0, EVIDENCE_CHARS);
}
