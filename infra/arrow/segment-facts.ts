import { type AttemptFacts, type CellFacts, conditionsOf, seenClass } from '../../domain/cell-facts.js';
import type { Verdict } from '../../domain/verdict.js';
import type { Column, ColumnFile } from './column-file.js';
import type { ArmNames } from './arm-names.js';
import {
  Category,
  columnOf,
  flag,
  hexNumber,
  isValid,
  long,
  number,
  perValue,
  textList,
  textsOf,
} from './column-values.js';

/** Columns of `cells` that figures are made of. */
export const CELL_FACTS: ReadonlySet<string> = new Set(
  (
    'suite task_id domain libraries model strategy feedback sample verdict fault error_class cases_passed attempts ' +
    'prompt_tokens completion_tokens cached_tokens reasoning_tokens cost_usd generate_ms execute_ms started_at ' +
    'finished_at rounds environment_digest task_sha256 final_attempt code_lines code_tokens'
  ).split(' '),
);

/** Columns of `attempts` that figures are made of. */
export const ATTEMPT_FACTS: ReadonlySet<string> = new Set(
  (
    'action attempt finish_reason error_class program_sha256 prompt_tokens completion_tokens generate_ms ' +
    'execute_ms check verdict cases_total cases_passed plan base entries cost_usd shared'
  ).split(' '),
);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Goes through the rows of `attempts`, which stand in the order of their cells: each cell's generations one after the other. */
class AttemptWalk {
  readonly #rows: number;
  readonly #columns: ReturnType<typeof attemptColumns>;
  readonly #pool: Writable<AttemptFacts>[] = [];
  readonly #takes: Writable<AttemptFacts>[][] = [];
  #row = 0;

  constructor(file: ColumnFile) {
    this.#rows = file.rows;
    this.#columns = attemptColumns(file);
  }

  get isAtEnd(): boolean {
    return this.#row === this.#rows;
  }

  /** The facts of the next `count` attempts; gone with the next call. */
  take(count: number): readonly AttemptFacts[] {
    while (this.#pool.length < count) this.#pool.push(blank());
    const taken = (this.#takes[count] ??= this.#pool.slice(0, count));
    for (let at = 0; at < count; at += 1) this.#next(taken[at] as Writable<AttemptFacts>);
    return taken;
  }

  #next(facts: Writable<AttemptFacts>): void {
    const of = this.#columns;
    const first = this.#row;
    if (of.action.at(first) !== 'generate') throw new Error('attempts are not those of the cells');
    facts.attempt = number(of.attempt, first);
    facts.action = of.plan.at(first) ?? 'chat';
    facts.base = isValid(of.base, first) ? number(of.base, first) : null;
    facts.tokens = number(of.prompt, first) + number(of.completion, first);
    facts.ms = number(of.generateMs, first);
    facts.costUsd = isValid(of.cost, first) ? number(of.cost, first) : null;
    facts.shared = flag(of.shared, first);
    facts.program = isValid(of.program, first) ? hexNumber(of.program, first) : null;
    facts.lookups = facts.emptyLookups = facts.cases = facts.runs = facts.passes = 0;
    let seen: string | undefined;
    let row = first + 1;
    for (; row < this.#rows; row += 1) {
      const action = of.action.at(row);
      if (action === 'generate') break;
      if (action === 'execute') {
        const errorClass = this.#run(facts, row, seen === undefined);
        seen ??= errorClass;
      }
      if (action !== 'retrieve') continue;
      facts.lookups += 1;
      if (textsOf(of.entries, row) === 0) facts.emptyLookups += 1;
    }
    this.#row = row;
    facts.errorClass = seenClass(seen, of.finishReason.at(first) ?? '');
  }

  /** Adds a run; the class of its error. The strategy saw the first. */
  #run(facts: Writable<AttemptFacts>, row: number, isFirst: boolean): string {
    const of = this.#columns;
    facts.ms += number(of.executeMs, row);
    if (of.check.at(row) === 'tests') {
      if (of.verdict.at(row) === 'pass') facts.passes |= 1 << facts.runs;
      facts.runs += 1;
    }
    if (isFirst) facts.cases = number(of.casesPassed, row) / Math.max(1, number(of.casesTotal, row));
    return of.errorClass.at(row) ?? 'none';
  }
}

function blank(): Writable<AttemptFacts> {
  const none = { base: null, program: null, runs: 0, passes: 0, costUsd: null, shared: false };
  return { attempt: 0, errorClass: '', cases: 0, action: '', tokens: 0, ms: 0, lookups: 0, emptyLookups: 0, ...none };
}

