import { type AttemptFacts, isTry, seenClass } from '../../domain/cell-facts.js';
import type { ColumnFile } from './column-file.js';
import { Category, columnOf, flag, hexNumber, ints, isValid, number, reals, textsOf } from './column-values.js';

/** Columns of `attempts` that figures are made of. */
export const ATTEMPT_FACTS: ReadonlySet<string> = new Set(
  (
    'action attempt finish_reason error_class program_sha256 prompt_tokens completion_tokens generate_ms ' +
    'execute_ms check verdict cases_total cases_passed plan base tool entries cost_usd shared'
  ).split(' '),
);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Goes through the rows of `attempts`, which stand in the order of their cells: each cell's generations one after the other. */
export class AttemptWalk {
  readonly #rows: number;
  readonly #of: ReturnType<typeof attemptColumns>;
  readonly #pool: Writable<AttemptFacts>[] = [];
  readonly #takes: Writable<AttemptFacts>[][] = [];
  #row = 0;

  constructor(file: ColumnFile) {
    this.#rows = file.rows;
    this.#of = attemptColumns(file);
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
    const { action, generate, execute } = this.#of;
    const first = this.#row;
    if (action[first] !== generate) throw new Error('attempts are not those of the cells');
    this.#setGeneration(facts, first);
    let seen = -1;
    let row = first + 1;
    for (; row < this.#rows && action[row] !== generate; row += 1) {
      if (action[row] === execute) {
        if (seen < 0) seen = row;
        this.#addRun(facts, row);
      } else this.#addLookup(facts, row);
    }
    this.#row = row;
    const { errorClass, finishReason, casesPassed, casesTotal, tool } = this.#of;
    facts.wasRun = seen >= 0;
    facts.isTry = isTry(isValid(tool, first), facts.program >= 0, facts.wasRun);
    // The strategy saw the first run.
    facts.errorClass = seenClass(seen < 0 ? undefined : errorClass.word(seen), finishReason.word(first));
    facts.cases = seen < 0 ? 0 : (casesPassed[seen] ?? 0) / Math.max(1, casesTotal[seen] ?? 0);
  }

  #setGeneration(facts: Writable<AttemptFacts>, row: number): void {
    const of = this.#of;
    facts.attempt = of.attempt[row] ?? 0;
    facts.action = of.plan.at(row) ?? 'chat';
    facts.base = isValid(of.base, row) ? number(of.base, row) : 0;
    facts.tokens = (of.prompt[row] ?? 0) + (of.completion[row] ?? 0);
    facts.ms = of.generateMs[row] ?? 0;
    facts.costUsd = isValid(of.cost, row) ? number(of.cost, row) : Number.NaN;
    facts.shared = flag(of.shared, row);
    facts.program = isValid(of.program, row) ? hexNumber(of.program, row) : -1;
    facts.lookups = facts.emptyLookups = facts.runs = facts.passes = 0;
  }

  #addRun(facts: Writable<AttemptFacts>, row: number): void {
    const { check, tests, verdict, pass, executeMs } = this.#of;
    facts.ms += executeMs[row] ?? 0;
    if (check[row] !== tests) return;
    if (verdict[row] === pass) facts.passes |= 1 << facts.runs;
    facts.runs += 1;
  }

  #addLookup(facts: Writable<AttemptFacts>, row: number): void {
    facts.lookups += 1;
    if (textsOf(this.#of.entries, row) === 0) facts.emptyLookups += 1;
  }
}

/** Numbers that may be no small integers are none at first: the object keeps its shape. */
function blank(): Writable<AttemptFacts> {
  const { NaN: none } = Number;
  return {
    attempt: 0,
    errorClass: '',
    cases: none,
    action: '',
    base: 0,
    wasRun: false,
    isTry: true,
    tokens: 0,
    ms: none,
    costUsd: none,
    shared: false,
    lookups: 0,
    emptyLookups: 0,
    program: none,
    runs: 0,
    passes: 0,
  };
}

/** Columns that every row of an action has are taken as bare arrays, categories of them by the number of a word. */
function attemptColumns(file: ColumnFile) {
  const category = (name: string): Category => new Category(columnOf(file, name));
  const [action, check, verdict] = [category('action'), category('check'), category('verdict')];
  return {
    action: action.indices,
    generate: action.words.indexOf('generate'),
    execute: action.words.indexOf('execute'),
    check: check.indices,
    tests: check.words.indexOf('tests'),
    verdict: verdict.indices,
    pass: verdict.words.indexOf('pass'),
    attempt: ints(file, 'attempt'),
    plan: category('plan'),
    base: columnOf(file, 'base'),
    tool: columnOf(file, 'tool'),
    prompt: ints(file, 'prompt_tokens'),
    completion: ints(file, 'completion_tokens'),
    generateMs: reals(file, 'generate_ms'),
    executeMs: reals(file, 'execute_ms'),
    program: columnOf(file, 'program_sha256'),
    entries: columnOf(file, 'entries'),
    cost: columnOf(file, 'cost_usd'),
    shared: columnOf(file, 'shared'),
    errorClass: category('error_class'),
    finishReason: category('finish_reason'),
    casesPassed: ints(file, 'cases_passed'),
    casesTotal: ints(file, 'cases_total'),
  };
}
