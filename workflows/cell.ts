import { ActivityFailure, ApplicationFailure, isCancellation, setCurrentDetails } from '@temporalio/workflow';
import { type Attempt, turnRefs } from '../domain/attempt.js';
import { type Cell, concludeCell, totals, type CellResult, type Unscored } from '../domain/cell.js';
import { RETRY_RULES, type FailureType } from '../domain/failures.js';
import type { CellOutcome } from '../domain/progress.js';
import { STRATEGIES } from '../domain/strategies/registry.js';
import { upsertResult } from './search-attributes.js';
import { execute, generate, record } from './steps.js';

/**
 * One cell: the strategy decides, activities act, and the result is recorded before the workflow ends.
 * A cell that ran out of retries is `unscored`; only cancellation leaves it without a row.
 */
export async function cellWorkflow(cell: Cell): Promise<CellOutcome> {
  const startedAt = Date.now();
  const attempts: Attempt[] = [];
  let unscored: Unscored | null = null;
  try {
    await follow(cell, attempts);
  } catch (error) {
    if (isCancellation(error)) throw error;
    unscored = asUnscored(error);
  }
  const result = concludeCell(cell, attempts, { startedAt, finishedAt: Date.now() }, unscored);
  await record(result);
  upsertResult(result);
  setCurrentDetails(describe(result));
  return { verdict: result.verdict, ...totals(attempts) };
}

/** Runs the strategy to its end; `attempts` grows, so that what was paid for is on record even after a fault. */
async function follow(cell: Cell, attempts: Attempt[]): Promise<void> {
  const { strategy, hasExamples } = cell;
  const step = STRATEGIES[strategy.id];
  const visible = strategy.feedback === 'none' ? null : strategy.feedback;
  for (;;) {
    const action = step(strategy, { attempts, hasExamples });
    if (action.do === 'finish') return;
    if (action.do === 'generate') {
      const attempt = attempts.length + 1;
      const generation = await generate({ cell, attempt, turns: turnRefs(attempts, visible) });
      attempts.push({ attempt, generation, executions: [] });
      continue;
    }
    const last = attempts.at(-1);
    if (last === undefined || last.generation.programSha256 === null) {
      throw ApplicationFailure.nonRetryable(`strategy ${strategy.id} asks to run a program that there is not`, 'Bug');
    }
    const { attempt, generation } = last;
    const { finishReason } = generation;
    const execution = await execute({
      cell,
      attempt,
      check: action.check,
      programSha256: last.generation.programSha256,
      finishReason,
    });
    attempts[attempts.length - 1] = { attempt, generation, executions: [...last.executions, execution] };
  }
}

function asUnscored(error: unknown): Unscored {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const message = (cause instanceof Error ? cause.message : String(cause)).slice(0, 500);
  const type = cause instanceof ApplicationFailure ? cause.type : null;
  if (type !== null && type !== undefined && type in RETRY_RULES) {
    const { errorClass, fault } = RETRY_RULES[type as FailureType];
    return { errorClass, fault, message };
  }
  const isModel = error instanceof ActivityFailure && error.activityType === 'generate';
  return { errorClass: isModel ? 'model-unavailable' : 'sandbox-unavailable', fault: 'infrastructure', message };
}

/** For the operator who opens the cell in Temporal's UI. */
function describe(result: CellResult): string {
  const { tokens, costUsd } = totals(result.attempts);
  const rounds = result.attempts.map(({ attempt, generation, executions }) => {
    const runs = executions.map(
      (run) =>
        `${run.check}: ${run.verdict} (${run.errorClass}${run.errorLine === null ? '' : `, line ${run.errorLine}`}), ` +
        `${run.casesPassed}/${run.casesTotal} cases, report ${run.reportSha256.slice(0, 12)}`,
    );
    const head = `${attempt}. ${generation.finishReason}, ${generation.completionTokens} tokens, answer ${generation.completionSha256.slice(0, 12)}`;
    return [head, ...runs.map((run) => `   - ${run}`)].join('\n');
  });
  const verdict = `**${result.verdict}** (${result.errorClass}), ${tokens} tokens, ${costUsd.toFixed(4)} USD`;
  return [verdict, ...(result.message === null ? [] : [result.message]), ...rounds].join('\n\n').slice(0, 3_500);
}
