import { ActivityFailure, ApplicationFailure, isCancellation, setCurrentDetails } from '@temporalio/workflow';
import { type Attempt, type Check, type Plan, turnRefs } from '../domain/attempt.js';
import { type Cell, concludeCell, paid, totals, type CellResult, type Ending, type Unscored } from '../domain/cell.js';
import { RETRY_RULES, type FailureType } from '../domain/failures.js';
import { usage } from '../domain/metrics.js';
import type { CellOutcome } from '../domain/progress.js';
import { STRATEGIES } from '../domain/strategies/registry.js';
import { upsertResult } from './search-attributes.js';
import { execute, generate, record, retrieve } from './steps.js';

/**
 * One cell: the strategy decides, activities act, and the result is recorded before the workflow ends.
 * A cell that ran out of retries is `unscored`; only cancellation leaves it without a row.
 */
export async function cellWorkflow(cell: Cell): Promise<CellOutcome> {
  const startedAt = Date.now();
  const attempts: Attempt[] = [];
  let ending: Ending;
  try {
    ending = { finalAttempt: await follow(cell, attempts), unscored: null };
  } catch (error) {
    if (isCancellation(error)) throw error;
    ending = { finalAttempt: null, unscored: asUnscored(error) };
  }
  const result = concludeCell(cell, attempts, { startedAt, finishedAt: Date.now() }, ending);
  await record(result);
  upsertResult(result);
  setCurrentDetails(describe(result));
  return { verdict: result.verdict, ...paid(attempts) };
}

/**
 * Runs the strategy to its end, and says which attempt is handed in; `attempts` grows, so that what was paid for is on record
 * even after a fault.
 */
async function follow(cell: Cell, attempts: Attempt[]): Promise<number | null> {
  const { strategy, hasExamples, libraries } = cell;
  const step = STRATEGIES[strategy.id];
  for (;;) {
    const action = step(strategy, { attempts, hasExamples, hasLibraries: libraries.length > 0 });
    if (action.do === 'finish') return action.attempt;
    if (action.do === 'generate') {
      attempts.push(await ask(cell, attempts, action.plan));
      continue;
    }
    const index = attempts.findIndex(({ attempt }) => attempt === action.attempt);
    const chosen = attempts[index];
    if (chosen === undefined) throw ApplicationFailure.nonRetryable(`there is no attempt ${action.attempt}`, 'Bug');
    attempts[index] =
      action.do === 'execute' ? await run(cell, chosen, action.check) : await lookUp(cell, chosen, action.query);
  }
}

/** The check whose runs the strategy may see. */
function visibleCheck({ strategy: { feedback } }: Cell): Check | null {
  return feedback === 'none' ? null : feedback;
}

async function ask(cell: Cell, attempts: readonly Attempt[], plan: Plan): Promise<Attempt> {
  const attempt = attempts.length + 1;
  const turns = turnRefs(attempts, plan, visibleCheck(cell));
  return { attempt, plan, generation: await generate({ cell, attempt, plan, turns }), executions: [] };
}

async function run(cell: Cell, chosen: Attempt, check: Check): Promise<Attempt> {
  const { attempt, generation, executions } = chosen;
  const { programSha256, finishReason } = generation;
  if (programSha256 === null) throw ApplicationFailure.nonRetryable(`attempt ${attempt} holds no program`, 'Bug');
  const execution = await execute({ cell, attempt, check, programSha256, finishReason });
  return { ...chosen, executions: [...executions, execution] };
}

async function lookUp(cell: Cell, chosen: Attempt, query: string | null): Promise<Attempt> {
  const { attempt, generation, executions, lookups = [] } = chosen;
  const reportSha256 = executions.findLast(({ check }) => check === visibleCheck(cell))?.reportSha256 ?? null;
  const lookup = await retrieve({ cell, attempt, query, programSha256: generation.programSha256, reportSha256 });
  return { ...chosen, lookups: [...lookups, lookup] };
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
  const { tokens } = totals(result.attempts);
  const { costUsd } = usage(result.attempts);
  const rounds = result.attempts.map(({ attempt, plan, generation, executions, lookups = [] }) => {
    const runs = executions.map(
      (run) =>
        `${run.check}: ${run.verdict} (${run.errorClass}${run.errorLine === null ? '' : `, line ${run.errorLine}`}), ` +
        `${run.casesPassed}/${run.casesTotal} cases, report ${run.reportSha256.slice(0, 12)}`,
    );
    const head = `${attempt}. ${generation.finishReason}, ${generation.completionTokens} tokens, answer ${generation.completionSha256.slice(0, 12)}`;
    const why = plan === undefined ? [] : [`${plan.action}: ${plan.reason}`];
    const found = lookups.map(({ entries }) => `looked up: ${entries.join(', ') || 'nothing found'}`);
    return [head, ...[...why, ...runs, ...found].map((line) => `   - ${line}`)].join('\n');
  });
  const verdict = `**${result.verdict}** (${result.errorClass}), ${tokens} tokens, ${costUsd === null ? 'cost unknown' : `${costUsd.toFixed(4)} USD`}`;
  return [verdict, ...(result.message === null ? [] : [result.message]), ...rounds].join('\n\n').slice(0, 3_500);
}
