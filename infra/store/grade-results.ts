import { basename, join } from 'node:path';
import type { GradeRow } from '../../domain/grade.js';
import { encode } from '../arrow/codec.js';
import { snakeKeys } from '../arrow/names.js';
import { VERDICTS } from '../arrow/schema.js';
import { atomicWrite } from '../fs.js';
import { joined } from '../pieces.js';

/**
 * Writes what grading came to into a folder: `verdicts.arrow` (a row a program), `summary.json`, and
 * `<samples>_results.jsonl` with a line for each line of the samples file, in HumanEval's words.
 */
export async function writeGradeResults(
  folder: string,
  samples: string,
  rows: readonly GradeRow[],
  summary: object,
): Promise<void> {
  await atomicWrite(
    join(folder, 'verdicts.arrow'),
    encode(
      VERDICTS,
      rows.map((row) => snakeKeys({ ...row })),
    ),
  );
  await atomicWrite(join(folder, `${basename(samples)}_results.jsonl`), joined(rows.map(resultLine)));
  await atomicWrite(join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
}

function resultLine({ taskId, line, verdict, message, errorClass, fault, endOfRun }: GradeRow): string {
  const result = verdict === 'pass' ? 'passed' : `failed: ${message ?? errorClass}`;
  const facts = { verdict, fault, error_class: errorClass, end_of_run: endOfRun };
  return `${JSON.stringify({ task_id: taskId, line, passed: verdict === 'pass', result, ...facts })}\n`;
}
