import { basename } from 'node:path';
import type { WantedRecord } from '../../domain/build/record.js';
import { UserError } from '../errors.js';
import { readJsonLines } from '../datasets/jsonl.js';
import { recordLineSchema } from '../parse/record-line.js';

/**
 * The records of a file: one JSON object a line, zipped or not, with the fields of this project's own format or of APIBench.
 * Throws UserError (exit 2) with file, line and field, also for an id that stands twice.
 */
export async function readRecordsFile(file: string): Promise<WantedRecord[]> {
  const lines = await readJsonLines(file, recordLineSchema);
  const seen = new Map<string, string>();
  return lines.map(({ where, number, value }) => {
    const first = seen.get(value.id);
    if (first !== undefined) {
      throw new UserError(`${where}: field "id": "${value.id}" stands twice, first in ${first}`, {
        hint: 'Give each record an id of its own; it becomes the id of its task.',
        exitCode: 2,
      });
    }
    seen.set(value.id, where);
    // Not the whole path: it goes into the finished file.
    return { ...value, source: `${basename(file)}, line ${number}` };
  });
}
