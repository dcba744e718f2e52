import type { ArmIdentity, CellFacts } from '../domain/cell-facts.js';
import { add, EMPTY_TALLY, type Tally as Progress } from '../domain/progress.js';
import { PairCounts } from './pair-counts.js';
import type { Tally } from './paired.js';
import { RepairTally } from './repair.js';
import { RerunTally } from './rerun-tally.js';

/** What is counted of a task's samples. */
interface TaskTally {
  readonly domain: string;
  readonly libraries: readonly string[];
  n: number;
  judged: number;
  passed: number;
}

/** Everything that a sweep's figures are made of, counted cell by cell, in memory that grows with tasks and not with cells. */
export class SweepTally {
  readonly #arms = new Map<string, ArmTally>();
  /** Readers give the cells of an arm one identity: to find it takes no text to be put together. */
  readonly #known = new Map<ArmIdentity, ArmTally>();

  /** What the sweep paid: without the answers that another cell had paid for. */
  readonly paid = { tokens: 0, costUsd: 0 };

  add(cell: CellFacts): void {
    (this.#known.get(cell.arm) ?? this.#armOf(cell.arm)).add(cell);
    for (const { shared, tokens, costUsd } of cell.attempts) {
      if (shared) continue;
      this.paid.tokens += tokens;
      if (costUsd > 0) this.paid.costUsd += costUsd;
    }
  }

  /** Finished cells by verdict, and what they paid. */
  progress(): Progress {
    const each = this.arms().map(({ verdicts }) => ({ ...verdicts, tokens: 0, costUsd: 0 }));
    return each.reduce<Progress>(add, { ...EMPTY_TALLY, ...this.paid });
  }

  /** The arms by suite, model, strategy, feedback and rounds. */
  arms(): ArmTally[] {
    const names = [...this.#arms.keys()].sort();
    return names.flatMap((name) => this.#arms.get(name) ?? []);
  }

  #armOf(identity: ArmIdentity): ArmTally {
    const { suite, model, strategy, feedback, rounds } = identity;
    const name = [suite, model, strategy, feedback, String(rounds).padStart(9, '0')].join('\n');
    const arm = this.#arms.get(name) ?? new ArmTally(identity);
    this.#arms.set(name, arm);
    this.#known.set(identity, arm);
    return arm;
  }
}

/** One suite x model x strategy with its settings. */
export class ArmTally {
  readonly identity: ArmIdentity;
  readonly #tasks = new Map<string, TaskTally>();
  /** The same by name, made when it is asked for: for every kind of work and every library. */
  #sorted: readonly TaskTally[] = [];
  readonly verdicts = { pass: 0, fail: 0, unverified: 0, unscored: 0 };
  /** Of what did not pass, by error class and fault ("" for none). */
  readonly failures = new PairCounts();
  readonly repair = new RepairTally();
  readonly reruns = new RerunTally();
  cells = 0;
  /** Failed since no answer held code that could be handed in. */
  codeless = 0;
  /** At least one case passed. What an unverified run claims of its cases does not count. */
  anyPassed = 0;
  /** Of the programs that were handed in. */
  readonly code = { programs: 0, lines: 0, tokens: 0 };
  /** NaN once one of the cells is not known. */
  readonly used = {
    prompt: 0,
    completion: 0,
    cached: 0,
    reasoning: 0,
    cost: 0,
    generateMs: 0,
    executeMs: 0,
  };
  firstStarted = Number.POSITIVE_INFINITY;
  lastFinished = Number.NEGATIVE_INFINITY;

  constructor(identity: ArmIdentity) {
    this.identity = identity;
  }

  add(cell: CellFacts): void {
    const { verdict } = cell;
    this.cells += 1;
    this.verdicts[verdict] += 1;
    if (verdict !== 'pass') this.failures.add(cell.errorClass, cell.fault ?? '');
    if (verdict === 'fail' && cell.finalAttempt === 0) this.codeless += 1;
    if (verdict === 'pass' || (verdict === 'fail' && cell.casesPassed > 0)) this.anyPassed += 1;
    if (cell.finalAttempt !== 0) {
      this.code.programs += 1;
      this.code.lines += cell.codeLines;
      this.code.tokens += cell.codeTokens;
    }
    this.#addTask(cell);
    this.#addUsage(cell);
    this.repair.add(cell);
    this.reruns.add(cell);
  }

  /**
   * Samples and passes of each task, or of its judged samples, in the order of the tasks' names: the bootstrap's draws
   * depend on the order. With `has`, of the tasks that it is true of.
   */
  tallies(of: 'all' | 'judged', has: (task: Pick<TaskTally, 'domain' | 'libraries'>) => boolean = () => true): Tally[] {
    const tasks = this.#byName().filter(has);
    const counts = tasks.map(({ n, judged, passed }) => ({ n: of === 'all' ? n : judged, c: passed }));
    return counts.filter(({ n }) => n > 0);
  }

  #byName(): readonly TaskTally[] {
    if (this.#sorted.length !== this.#tasks.size) {
      this.#sorted = [...this.#tasks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, task]) => task);
    }
    return this.#sorted;
  }

  /** Kinds of work and libraries of the tasks. */
  tasks(): Iterable<Pick<TaskTally, 'domain' | 'libraries'>> {
    return this.#tasks.values();
  }

  #addTask({ taskId, domain, libraries, verdict }: CellFacts): void {
    let task = this.#tasks.get(taskId);
    if (task === undefined) this.#tasks.set(taskId, (task = { domain, libraries, n: 0, judged: 0, passed: 0 }));
    task.n += 1;
    if (verdict !== 'unscored') task.judged += 1;
    if (verdict === 'pass') task.passed += 1;
  }

  #addUsage(cell: CellFacts): void {
    const { used } = this;
    used.prompt += cell.promptTokens;
    used.completion += cell.completionTokens;
    used.cached += cell.cachedTokens;
    used.reasoning += cell.reasoningTokens;
    used.cost += cell.costUsd;
    used.generateMs += cell.generateMs;
    used.executeMs += cell.executeMs;
    this.firstStarted = Math.min(this.firstStarted, cell.startedAt);
    this.lastFinished = Math.max(this.lastFinished, cell.finishedAt);
  }
}
