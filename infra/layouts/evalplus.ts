import type { CellResult } from '../../domain/cell.js';
import { groupBy } from '../../domain/group-by.js';
import { finalAttempt } from '../../domain/metrics.js';
import type { BlobStore } from '../store/blobs.js';
import { bySample, type LayoutArm, type LayoutFile } from './layout.js';

/**
 * What EvalPlus writes for a model: `<name>.jsonl`, a solution a line, and beside it `<name>_eval_results.json`, from which
 * its own `evalplus.evaluate --samples <name>.jsonl` counts again. `pass` is a verified pass; everything else counts as a
 * failure there, unscored cells as well. The extra tests have a status where the suite has some.
 */
export async function evalPlusFiles({ name, results }: LayoutArm, blobs: BlobStore): Promise<LayoutFile[]> {
  const rows: { task_id: string; solution: string; status: string; hasExtra: boolean }[] = [];
  for (const result of bySample(results)) {
    const sha256 = finalAttempt(result)?.generation.programSha256 ?? null;
    const solution = sha256 === null ? '' : await blobs.get(sha256);
    const hasExtra = result.cell.suite.endsWith('plus');
    rows.push({ task_id: result.cell.taskId, solution, status: statusOf(result), hasExtra });
  }
  const byTask = groupBy(rows, ({ task_id: taskId }) => taskId);
  const tasks = [...byTask].map(([task, of]) => [
    task,
    of.map(({ task_id, solution, status, hasExtra }) => ({
      task_id,
      solution,
      base_status: status,
      plus_status: hasExtra ? status : null,
      base_fail_tests: [],
      plus_fail_tests: [],
    })),
  ]);
  const date = new Date(Math.max(...results.map(({ finishedAt }) => finishedAt))).toISOString();
  const document = { date: date.slice(0, 16).replace('T', ' '), hash: '', eval: Object.fromEntries(tasks) as object };
  const samples = rows.map(({ task_id, solution }) => `${JSON.stringify({ task_id, solution })}\n`).join('');
  return [
    { name: `${name}.jsonl`, text: samples },
    { name: `${name}_eval_results.json`, text: `${JSON.stringify(document)}\n` },
  ];
}

function statusOf({ verdict, errorClass }: CellResult): string {
  if (verdict === 'pass') return 'pass';
  return errorClass === 'cpu-time' || errorClass === 'wall-time' ? 'timeout' : 'fail';
}
