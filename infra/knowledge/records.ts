import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../errors.js';
import { type Entry, parseRecord } from '../parse/knowledge.js';

const GZIP = 0x1f;

/**
 * The API records of a file of the user's (JSON Lines, also gzipped; APIBench's fields). Throws UserError (exit 2) for a
 * file that can't be read or holds none.
 */
export async function readRecords(file: string): Promise<Entry[]> {
  let text: string;
  try {
    const bytes = await readFile(file);
    text = (bytes[0] === GZIP ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    const hint = 'Name a file of JSON Lines, gzipped or not, in AICODEREVAL_API_RECORDS or with --records.';
    throw new UserError(`The API records ${file} cannot be read.`, { hint, exitCode: 2, cause });
  }
  const entries = text.split('\n').flatMap((line) => parseRecord(line) ?? []);
  if (entries.length > 0) return entries;
  throw new UserError(`${file} holds no API records.`, {
    hint: 'Each line is a JSON object with api_name, and with api_call, functionality, framework, description where known.',
    exitCode: 2,
  });
}
