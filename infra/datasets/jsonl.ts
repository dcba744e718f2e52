import type { z } from 'zod';
import type { Task } from '../../domain/task.js';
import { UserError } from '../errors.js';
import { tryJson } from '../parse/json.js';
import { readText } from '../read-text.js';
import type { LoadedSuite, Unusable } from './dataset.js';

/** An object of a file of tasks that fits its schema. */
export interface JsonLine<T> {
  /** File and line, for messages; the number of the entry in a file that is one JSON list. */
  readonly where: string;
  /** Of the line or entry, from 1. */
  readonly number: number;
  readonly value: T;
  /** As written: Python tells 1.0 from 1 and knows NaN, JavaScript does not. */
  readonly raw: string;
}

/** Why a well-formed line can't be used. */
export interface Flaw extends Pick<Unusable, 'why' | 'text'> {
  readonly field: string;
}

const HINT = 'Correct that line; of a suite, leave `file` out to use the published data.';

/**
 * Reads a file of one JSON object a line, or of one JSON list of objects, gzip-compressed or not (told by its first bytes), and
 * checks each. Blank lines are skipped; the bare NaN and Infinity that Python writes are let pass, as null.
 * Throws UserError (exit 2) naming file, line and field of the first fault.
 */
export async function readJsonLines<T>(file: string, schema: z.ZodType<T>): Promise<JsonLine<T>[]> {
  const text = (await textOf(file)).replace(/^\uFEFF/, '');
  const lines = (listOf(text, file) ?? linesOf(text, file)).map((line) => checkLine(line, schema));
  if (lines.length > 0) return lines;
  throw new UserError(`${file} holds no lines.`, { hint: 'Give a file with one JSON object a line.', exitCode: 2 });
}

/**
 * A suite from a file of one task a line. `toTask` gives the task, or says why the line can't be used;
 * `idField` is what the file calls `task_id`.
 * Throws UserError (exit 2) for a malformed line, an id that stands twice, a file without any task that can be used.
 */
export async function loadLines<T extends { readonly task_id: string | number }>(
  file: string,
  schema: z.ZodType<T>,
  toTask: (line: JsonLine<T>) => Task | Flaw,
  idField = 'task_id',
): Promise<LoadedSuite> {
  const seen = new Map<string | number, string>();
  const tasks: Task[] = [];
  const unusable: Unusable[] = [];
  for (const line of await readJsonLines(file, schema)) {
    const id = line.value.task_id;
    const first = seen.get(id);
    if (first !== undefined) throw lineError(line.where, idField, `"${id}" stands twice, first in ${first}`);
    seen.set(id, line.where);
    const made = toTask(line);
    if ('taskId' in made) tasks.push(made);
    else {
      const { field, ...flaw } = made;
      unusable.push({ taskId: String(id), where: `${line.where}, field "${field}"`, ...flaw });
    }
  }
  const [flaw] = unusable;
  if (tasks.length > 0 || flaw === undefined) return { tasks, unusable };
  throw new UserError(`${file} holds no task that can be used. ${flaw.where}: ${flaw.why}`, {
    hint: 'Is it the right file for this suite? docs/suites.md lists the fields.',
    exitCode: 2,
  });
}

/** The error for what is wrong in one line; `field` is null if the line as a whole is. */
function lineError(where: string, field: string | null, problem: string): UserError {
  const place = field === null ? '' : ` field "${field}":`;
  return new UserError(`${where}:${place} ${problem}`, { hint: HINT, exitCode: 2 });
}

function linesOf(text: string, file: string): JsonLine<unknown>[] {
  return text.split('\n').flatMap((raw, index) => {
    if (raw.trim() === '') return [];
    const where = `${file}, line ${index + 1}`;
    const value = tryJson(raw) ?? tryJson(withoutPythonNumbers(raw));
    if (value === undefined) throw lineError(where, null, 'is not valid JSON');
    return [{ where, number: index + 1, value, raw }];
  });
}

/** The entries of a file that is one JSON list; null if it is not. */
function listOf(text: string, file: string): JsonLine<unknown>[] | null {
  const list: unknown = /^\s*\[/.test(text) ? tryJson(text) : undefined;
  if (!Array.isArray(list)) return null;
  return list.map((value: unknown, index) => ({
    where: `${file}, entry ${index + 1}`,
    number: index + 1,
    value,
    raw: JSON.stringify(value),
  }));
}

function withoutPythonNumbers(json: string): string {
  return json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (part) => (part.startsWith('"') ? part : 'null'));
}

function checkLine<T>({ value, ...line }: JsonLine<unknown>, schema: z.ZodType<T>): JsonLine<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ...line, value: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw lineError(line.where, field === '' ? null : field, issue?.message ?? 'does not fit');
}

async function textOf(file: string): Promise<string> {
  try {
    return await readText(file);
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`, {
      hint: 'Give the path of a .jsonl or .jsonl.gz file in UTF-8.',
      exitCode: 2,
      cause: error,
    });
  }
}
