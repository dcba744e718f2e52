import type { Generation, Plan } from '../../domain/attempt.js';
import type { CellResult } from '../../domain/cell.js';
import { groupBy } from '../../domain/group-by.js';
import { decisiveExecution, finalAttempt, usage } from '../../domain/metrics.js';
import { labelOf } from '../../domain/strategies/strategy.js';
import { cellResultSchema } from '../parse/journal-line.js';
import { camelKeys, snakeKeys } from './names.js';
import type { AttemptRow, CellRow } from './schema.js';

/** The row of a cell: what it is, how it ended, and sums over its attempts. */
export function cellRow({ cell, attempts, ...ending }: CellResult): CellRow {
  const { strategy, ...plain } = cell;
  const result = { cell, attempts, ...ending };
  const decisive = decisiveExecution(result);
  const final = finalAttempt(result);
  const shown = (final ?? attempts.at(-1))?.generation;
  return {
    ...snakeKeys(plain),
    strategy: labelOf(strategy),
    feedback: strategy.feedback,
    rounds: strategy.rounds,
    strategy_settings: JSON.stringify(strategy),
    ...snakeKeys(ending),
    // Journals of earlier versions do not say it.
    final_attempt: ending.finalAttempt === undefined ? (final?.attempt ?? null) : ending.finalAttempt,
    cases_total: decisive?.casesTotal ?? null,
    cases_passed: decisive?.casesPassed ?? null,
    asserts: decisive?.asserts ?? null,
    attempts: attempts.length,
    ...snakeKeys(usage(attempts)),
    program_sha256: shown?.programSha256 ?? null,
    code_lines: shown?.codeLines ?? null,
    code_tokens: shown?.codeTokens ?? null,
  };
}

/** The rows of a cell's actions: of each attempt the generation, the runs, the look-ups. */
export function attemptRows({ cell, attempts }: CellResult): AttemptRow[] {
  const { strategy, ...plain } = cell;
  const identity = { ...snakeKeys(plain), strategy: labelOf(strategy), feedback: strategy.feedback };
  return attempts.flatMap(({ attempt, plan, generation, executions, lookups = [] }) => [
    { ...identity, attempt, action: 'generate', ...generationColumns(generation), ...planColumns(plan) },
    ...executions.map((execution) => ({
      ...identity,
      attempt,
      action: 'execute',
      ...snakeKeys(execution),
      fault: execution.fault ?? null,
    })),
    ...lookups.map(({ ms, ...lookup }) => ({
      ...identity,
      attempt,
      action: 'retrieve',
      ...snakeKeys(lookup),
      retrieve_ms: ms,
      // Whoever was asked, the worker of the run before it looked up.
      worker: executions.at(-1)?.worker ?? generation.worker,
    })),
  ]);
}

function generationColumns({ tool, ...generation }: Generation) {
  return { ...snakeKeys(generation), tool: tool?.name ?? null, query: tool?.query ?? null };
}

function planColumns(plan: Plan | undefined) {
  const { action = null, ...rest } = plan ?? {};
  return { plan: action, ...rest };
}

/** A row as it comes out of a file: not checked yet. */
type RawRow = Readonly<Record<string, unknown>>;

/**
 * The results that were written as these rows (the inverse of `cellRow` and `attemptRows`), in the order of the cells.
 * Sums are left aside: they follow from the attempts. Throws zod's error where a value is not what it should be.
 */
export function resultsOf(cells: readonly RawRow[], attempts: readonly RawRow[]): CellResult[] {
  const actions = groupBy(attempts, (row) => row['cell_id']);
  return cells.map((row) => {
    const fields = camelKeys(row);
    const { strategy: id, feedback, rounds, strategy_settings: settings } = row;
    const strategy: unknown = typeof settings === 'string' ? JSON.parse(settings) : { id, feedback, rounds };
    const result = {
      ...fields,
      cell: { ...fields, strategy },
      attempts: attemptsOf(actions.get(row['cell_id']) ?? []),
    };
    return cellResultSchema.parse(result);
  });
}

function attemptsOf(rows: readonly RawRow[]) {
  return [...groupBy(rows, (row) => row['attempt'])].map(([attempt, actions]) => {
    const of = (action: string): Record<string, unknown>[] =>
      actions.filter((row) => row['action'] === action).map(camelKeys);
    const lookups = of('retrieve').map(({ retrieveMs: ms, ...lookup }) => ({ ...lookup, ms }));
    return {
      attempt,
      ...generationOf(of('generate')[0] ?? {}),
      executions: of('execute'),
      ...(lookups.length === 0 ? {} : { lookups }),
    };
  });
}

function generationOf({ tool: name, query, plan: action, ...fields }: Record<string, unknown>) {
  const tool = typeof name === 'string' ? { tool: { name, query } } : {};
  return { generation: { ...fields, ...tool }, ...(typeof action === 'string' ? { plan: { ...fields, action } } : {}) };
}
