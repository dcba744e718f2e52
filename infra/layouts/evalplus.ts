import type { CellResult } from '../../domain/cell.js';
import { groupBy } from '../../domain/group-by.js';
import { decisiveExecution, finalAttempt } from '../../domain/metrics.js';
import type { BlobStore } from '../store/blobs.js';
import { bySample, greatest, type LayoutArm, type LayoutFile } from './layout.js';

/**
 * What EvalPlus writes for a model: `<name>.jsonl`, a solution a line, and beside it `<name>_eval_results.json`, from which
 * its own `evalplus.evaluate --samples <name>.jsonl` counts again. `pass` is a verified pass; everything else counts as a
 * failure there, unscored cells as well. The extra tests have a status where the suite has some: its first case is then
 * the base inputs, which a program that failed later has passed.
 */
export function evalPlusFiles({ name, results }: LayoutArm, blobs: BlobStore): LayoutFile[] {
  const sorted = bySample(results);
  return [
    { name: `${name}.jsonl`, texts: samplesText(sorted, blobs) },
    { name: `${name}_eval_results.json`, texts: verdictsText(sorted, blobs) },
  ];
}

async function* samplesText(results: readonly CellResult[], blobs: BlobStore): AsyncGenerator<string> {
  for (const result of results) {
    yield `${JSON.stringify({ task_id: result.cell.taskId, solution: await solutionOf(result, blobs) })}\n`;
  }
}

/** One document, task by task. */
async function* verdictsText(results: readonly CellResult[], blobs: BlobStore): AsyncGenerator<string> {
  const at = new Date(greatest(results.map(({ finishedAt }) => finishedAt))).toISOString();
  yield `{"date":"${at.slice(0, 16).replace('T', ' ')}","hash":"","eval":{`;
  let before = '';
  for (const [taskId, of] of groupBy(results, ({ cell }) => cell.taskId)) {
    const rows: object[] = [];
    for (const result of of) {
      const solution = await solutionOf(result, blobs);
      rows.push({ task_id: taskId, solution, ...statusesOf(result), base_fail_tests: [], plus_fail_tests: [] });
    }
    yield `${before}${JSON.stringify(taskId)}:${JSON.stringify(rows)}`;
    before = ',';
  }
  yield '}}\n';
}

async function solutionOf(result: CellResult, blobs: BlobStore): Promise<string> {
  const sha256 = finalAttempt(result)?.generation.programSha256 ?? null;
  return sha256 === null ? '' : blobs.get(sha256);
}

function statusesOf(result: CellResult): { base_status: string; plus_status: string | null } {
  const status = statusOf(result);
  if (!result.cell.suite.endsWith('plus')) return { base_status: status, plus_status: null };
  const passedBase = result.verdict === 'fail' && (decisiveExecution(result)?.casesPassed ?? 0) >= 1;
  return { base_status: passedBase ? 'pass' : status, plus_status: status };
}

function statusOf({ verdict, errorClass }: CellResult): string {
  if (verdict === 'pass') return 'pass';
  return errorClass === 'cpu-time' || errorClass === 'wall-time' ? 'timeout' : 'fail';
}
