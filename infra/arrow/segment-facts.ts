import { type AttemptFacts, type CellFacts, conditionsOf } from '../../domain/cell-facts.js';
import type { Verdict } from '../../domain/verdict.js';
import { AttemptWalk } from './attempt-walk.js';
import type { Column, ColumnFile } from './column-file.js';
import type { ArmNames } from './arm-names.js';
import { Category, columnOf, ints, isValid, long, number, perValue, reals, textList } from './column-values.js';

/** Columns of `cells` that figures are made of. */
export const CELL_FACTS: ReadonlySet<string> = new Set(
  (
    'suite task_id domain libraries model strategy feedback sample verdict fault error_class cases_passed attempts ' +
    'prompt_tokens completion_tokens cached_tokens reasoning_tokens cost_usd generate_ms execute_ms started_at ' +
    'finished_at rounds environment_digest task_sha256 final_attempt code_lines code_tokens'
  ).split(' '),
);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function cellColumns(file: ColumnFile) {
  const category = (name: string): Category => new Category(columnOf(file, name));
  return {
    taskId: category('task_id'),
    domain: category('domain'),
    libraries: columnOf(file, 'libraries'),
    verdict: category('verdict'),
    errorClass: category('error_class'),
    fault: category('fault'),
    attempts: ints(file, 'attempts'),
    casesPassed: ints(file, 'cases_passed'),
    codeLines: ints(file, 'code_lines'),
    codeTokens: ints(file, 'code_tokens'),
    prompt: ints(file, 'prompt_tokens'),
    completion: ints(file, 'completion_tokens'),
    cached: columnOf(file, 'cached_tokens'),
    reasoning: columnOf(file, 'reasoning_tokens'),
    cost: columnOf(file, 'cost_usd'),
    generateMs: reals(file, 'generate_ms'),
    executeMs: reals(file, 'execute_ms'),
    startedAt: ints(file, 'started_at'),
    finishedAt: ints(file, 'finished_at'),
    final: file.columns.get('final_attempt') ?? null,
  };
}

/** Every cell of a segment as facts, from its columns. `visit` gets one object again and again: nothing of it may be kept. */
export function visitSegment(
  cells: ColumnFile,
  attempts: ColumnFile,
  arms: ArmNames,
  visit: (facts: CellFacts, row: number) => void,
): void {
  const of = cellColumns(cells);
  const walk = new AttemptWalk(attempts);
  const arm = arms.of(cells);
  const libraries = perValue(of.taskId, (row) => textList(of.libraries, row));
  const [sha, digest] = [
    new Category(columnOf(cells, 'task_sha256')),
    new Category(columnOf(cells, 'environment_digest')),
  ];
  const bySha = perValue(sha, () => perValue(digest, (row) => conditionsOf(sha.at(row) ?? '', digest.at(row) ?? '')));
  const facts = blankCell();
  for (let row = 0; row < cells.rows; row += 1) {
    const count = of.attempts[row] ?? 0;
    const rounds = walk.take(count);
    const final = finalOf(of.final, row, rounds);
    facts.arm = arm(row);
    facts.taskId = of.taskId.word(row);
    facts.domain = of.domain.word(row);
    facts.libraries = libraries(row);
    facts.verdict = of.verdict.word(row) as Verdict;
    facts.errorClass = of.errorClass.word(row);
    facts.fault = of.fault.at(row);
    facts.finalAttempt = final;
    facts.casesPassed = of.casesPassed[row] ?? 0;
    facts.codeLines = final === 0 ? 0 : (of.codeLines[row] ?? 0);
    facts.codeTokens = final === 0 ? 0 : (of.codeTokens[row] ?? 0);
    setUsage(facts, of, row, count);
    facts.conditions = bySha(row)(row);
    facts.attempts = rounds;
    visit(facts, row);
  }
  if (!walk.isAtEnd) throw new Error('attempts are not those of the cells');
}

function setUsage(facts: Writable<CellFacts>, of: ReturnType<typeof cellColumns>, row: number, count: number): void {
  facts.promptTokens = long(of.prompt, row);
  facts.completionTokens = long(of.completion, row);
  facts.cachedTokens = known(of.cached, row, count);
  facts.reasoningTokens = known(of.reasoning, row, count);
  facts.costUsd = isValid(of.cost, row) ? number(of.cost, row) : Number.NaN;
  facts.generateMs = of.generateMs[row] ?? 0;
  facts.executeMs = of.executeMs[row] ?? 0;
  facts.startedAt = long(of.startedAt, row);
  facts.finishedAt = long(of.finishedAt, row);
}

/** Numbers that may be no small integers are none at first: the object keeps its shape. */
function blankCell(): Writable<CellFacts> {
  const arm = { suite: '', model: '', strategy: '', feedback: '', rounds: 0 };
  const { NaN: none } = Number;
  return {
    arm,
    taskId: '',
    domain: '',
    libraries: [],
    verdict: 'unscored',
    errorClass: '',
    fault: null,
    finalAttempt: 0,
    casesPassed: 0,
    codeLines: 0,
    codeTokens: 0,
    promptTokens: none,
    completionTokens: none,
    cachedTokens: none,
    reasoningTokens: none,
    costUsd: none,
    generateMs: none,
    executeMs: none,
    startedAt: none,
    finishedAt: none,
    conditions: none,
    attempts: [],
  };
}

/** A sum over attempts; 0 without any, also where versions had no such column. */
function known(column: Column, row: number, attempts: number): number {
  if (isValid(column, row)) return long(column.data, row);
  return attempts === 0 ? 0 : Number.NaN;
}

/** The attempt that was handed in. Versions that handed in the last one did not say so. */
function finalOf(final: Column | null, row: number, rounds: readonly AttemptFacts[]): number {
  const last = rounds.length === 0 ? 0 : (rounds[rounds.length - 1]?.attempt ?? 0);
  const handedIn = final === null ? last : isValid(final, row) ? number(final, row) : 0;
  for (const { attempt, program } of rounds) if (attempt === handedIn && program >= 0) return attempt;
  return 0;
}
