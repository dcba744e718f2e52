import { type RescoredRun, RULES, rescore, type RuleName } from '../domain/rescore/rescore.js';
import type { RecordedRun, RecordedTask } from '../domain/rescore/strict.js';
import { readJsonLines } from '../infra/datasets/jsonl.js';
import { recordedLineSchema, recordedTaskSchema } from '../infra/parse/recorded.js';
import { compareRules, renderComparison, renderRule } from '../report/rescore.js';

/** What `rescore` is asked for. */
export interface RescoreOptions {
  readonly logs: string;
  /** Null shows all of them side by side. */
  readonly rule: RuleName | null;
  /** A file of the tasks; null goes by the logs alone. */
  readonly tasks: string | null;
}

/** A recorded run with its exit code, which not every log has. */
export type LoggedRun = RecordedRun & { readonly exitCode: number | null };

/** Verdicts on recorded runs, as a document and as text. Throws UserError (exit 2) with file, line and field. */
export async function rescoreLogs({ logs, rule, tasks }: RescoreOptions): Promise<{ document: object; text: string }> {
  const runs = await readRuns(logs);
  const known = tasks === null ? new Map<string, RecordedTask>() : await readTasks(tasks);
  if (rule !== null) {
    const rescored = rescore(rule, runs, known);
    return { document: documentOf(rule, rescored), text: renderRule(rule, rescored) };
  }
  const byRule = RULES.map((name) => [name, rescore(name, runs, known)] as const);
  const comparison = compareRules(byRule, runs);
  const rules = byRule.map(([name, rescored]) => documentOf(name, rescored));
  return { document: { ...comparison, rules }, text: renderComparison(comparison) };
}

/** Reads recorded runs; one that names no task is called by its line. */
export async function readRuns(file: string): Promise<LoggedRun[]> {
  const lines = await readJsonLines(file, recordedLineSchema);
  return lines.map(({ number, value }) => ({ ...value, taskId: value.taskId ?? `line ${number}` }));
}

/** Reads tasks with the runs of their references, by id. */
export async function readTasks(file: string): Promise<Map<string, RecordedTask>> {
  const lines = await readJsonLines(file, recordedTaskSchema);
  return new Map(lines.map(({ value }) => [value.taskId, value]));
}

function documentOf(rule: RuleName, rescored: readonly RescoredRun[]) {
  return {
    rule,
    total: rescored.length,
    passed: rescored.filter(({ verdict }) => verdict === 'pass').length,
    rows: rescored.map(({ taskId, model, verdict, fault, errorClass, confidence, evidence }) => ({
      task_id: taskId,
      model,
      verdict,
      fault,
      error_class: errorClass,
      confidence,
      evidence,
    })),
  };
}