function attemptColumns(file: ColumnFile) {
  const category = (name: string): Category => new Category(columnOf(file, name));
  return {
    action: category('action'),
    attempt: columnOf(file, 'attempt'),
    plan: category('plan'),
    base: columnOf(file, 'base'),
    prompt: columnOf(file, 'prompt_tokens'),
    completion: columnOf(file, 'completion_tokens'),
    generateMs: columnOf(file, 'generate_ms'),
    executeMs: columnOf(file, 'execute_ms'),
    program: columnOf(file, 'program_sha256'),
    entries: columnOf(file, 'entries'),
    cost: columnOf(file, 'cost_usd'),
    shared: columnOf(file, 'shared'),
    check: category('check'),
    verdict: category('verdict'),
    errorClass: category('error_class'),
    finishReason: category('finish_reason'),
    casesPassed: columnOf(file, 'cases_passed'),
    casesTotal: columnOf(file, 'cases_total'),
  };
}

function cellColumns(file: ColumnFile) {
  const category = (name: string): Category => new Category(columnOf(file, name));
  return {
    taskId: category('task_id'),
    domain: category('domain'),
    libraries: columnOf(file, 'libraries'),
    verdict: category('verdict'),
    errorClass: category('error_class'),
    fault: category('fault'),
    attempts: columnOf(file, 'attempts'),
    casesPassed: columnOf(file, 'cases_passed'),
    codeLines: columnOf(file, 'code_lines'),
    codeTokens: columnOf(file, 'code_tokens'),
    prompt: columnOf(file, 'prompt_tokens'),
    completion: columnOf(file, 'completion_tokens'),
    cached: columnOf(file, 'cached_tokens'),
    reasoning: columnOf(file, 'reasoning_tokens'),
    cost: columnOf(file, 'cost_usd'),
    generateMs: columnOf(file, 'generate_ms'),
    executeMs: columnOf(file, 'execute_ms'),
    startedAt: columnOf(file, 'started_at'),
    finishedAt: columnOf(file, 'finished_at'),
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
    const count = number(of.attempts, row);
    const rounds = walk.take(count);
    const final = finalOf(of.final, row, rounds);
    facts.arm = arm(row);
    facts.taskId = of.taskId.at(row) ?? '';
    facts.domain = of.domain.at(row) ?? '';
    facts.libraries = libraries(row);
    facts.verdict = (of.verdict.at(row) ?? 'unscored') as Verdict;
    facts.errorClass = of.errorClass.at(row) ?? '';
    facts.fault = of.fault.at(row);
    facts.finalAttempt = final;
    facts.casesPassed = number(of.casesPassed, row);
    facts.codeLines = final === null ? 0 : number(of.codeLines, row);
    facts.codeTokens = final === null ? 0 : number(of.codeTokens, row);
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
  facts.costUsd = isValid(of.cost, row) ? number(of.cost, row) : null;
  facts.generateMs = number(of.generateMs, row);
  facts.executeMs = number(of.executeMs, row);
  facts.startedAt = long(of.startedAt, row);
  facts.finishedAt = long(of.finishedAt, row);
}

function blankCell(): Writable<CellFacts> {
  const arm = { suite: '', model: '', strategy: '', feedback: '', rounds: 0 };
  const none = { fault: null, finalAttempt: null, cachedTokens: null, reasoningTokens: null, costUsd: null };
  const zero = { casesPassed: 0, codeLines: 0, codeTokens: 0, promptTokens: 0, completionTokens: 0, conditions: 0 };
  const times = { generateMs: 0, executeMs: 0, startedAt: 0, finishedAt: 0 };
  const texts = { taskId: '', domain: '', libraries: [], verdict: 'unscored', errorClass: '' } as const;
  return { arm, ...texts, ...none, ...zero, ...times, attempts: [] };
}

/** A sum over attempts; 0 without any, also where versions had no such column. */
function known(column: Column, row: number, attempts: number): number | null {
  if (isValid(column, row)) return long(column, row);
  return attempts === 0 ? 0 : null;
}

/** The attempt that was handed in. Versions that handed in the last one did not say so. */
function finalOf(final: Column | null, row: number, rounds: readonly AttemptFacts[]): number | null {
  const handedIn = final !== null && isValid(final, row) ? number(final, row) : null;
  let attempt: AttemptFacts | undefined = final === null ? rounds.at(-1) : undefined;
  if (handedIn !== null) for (const round of rounds) if (round.attempt === handedIn) attempt = round;
  return attempt === undefined || attempt.program === null ? null : attempt.attempt;
}
