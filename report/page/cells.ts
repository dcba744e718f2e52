import type { CellResult } from '../../domain/cell.js';
import { decisiveExecution, usage } from '../../domain/metrics.js';
import type { Arm } from '../arms.js';
import type { CellColumns, TaskFacts } from './data.js';

/** The facts that the page's table shows of each cell. */
export function cellColumns(
  results: readonly CellResult[],
  arms: readonly Arm[],
  tasks: readonly TaskFacts[],
): CellColumns {
  const armOf = new Map(arms.flatMap((arm, at) => arm.results.map((result): [CellResult, number] => [result, at])));
  const taskOf = new Map(tasks.map(({ suite, id }, at) => [`${suite}\n${id}`, at]));
  const used = results.map(({ attempts }) => usage(attempts));
  const runs = results.map(decisiveExecution);
  return {
    id: results.map(({ cell }) => cell.cellId),
    task: results.map(({ cell }) => taskOf.get(`${cell.suite}\n${cell.taskId}`) ?? 0),
    arm: results.map((result) => armOf.get(result) ?? 0),
    sample: results.map(({ cell }) => cell.sample),
    verdict: results.map(({ verdict }) => verdict),
    errorClass: results.map(({ errorClass }) => errorClass),
    fault: results.map(({ fault }) => fault),
    attempts: results.map(({ attempts }) => attempts.length),
    passed: runs.map((run) => run?.casesPassed ?? null),
    cases: runs.map((run) => run?.casesTotal ?? null),
    tokens: used.map(({ promptTokens, completionTokens }) => promptTokens + completionTokens),
    cost: used.map(({ costUsd }) => costUsd),
    ms: used.map(({ generateMs, executeMs }) => Math.round(generateMs + executeMs)),
  };
}
