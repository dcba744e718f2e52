import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { z } from 'zod';
import { UserError } from '../errors.js';
import { tryJson } from '../parse/json.js';

/** A line of a JSONL file that fits its schema. */
export interface JsonLine<T> {
  /** From 1. */
  readonly line: number;
  readonly value: T;
}

const HINT = 'Correct that line; of a suite, leave `file` out to use the published data.';

/**
 * Reads a file of one JSON object a line, gzip-compressed or not (told by its first bytes), and checks each line.
 * Blank lines are skipped. Throws UserError (exit 2) naming file, line and field of the first fault.
 */
export async function readJsonLines<T>(file: string, schema: z.ZodType<T>): Promise<JsonLine<T>[]> {
  const lines: JsonLine<T>[] = [];
  const text = (await readText(file)).replace(/^\uFEFF/, '');
  for (const [index, raw] of text.split('\n').entries()) {
    if (raw.trim() === '') continue;
    lines.push({ line: index + 1, value: parseLine(raw, schema, file, index + 1) });
  }
  if (lines.length > 0) return lines;
  throw new UserError(`${file} holds no lines.`, { hint: 'Give a file with one JSON object a line.', exitCode: 2 });
}

/** The error for what is wrong in one line; `field` is null if the line as a whole is. */
export function lineError(file: string, line: number, field: string | null, problem: string): UserError {
  const place = field === null ? '' : ` field "${field}":`;
  return new UserError(`${file}, line ${line}:${place} ${problem}`, { hint: HINT, exitCode: 2 });
}

function parseLine<T>(raw: string, schema: z.ZodType<T>, file: string, line: number): T {
  const json = tryJson(raw);
  if (json === undefined) throw lineError(file, line, null, 'is not valid JSON');
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw lineError(file, line, field === '' ? null : field, issue?.message ?? 'does not fit');
}

async function readText(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return new TextDecoder('utf-8', { fatal: true }).decode(isGzip ? await promisify(gunzip)(bytes) : bytes);
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`, {
      hint: 'Give the path of a .jsonl or .jsonl.gz file in UTF-8.',
      exitCode: 2,
      cause: error,
    });
  }
}
