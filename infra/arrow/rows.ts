import type { CellResult } from '../../domain/cell.js';
import { groupBy } from '../../domain/group-by.js';
import { decisiveExecution, usage } from '../../domain/metrics.js';
import { cellResultSchema } from '../parse/journal-line.js';
import { camelKeys, snakeKeys } from './names.js';
import type { AttemptRow, CellRow } from './schema.js';

/** The row of a cell: what it is, how it ended, and sums over its attempts. */
export function cellRow({ cell, attempts, ...ending }: CellResult): CellRow {
  const { strategy, ...plain } = cell;
  const decisive = decisiveExecution({ cell, attempts, ...ending });
  const last = attempts.at(-1)?.generation;
  return {
    ...snakeKeys(plain),
    strategy: strategy.id,
    feedback: strategy.feedback,
    rounds: strategy.rounds,
    ...snakeKeys(ending),
    cases_total: decisive?.casesTotal ?? null,
    cases_passed: decisive?.casesPassed ?? null,
    asserts: decisive?.asserts ?? null,
    attempts: attempts.length,
    ...snakeKeys(usage(attempts)),
    program_sha256: last?.programSha256 ?? null,
    code_lines: last?.codeLines ?? null,
    code_tokens: last?.codeTokens ?? null,
  };
}

/** The rows of a cell's actions, in the order in which they happened. */
export function attemptRows({ cell, attempts }: CellResult): AttemptRow[] {
  const { strategy, ...plain } = cell;
  const identity = { ...snakeKeys(plain), strategy: strategy.id, feedback: strategy.feedback };
  return attempts.flatMap(({ attempt, generation, executions }) => [
    { ...identity, attempt, action: 'generate', ...snakeKeys(generation) },
    ...executions.map((execution) => ({
      ...identity,
      attempt,
      action: 'execute',
      ...snakeKeys(execution),
      fault: execution.fault ?? null,
    })),
  ]);
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
    const strategy = { id: row['strategy'], feedback: row['feedback'], rounds: row['rounds'] };
    const result = {
      ...fields,
      cell: { ...fields, strategy },
      attempts: attemptsOf(actions.get(row['cell_id']) ?? []),
    };
    return cellResultSchema.parse(result);
  });
}

function attemptsOf(rows: readonly RawRow[]) {
  return [...groupBy(rows, (row) => row['attempt'])].map(([attempt, actions]) => ({
    attempt,
    generation: actions.filter((row) => row['action'] === 'generate').map(camelKeys)[0],
    executions: actions.filter((row) => row['action'] === 'execute').map(camelKeys),
  }));
}
